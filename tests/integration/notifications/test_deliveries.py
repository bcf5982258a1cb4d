"""News becomes rows, rows become letters: once, at the right hour, and not when no longer needed."""

import smtplib
from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.utils import timezone

from buurt.residents.models import Resident
from matching.models import Invitation
from notifications.models import Delivery
from notifications.services import announce, end_of_quiet, send_delivery, sweep_deliveries, write_deliveries
from tests.conftest import ClientFor, RunJobs
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def invitation(anna: Resident, bilal: Resident) -> Invitation:
    post = make_post(author=anna)
    return make_invitation(post=post, helper=bilal, wave=make_wave(search=make_search(post=post)))


def test_announce_writes_one_row_per_channel_and_sends_the_mail(invitation: Invitation, run_jobs: RunJobs) -> None:
    announce("invitation", invitation=invitation.pk, round=0)
    announce("invitation", invitation=invitation.pk, round=0)
    run_jobs()

    assert Delivery.objects.count() == 2
    assert [letter.to for letter in mail.outbox] == [["bilal@example.org"]]


def test_letter_has_signed_buttons_and_no_words_of_the_asker(invitation: Invitation, run_jobs: RunJobs) -> None:
    announce("invitation", invitation=invitation.pk, round=0)
    run_jobs()

    letter = mail.outbox[0]
    body = str(letter.body)
    assert "Ja, dat doe ik" in body
    assert "http://testserver/helpen/antwoord/" in body
    assert "huisarts" not in body + letter.subject
    assert "lift" in letter.subject.lower()
    assert "Krommenie" in body


def test_letter_not_sent_when_answered_meanwhile(invitation: Invitation, run_jobs: RunJobs) -> None:
    announce("invitation", invitation=invitation.pk, round=0)
    Invitation.objects.update(state=Invitation.State.WITHDRAWN)
    run_jobs()

    assert mail.outbox == []
    assert Delivery.objects.get(channel="email").state == Delivery.State.DROPPED


def test_send_claims_the_row_once(invitation: Invitation) -> None:
    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0})
    delivery = Delivery.objects.get(channel="email")

    assert send_delivery(delivery.pk) is True
    assert send_delivery(delivery.pk) is False
    assert len(mail.outbox) == 1


def test_send_mail_server_away_tries_again_later(invitation: Invitation) -> None:
    now = timezone.now()
    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0}, now=now)
    delivery = Delivery.objects.get(channel="email")

    with mock.patch("notifications.services.send_letter", side_effect=smtplib.SMTPServerDisconnected("weg")):
        assert send_delivery(delivery.pk, now=now) is False

    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING
    assert delivery.due_at > now
    assert delivery.last_error == "SMTPServerDisconnected"
    assert sweep_deliveries(now=now + timedelta(minutes=5)) == 1
    assert len(mail.outbox) == 1


def test_sweep_takes_over_from_a_worker_that_died(invitation: Invitation) -> None:
    now = timezone.now()
    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0}, now=now)
    Delivery.objects.filter(channel="email").update(state=Delivery.State.SENDING, claimed_at=now)

    assert sweep_deliveries(now=now + timedelta(minutes=1)) == 0
    assert sweep_deliveries(now=now + timedelta(minutes=11)) == 1


def test_mail_waits_for_the_end_of_quiet_hours(invitation: Invitation, settings: LazySettings) -> None:
    settings.NIGHT_REST = True
    night = datetime(2026, 11, 23, 23, 30, tzinfo=AMSTERDAM)

    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0}, now=night)

    assert Delivery.objects.get(channel="email").due_at == datetime(2026, 11, 24, 8, tzinfo=AMSTERDAM)
    assert Delivery.objects.get(channel="inapp").state == Delivery.State.SENT


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ((12, 0), (23, 12, 0)),
        ((20, 59), (23, 20, 59)),
        ((21, 0), (24, 8, 0)),
        ((7, 59), (23, 8, 0)),
        ((8, 0), (23, 8, 0)),
    ],
)
def test_end_of_quiet(bilal: Resident, clock: tuple[int, int], expected: tuple[int, int, int]) -> None:
    moment = datetime(2026, 11, 23, *clock, tzinfo=AMSTERDAM)

    assert end_of_quiet(bilal, moment) == datetime(2026, 11, *expected, tzinfo=AMSTERDAM)


def test_erased_resident_gets_nothing(invitation: Invitation, bilal: Resident) -> None:
    Resident.objects.filter(pk=bilal.pk).update(is_active=False)

    assert write_deliveries("invitation", {"invitation": invitation.pk, "round": 0}) == []


def test_unknown_kind_is_logged_not_raised(caplog: pytest.LogCaptureFixture) -> None:
    assert write_deliveries("nobody-knows", {}) == []
    assert "nobody-knows" in caplog.text


def test_inbox_shows_own_notices_only_and_marks_them_read(
    invitation: Invitation, bilal: Resident, anna: Resident, client_for: ClientFor
) -> None:
    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0})

    hers = client_for(anna).get("/meldingen").content.decode()
    his = client_for(bilal).get("/meldingen").content.decode()

    assert "/helpen/antwoord/" not in hers
    assert "/helpen/antwoord/" in his
    assert Delivery.objects.get(channel="inapp").read_at is not None


def test_inbox_asks_visitors_to_log_in(client: Client, anna: Resident) -> None:
    assert client.get("/meldingen").status_code == 302


def test_sent_mail_page_is_for_the_demo_only(client: Client, anna: Resident) -> None:
    assert client.get("/demo/mail").status_code == 404
    assert client.get("/demo/mail/1").status_code == 404
