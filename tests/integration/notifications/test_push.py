"""A message on a telephone: sealed, signed, without anyone's words; a browser that is gone is forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
import requests
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone
from py_vapid import Vapid02

from buurt.residents.models import Resident
from buurt.residents.services import erase_resident
from chat.models import Conversation
from chat.services import agree, send_message
from chat.services.sweeping import tell_of_unread
from matching.models import Invitation
from matching.services import answer_post
from notifications import reach
from notifications.channels.webpush.keys import new_private_key, public_key
from notifications.models import Delivery, PushSubscription
from notifications.services import announce, send_delivery, sweep_deliveries, write_deliveries
from posts.models import Engagement
from posts.services import record_outcome
from tests.conftest import AfterCommit, RunJobs
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.posts import make_post
from tests.push_service import Keys, PushService, claims_of, running_push_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings: LazySettings) -> Iterator[PushService]:
    with running_push_service() as service:
        settings.PUSH_KEY = new_private_key()
        settings.PUSH_SERVICES = [service.origin]
        yield service


@pytest.fixture
def invitation(anna: Resident, bilal: Resident) -> Invitation:
    post = make_post(author=anna, title="Wie rijdt mij naar de huisarts?")
    return make_invitation(post=post, helper=bilal, wave=make_wave(search=make_search(post=post)))


def _browser(resident: Resident, service: PushService, *, path: str = "/een", session: str = "s") -> Keys:
    keys = Keys()
    reach.subscribe(
        by=resident, endpoint=service.origin + path, p256dh=keys.p256dh, auth=keys.auth, session_key=session
    )
    return keys


def _delivery(invitation: Invitation, *, now: datetime | None = None) -> Delivery:
    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0}, now=now)
    return Delivery.objects.get(channel="webpush")


def test_news_goes_by_mail_and_to_the_telephone(
    invitation: Invitation, bilal: Resident, service: PushService, run_jobs: RunJobs
) -> None:
    keys = _browser(bilal, service)

    announce("invitation", invitation=invitation.pk, round=0)
    announce("invitation", invitation=invitation.pk, round=0)
    run_jobs()

    assert len(mail.outbox) == 1
    assert [sent.path for sent in service.sent] == ["/een"]
    message = keys.open(service.sent[0].body)
    assert (message["title"], message["body"]) == ("Iemand vraagt hulp", "Lift in Krommenie")
    assert message["open"] == f"/helpen/gevraagd/{invitation.public_id}"
    assert [act["title"] for act in message["acts"]] == ["Ja, dat doe ik", "Nu niet, vraag me later weer"]
    assert "huisarts" not in str(message)
    assert "Anna" not in str(message)


def test_message_is_signed_and_says_how_long_and_how_soon(
    invitation: Invitation, bilal: Resident, service: PushService
) -> None:
    _browser(bilal, service)

    assert send_delivery(_delivery(invitation).pk)

    sent = service.sent[0]
    assert (sent.headers["ttl"], sent.headers["urgency"]) == (str(12 * 3600), "high")
    assert sent.headers["content-encoding"] == "aes128gcm"
    assert len(sent.headers["topic"]) == 32
    claims = claims_of(sent)
    assert claims["aud"] == service.origin
    assert claims["sub"] == "mailto:buurt@example.org"
    assert 0 < claims["exp"] - timezone.now().timestamp() <= 24 * 3600
    assert f"k={public_key()}" in sent.headers["authorization"]
    assert Vapid02.verify(sent.headers["authorization"]), "the signature fits the key"


def test_message_speaks_the_language_of_the_reader(
    invitation: Invitation, bilal: Resident, service: PushService
) -> None:
    Resident.objects.filter(pk=bilal.pk).update(language="en")
    keys, second = _browser(bilal, service), _browser(bilal, service, path="/twee")

    assert send_delivery(_delivery(invitation).pk)

    by_path = {sent.path: sent.body for sent in service.sent}
    message = keys.open(by_path["/een"])
    assert (message["lang"], message["title"]) == ("en", "Somebody asks for help")
    assert second.open(by_path["/twee"]) == message


def test_no_browser_no_row(invitation: Invitation, service: PushService) -> None:
    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0})

    assert not Delivery.objects.filter(channel="webpush").exists()


def test_no_key_no_row(invitation: Invitation, bilal: Resident, service: PushService, settings: LazySettings) -> None:
    _browser(bilal, service)
    settings.PUSH_KEY = ""

    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0})

    assert not Delivery.objects.filter(channel="webpush").exists()


@pytest.mark.parametrize("status", [404, 410])
def test_browser_that_is_gone_is_forgotten(
    invitation: Invitation, bilal: Resident, service: PushService, status: int
) -> None:
    _browser(bilal, service)
    _browser(bilal, service, path="/twee")
    service.statuses["/een"] = status

    delivery = _delivery(invitation)
    assert send_delivery(delivery.pk) is True

    assert [one.endpoint for one in PushSubscription.objects.all()] == [service.origin + "/twee"]
    service.statuses["/twee"] = status
    Delivery.objects.filter(pk=delivery.pk).update(state="waiting")
    assert send_delivery(delivery.pk) is False
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.DROPPED


@pytest.mark.parametrize("status", [429, 500, 503])
def test_push_service_that_is_busy_is_tried_again(
    invitation: Invitation, bilal: Resident, service: PushService, status: int
) -> None:
    now = timezone.now()
    _browser(bilal, service)
    service.status = status
    delivery = _delivery(invitation, now=now)

    assert send_delivery(delivery.pk, now=now) is False

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (Delivery.State.WAITING, "ConnectionError")
    service.status = 201
    assert sweep_deliveries(now=now + timedelta(minutes=5)) == 2  # the mail, too
    assert PushSubscription.objects.count() == 1


def test_push_service_that_cannot_be_reached_is_tried_again(
    invitation: Invitation, bilal: Resident, service: PushService
) -> None:
    _browser(bilal, service)
    delivery = _delivery(invitation)

    with mock.patch("requests.Session.post", side_effect=requests.ConnectTimeout("weg")):
        assert send_delivery(delivery.pk) is False

    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING


def test_push_service_that_refuses_is_not_asked_for_ever(
    invitation: Invitation, bilal: Resident, service: PushService
) -> None:
    _browser(bilal, service)
    service.status = 403
    delivery = _delivery(invitation)

    assert send_delivery(delivery.pk) is False

    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.DROPPED
    assert PushSubscription.objects.count() == 1


def test_push_service_leads_us_nowhere_else(invitation: Invitation, bilal: Resident, service: PushService) -> None:
    _browser(bilal, service)
    service.status = 307
    service.headers["Location"] = f"{service.origin}/binnen"

    assert send_delivery(_delivery(invitation).pk) is False

    assert [sent.path for sent in service.sent] == ["/een"]


def test_address_that_left_the_list_is_not_called(
    invitation: Invitation, bilal: Resident, service: PushService, settings: LazySettings
) -> None:
    _browser(bilal, service)
    delivery = _delivery(invitation)
    settings.PUSH_SERVICES = ["https://fcm.googleapis.com"]

    assert send_delivery(delivery.pk) is False

    assert service.sent == []
    assert not PushSubscription.objects.exists()


def test_answered_meanwhile_shows_nothing(invitation: Invitation, bilal: Resident, service: PushService) -> None:
    _browser(bilal, service)
    delivery = _delivery(invitation)
    Invitation.objects.update(state=Invitation.State.WITHDRAWN)

    assert send_delivery(delivery.pk) is False
    assert service.sent == []


def test_telephone_is_silent_in_quiet_hours(
    invitation: Invitation, bilal: Resident, service: PushService, settings: LazySettings
) -> None:
    settings.NIGHT_REST = True
    _browser(bilal, service)
    amsterdam = ZoneInfo("Europe/Amsterdam")

    delivery = _delivery(invitation, now=datetime(2026, 11, 23, 23, 30, tzinfo=amsterdam))

    assert delivery.due_at == datetime(2026, 11, 24, 8, tzinfo=amsterdam)


def test_choice_per_kind_is_kept(invitation: Invitation, bilal: Resident, service: PushService) -> None:
    _browser(bilal, service)
    reach.set_wishes(by=bilal, mail=["own", "talk", "meet"], push=["own"])

    write_deliveries("invitation", {"invitation": invitation.pk, "round": 0})

    assert [one.channel for one in Delivery.objects.all()] == ["inapp"]


def test_erasure_forgets_browsers_and_wishes(bilal: Resident, service: PushService) -> None:
    _browser(bilal, service)
    reach.refuse_push(by=bilal)

    erase_resident(by=bilal, resident=bilal)

    assert not PushSubscription.objects.exists()
    assert not hasattr(Resident.objects.get(pk=bilal.pk), "message_wishes")


def test_no_message_of_the_main_job_names_anybody_or_repeats_a_word(
    anna: Resident, bilal: Resident, service: PushService, run_jobs: RunJobs, after_commit: AfterCommit
) -> None:
    keys = {"/anna": _browser(anna, service, path="/anna"), "/bilal": _browser(bilal, service, path="/bilal")}
    post = make_post(author=anna, title="Wie rijdt mij naar de oogarts?", text="Mijn ogen zijn slecht.")
    now = timezone.now()

    with after_commit():
        answer_post(by=bilal, post=post, answer="yes")
    run_jobs()
    with after_commit():
        talk = Conversation.objects.get()
        send_message(by=bilal, conversation=talk, text="Zal ik om tien uur komen?")
        agree(by=anna, conversation=talk)
    with after_commit():
        tell_of_unread(now + timedelta(minutes=10))
        record_outcome(by=anna, engagement=Engagement.objects.get(), says="happened")
    run_jobs(now=now + timedelta(hours=1))
    sweep_deliveries(now=now + timedelta(hours=1))

    shown = [keys[sent.path].open(sent.body) for sent in service.sent]
    assert {"Iemand zei ja", "Nieuw bericht", "Afgesproken"} <= {message["title"] for message in shown}
    for message in shown:
        said = f"{message['title']} {message['body']} {[act['title'] for act in message['acts']]}"
        for word in ("Anna", "Bilal", "oogarts", "ogen", "tien uur"):
            assert word not in said, said
        assert message["body"] == "Lift in Krommenie"
        assert message["open"].startswith("/")
