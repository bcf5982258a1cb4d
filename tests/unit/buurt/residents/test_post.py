"""Mails about an account: sealed while they wait, sent once, tried again, and never too late."""

import re
import smtplib
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from buurt.ledger.models import Job
from buurt.ledger.services import run_due
from buurt.residents.models import AccountMail, Resident
from buurt.residents.post import CODE_IS_GOOD_FOR, deliver, post, sweep_mails
from tests.browser.steps import readable_in_database

pytestmark = pytest.mark.django_db


def _code_mail() -> AccountMail:
    message = EmailMultiAlternatives("Je code voor Buurt", "Je code: 314159", to=["anna@example.org"])
    message.attach_alternative("<p>Je code: 314159</p>", "text/html")
    return post(message, good_for=CODE_IS_GOOD_FOR)


def test_waiting_mail_is_sealed_and_goes_when_it_is_sent() -> None:
    _code_mail()
    assert readable_in_database("314159") == []
    assert readable_in_database("anna@example.org") == []

    assert run_due() == 1

    sent = mail.outbox[0]
    assert isinstance(sent, EmailMultiAlternatives)
    assert (sent.to, sent.subject, sent.body) == (["anna@example.org"], "Je code voor Buurt", "Je code: 314159")
    assert str(sent.alternatives[0][0]) == "<p>Je code: 314159</p>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert not AccountMail.objects.exists()


def test_task_run_twice_sends_once() -> None:
    waiting = _code_mail()

    assert deliver(waiting.pk) is True
    assert deliver(waiting.pk) is False
    assert len(mail.outbox) == 1


def test_mail_server_away_is_tried_again_after_a_growing_pause() -> None:
    now = timezone.now()
    waiting = _code_mail()

    with mock.patch.object(EmailMultiAlternatives, "send", side_effect=smtplib.SMTPServerDisconnected("weg")):
        assert deliver(waiting.pk, now=now) is False
        assert deliver(waiting.pk, now=now) is False

    pauses = sorted(Job.objects.order_by("pk").values_list("due_at", flat=True))[1:]
    assert [round((due - now).total_seconds()) for due in pauses] == [5, 10]
    assert run_due(now=now + timedelta(minutes=2)) == 3
    assert len(mail.outbox) == 1


def test_code_that_is_too_old_is_not_sent() -> None:
    waiting = _code_mail()

    assert deliver(waiting.pk, now=timezone.now() + timedelta(minutes=31)) is False

    assert mail.outbox == []
    assert not AccountMail.objects.exists()


def test_sweep_takes_what_nobody_sent() -> None:
    _code_mail()

    assert sweep_mails() == 0
    assert sweep_mails(now=timezone.now() + timedelta(minutes=31)) == 1
    assert not AccountMail.objects.exists()


def test_mail_that_cannot_be_opened_any_more_blocks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    waiting = _code_mail()
    AccountMail.objects.update(sealed=b"x" * 40)

    deliver(waiting.pk)

    assert mail.outbox == []
    assert not AccountMail.objects.exists()
    assert "cannot be opened" in caplog.text


def test_door_opens_while_the_mail_server_is_down(anna: Resident) -> None:
    with mock.patch.object(EmailMultiAlternatives, "send", side_effect=ConnectionRefusedError):
        client = Client()
        answer = client.post("/account/login/", {"login": anna.email})
        run_due()

    assert answer.status_code == 302
    assert mail.outbox == []
    run_due(now=timezone.now() + timedelta(minutes=1))
    found = re.search(r"^(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    client.post("/account/login/code/confirm/", {"code": found[1]})
    assert client.session["_auth_user_id"] == str(anna.pk)
