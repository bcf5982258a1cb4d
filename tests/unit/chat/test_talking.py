"""Writing, numbers, keys and every refusal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from buurt.residents.models import Resident
from chat import errors, services
from chat.access import count_unread
from chat.bodies import text_of
from chat.models import Conversation, Message, Participant
from posts.models import Engagement, Post
from tests.factories.posts import make_post
from tests.factories.residents import make_block


def test_open_conversation_is_opened_once(ask: Post, bilal: Resident) -> None:
    first = services.open_conversation(post=ask, helper=bilal)
    again = services.open_conversation(post=ask, helper=bilal)

    assert first == again
    assert first.participants.count() == 2


def test_nobody_talks_with_themselves(ask: Post, anna: Resident) -> None:
    with pytest.raises(errors.NotYoursToDoError):
        services.open_conversation(post=ask, helper=anna)


def test_open_conversation_again_after_its_end(talk: Conversation, ask: Post, bilal: Resident, anna: Resident) -> None:
    services.decline_kindly(by=anna, conversation=talk)

    again = services.open_conversation(post=ask, helper=bilal)

    assert again == talk
    assert Conversation.objects.get(pk=talk.pk).ended_at is None


def test_numbers_follow_each_other(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    seqs = [services.send_message(by=one, conversation=talk, text="hoi").seq for one in (anna, bilal, anna)]
    seqs.append(services.add_system_line(conversation=talk, name="said_yes", who=bilal.pk).seq)

    assert seqs == [1, 2, 3, 4]


def test_same_key_is_stored_once_and_other_words_are_refused(talk: Conversation, anna: Resident) -> None:
    key = uuid4()

    first = services.send_message(by=anna, conversation=talk, text="eerst", client_key=key)
    again = services.send_message(by=anna, conversation=talk, text="eerst", client_key=key)
    with pytest.raises(errors.ReusedKeyError):
        services.send_message(by=anna, conversation=talk, text="anders", client_key=key)

    assert again.pk == first.pk
    assert [text_of(talk, row) for row in Message.objects.filter(conversation=talk)] == ["eerst"]


def test_same_key_of_two_people_is_two_messages(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    key = uuid4()

    services.send_message(by=anna, conversation=talk, text="ik", client_key=key)
    services.send_message(by=bilal, conversation=talk, text="ik ook", client_key=key)

    assert Message.objects.filter(conversation=talk).count() == 2


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", errors.EmptyTextError),
        (" \n\t ", errors.EmptyTextError),
        ("\u200b\u2060", errors.EmptyTextError),
        ("a" * 2_001, errors.TooLongTextError),
        ("a" * 100_000, errors.TooLongTextError),
    ],
)
def test_text_that_does_not_fit_is_refused(
    talk: Conversation, anna: Resident, text: str, refusal: type[errors.ChatError]
) -> None:
    with pytest.raises(refusal):
        services.send_message(by=anna, conversation=talk, text=text)
    assert not Message.objects.exists()


def test_longest_text_fits(talk: Conversation, anna: Resident) -> None:
    message = services.send_message(by=anna, conversation=talk, text="é" * 2_000)

    assert len(text_of(talk, message)) == 2_000


def test_stranger_is_refused(talk: Conversation, carla: Resident) -> None:
    with pytest.raises(errors.NotTakingPartError):
        services.send_message(by=carla, conversation=talk, text="hoi")
    with pytest.raises(errors.NotTakingPartError):
        services.share_number(by=carla, conversation=talk, number="0612345678")
    with pytest.raises(errors.NotTakingPartError):
        services.agree(by=carla, conversation=talk)
    assert not services.mark_read(by=carla, conversation=talk, seq=1)


@pytest.mark.parametrize("blocker_asks", [True, False])
def test_blocked_pair_cannot_write_either_way(
    talk: Conversation, anna: Resident, bilal: Resident, *, blocker_asks: bool
) -> None:
    blocker, blocked = (anna, bilal) if blocker_asks else (bilal, anna)
    make_block(blocker=blocker, blocked=blocked)

    for person in (anna, bilal):
        with pytest.raises(errors.EndedError):
            services.send_message(by=person, conversation=talk, text="hoi")


def test_ended_conversation_takes_no_words(talk: Conversation, anna: Resident) -> None:
    Conversation.objects.update(ended_at=timezone.now())

    with pytest.raises(errors.EndedError):
        services.send_message(by=anna, conversation=talk, text="hoi")


def test_restricted_person_is_held_back_at_once(talk: Conversation, anna: Resident) -> None:
    # The object in hand is older than the restriction, as in a socket that was open already.
    Resident.objects.filter(pk=anna.pk).update(restricted_until=timezone.now() + timedelta(days=1))

    with pytest.raises(errors.RestrictedError):
        services.send_message(by=anna, conversation=talk, text="hoi")


def test_thirty_a_minute(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    # The window is a minute of the clock: start again when the test crosses its edge.
    for number in range(61):
        try:
            services.send_message(by=anna, conversation=talk, text=f"bericht {number}")
        except errors.TooManyMessagesError:
            break
    else:
        pytest.fail("nobody was held back")

    assert Message.objects.filter(conversation=talk).count() >= 30
    assert services.send_message(by=bilal, conversation=talk, text="rustig").pk


@pytest.mark.parametrize("number", ["", "12", "bel mij", "06-1234abcd", "0" * 30, "<script>", "06 12 34 56 78 of 79"])
def test_what_is_no_number_is_refused(talk: Conversation, anna: Resident, number: str) -> None:
    with pytest.raises(errors.WrongNumberError):
        services.share_number(by=anna, conversation=talk, number=number)


def test_read_never_goes_back_and_never_ahead(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    for _ in range(3):
        services.send_message(by=bilal, conversation=talk, text="hoi")

    assert services.mark_read(by=anna, conversation=talk, seq=2)
    assert not services.mark_read(by=anna, conversation=talk, seq=1)
    assert not services.mark_read(by=anna, conversation=talk, seq=99)
    assert Participant.objects.get(conversation=talk, resident=anna).read_seq == 2


def test_unread_counts_what_others_said(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    services.send_message(by=bilal, conversation=talk, text="een")
    services.send_message(by=bilal, conversation=talk, text="twee")

    assert count_unread(anna) == 2
    assert count_unread(bilal) == 0
    services.set_silent(by=anna, conversation=talk, silent=True)
    assert count_unread(anna) == 0


def test_leaving_closes_and_the_other_cannot_write(
    ask: Post, talk: Conversation, place: Engagement, anna: Resident, bilal: Resident
) -> None:
    with pytest.raises(errors.StillAgreedError):
        services.leave(by=bilal, conversation=talk)
    services.cancel_appointment(by=bilal, conversation=talk)

    services.leave(by=bilal, conversation=talk)

    with pytest.raises(errors.EndedError):
        services.send_message(by=anna, conversation=talk, text="ben je er nog?")
    with pytest.raises(errors.NotTakingPartError):
        services.send_message(by=bilal, conversation=talk, text="ja")


def test_unknown_system_line_is_an_error(talk: Conversation) -> None:
    with pytest.raises(KeyError):
        services.add_system_line(conversation=talk, name="no_such_line")


def test_two_posts_have_two_conversations(anna: Resident, bilal: Resident, talk: Conversation) -> None:
    other = services.open_conversation(post=make_post(author=anna), helper=bilal)

    assert other.pk != talk.pk
    assert bytes(other.sealed_key) != bytes(talk.sealed_key)
