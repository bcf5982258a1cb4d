"""Canaries: what a person wrote is seen by whom it is meant for, and is gone after erasure."""

import logging

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.test import Client

from buurt.residents.models import Resident
from buurt.residents.services import erase_resident
from chat.bodies import text_of
from chat.models import Conversation, Message
from chat.services import agree, open_conversation, send_message
from matching.services import answer_post
from posts.drafts import PostDraft
from posts.models import Post
from posts.services import publish_post
from tests.conftest import AfterCommit, ClientFor, RunJobs

pytestmark = pytest.mark.django_db

CHAT = "kanarie-gesprek"
POST = "kanarie-vraag"
ABOUT = "kanarie-profiel"


@pytest.fixture
def talk(anna: Resident, bilal: Resident, after_commit: AfterCommit, run_jobs: RunJobs) -> Conversation:
    """Let Anna ask, Bilal say yes, and the two talk."""
    Resident.objects.filter(pk=anna.pk).update(about=ABOUT)
    anna.refresh_from_db()
    with after_commit():
        post = publish_post(by=anna, draft=PostDraft(kind="ask", category="transport", text=POST, title=f"Lift {POST}"))
        answer_post(by=bilal, post=post, answer="yes")
    talk = open_conversation(post=post, helper=bilal)
    with after_commit():
        send_message(by=anna, conversation=talk, text=f"Mijn {CHAT} is rood.")
        send_message(by=bilal, conversation=talk, text="Tot morgen.")
        agree(by=anna, conversation=talk)
    run_jobs()
    return talk


def _every_row() -> list[str]:
    """Return every column of every row of every table as text."""
    rows = []
    for model in apps.get_models():
        for values in model._default_manager.all().values():
            rows.append(f"{model._meta.label} {values}")
    return rows


def test_chat_is_nowhere_readable_in_the_database(talk: Conversation) -> None:
    assert not [row for row in _every_row() if CHAT in row]
    assert CHAT in text_of(talk, Message.objects.filter(conversation=talk, kind="text")[0])


def test_chat_is_in_no_mail_and_no_log(talk: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send_message(by=talk.post.author, conversation=talk, text=f"Nog een {CHAT}.")

    assert CHAT not in caplog.text
    assert mail.outbox
    for letter in mail.outbox:
        assert CHAT not in letter.subject + str(letter.body)
        assert POST not in letter.subject + str(letter.body)


def test_participants_read_it_and_strangers_get_404(
    talk: Conversation, client_for: ClientFor, anna: Resident, bilal: Resident, carla: Resident
) -> None:
    address = f"/gesprekken/{talk.public_id}"

    for person in (anna, bilal):
        assert CHAT in client_for(person).get(address).content.decode()
    assert client_for(carla).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_export_has_ones_own_words_and_not_the_others(
    talk: Conversation, client_for: ClientFor, bilal: Resident, anna: Resident
) -> None:
    mine = client_for(anna).get("/mij/gegevens/download").content.decode()

    assert POST in mine
    assert CHAT in mine
    assert ABOUT in mine
    assert ABOUT not in client_for(bilal).get("/mij/gegevens/download").content.decode()


def test_erasure_leaves_no_canary_and_keeps_the_others_words(talk: Conversation, anna: Resident) -> None:
    email = anna.email

    erase_resident(by=anna, resident=anna)

    words = (POST, ABOUT, email, "Anna")
    left = [row for row in _every_row() if any(word in row for word in words)]
    assert left == []
    talk.refresh_from_db()
    bodies = [text_of(talk, message) for message in Message.objects.filter(conversation=talk, kind="text")]
    assert bodies == ["Tot morgen."]
    assert Post.objects.get().state == Post.State.WITHDRAWN


def test_every_model_with_words_is_known(talk: Conversation) -> None:
    """A new text column must be thought about here, not only in privacy.yml."""
    ours = {"posts", "chat", "residents", "moderation", "matching", "notifications"}
    texts = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.get_fields()
        if isinstance(field, models.TextField | models.BinaryField)
    }
    assert texts == {
        "posts.Post.text",
        "posts.Post.search_stems",
        "chat.Conversation.sealed_key",
        "chat.Conversation.handover",
        "chat.Message.body",
        "chat.Message.tag",
        "chat.Appointment.place",
        "chat.Appointment.note",
        "chat.Appointment.door_words",
        "chat.Thanks.body",
        "moderation.Report.explanation",
        "moderation.Report.evidence_key",
        "moderation.Report.evidence",
        "moderation.Decision.reasons",
        "residents.AccountMail.sealed_key",
        "residents.AccountMail.sealed",
        "notifications.SentMail.text",
        "notifications.SentMail.html",
    }
