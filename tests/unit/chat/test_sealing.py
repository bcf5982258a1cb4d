"""What is written is sealed for its own conversation, and nothing else keeps or prints it."""

import logging
from importlib.util import find_spec

import pytest

from buurt.ledger.models import Entry, Job
from buurt.ledger.sealing import CannotOpenError
from buurt.residents.models import Resident
from chat import services
from chat.bodies import opened, text_of
from chat.door_words import DOOR_WORDS, new_door_word
from chat.models import Conversation, Message
from tests.factories.chat import make_conversation
from tests.factories.posts import make_post

SECRET = "de sleutel ligt onder de mat"


def test_body_is_not_readable_in_the_row(talk: Conversation, anna: Resident) -> None:
    message = services.send_message(by=anna, conversation=talk, text=SECRET)

    stored = Message.objects.get(pk=message.pk)

    assert SECRET.encode() not in bytes(stored.body)
    assert text_of(talk, stored) == SECRET


def test_body_moved_to_another_conversation_does_not_open(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    message = services.send_message(by=anna, conversation=talk, text=SECRET)
    other = make_conversation(post=make_post(author=anna), helper=bilal)

    with pytest.raises(CannotOpenError):
        opened(other, message.body)
    other.sealed_key = talk.sealed_key  # even under the same key it is another place
    with pytest.raises(CannotOpenError):
        opened(other, message.body)


def test_shortened_body_does_not_open(talk: Conversation, anna: Resident) -> None:
    message = services.send_message(by=anna, conversation=talk, text=SECRET)

    with pytest.raises(CannotOpenError):
        opened(talk, bytes(message.body)[:-1])


def test_system_line_and_number_are_sealed(talk: Conversation, anna: Resident) -> None:
    message = services.share_number(by=anna, conversation=talk, number="06 12345678")

    assert b"12345678" not in bytes(Message.objects.get(pk=message.pk).body)


def test_words_stay_out_of_ledger_jobs_and_logs(
    talk: Conversation, anna: Resident, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        services.send_message(by=anna, conversation=talk, text=SECRET)
        services.share_number(by=anna, conversation=talk, number="06 12345678")
        services.agree(by=anna, conversation=talk)

    kept = " ".join(str(entry.facts) for entry in Entry.objects.all())
    kept += " ".join(f"{job.args} {job.last_error}" for job in Job.objects.all())
    own_lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert "mat" not in kept + " ".join(own_lines)
    assert "12345678" not in kept + " ".join(own_lines)


def test_no_admin_can_show_conversations() -> None:
    assert find_spec("chat.admin") is None


def test_door_words_are_two_and_easy() -> None:
    first, second = new_door_word().split()

    assert first != second
    assert {first, second} <= set(DOOR_WORDS)
    assert len(DOOR_WORDS) == len(set(DOOR_WORDS)) >= 200
    assert all(word.isalpha() and word.islower() and len(word) <= 12 for word in DOOR_WORDS)
