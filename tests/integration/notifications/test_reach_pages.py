"""How people choose what reaches them, and what a browser may say about itself."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import LazySettings
from django.test import Client

from buurt.residents.export import everything_about
from buurt.residents.letters import letter_kinds
from buurt.residents.models import Resident
from notifications.channels.webpush.keys import new_private_key
from notifications.models import PushSubscription, Wishes
from notifications.reach import channels_for, session_hash
from notifications.reach_views import device_name
from tests.conftest import ClientFor
from tests.factories.posts import make_post
from tests.push_service import Keys

pytestmark = pytest.mark.django_db
PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"
ADDRESS = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.fixture(autouse=True)
def _with_push(settings: LazySettings) -> None:
    settings.PUSH_KEY = new_private_key()


def _fields(keys: Keys, endpoint: str = ADDRESS) -> dict[str, str]:
    return {"endpoint": endpoint, "p256dh": keys.p256dh, "auth": keys.auth}


def _subscribed(client: Client, endpoint: str = ADDRESS) -> int:
    return client.post("/meldingen/toestel", _fields(Keys(), endpoint), headers={"user-agent": PIXEL}).status_code


def test_browser_is_kept_with_a_name_people_know(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)

    assert _subscribed(client) == 204
    assert _subscribed(client) == 204

    found = PushSubscription.objects.get()
    assert (found.resident, found.device) == (anna, "Chrome, Android")
    assert found.session_hash == session_hash(client.session.session_key)
    assert "Chrome, Android" in client.get("/meldingen/instellingen").content.decode()
    assert everything_about(anna)["message_wishes"]["devices"][0]["name"] == "Chrome, Android"
    assert ADDRESS not in str(everything_about(anna))


def test_visitor_cannot_subscribe(client: Client, anna: Resident) -> None:
    assert _subscribed(client) == 302
    assert client.get("/meldingen/instellingen").status_code == 302
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "https://169.254.169.254/latest"},
        {"endpoint": ""},
        {"p256dh": "onzin"},
        {"p256dh": "BAAA"},
        {"auth": ""},
        {"auth": "aé"},
    ],
)
def test_nonsense_is_refused_in_words(anna: Resident, client_for: ClientFor, changed: dict[str, str]) -> None:
    answer = client_for(anna).post("/meldingen/toestel", _fields(Keys()) | changed)

    assert answer.status_code == 422
    assert "per mail" in answer.json()["error"]
    assert not PushSubscription.objects.exists()


def test_without_a_key_there_is_no_push(anna: Resident, client_for: ClientFor, settings: LazySettings) -> None:
    settings.PUSH_KEY = ""
    client = client_for(anna)

    assert _subscribed(client) == 422
    page = client.get("/meldingen/instellingen").content.decode()
    assert "data-push" not in page
    assert 'name="push"' not in page


def test_trying_too_often_is_stopped(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)

    assert [_subscribed(client) for _ in range(31)][-1] == 429


def test_shared_tablet_shows_nothing_of_who_was_there_before(
    anna: Resident, bilal: Resident, client_for: ClientFor
) -> None:
    _subscribed(client_for(anna))
    _subscribed(client_for(bilal))

    assert PushSubscription.objects.get().resident == bilal


def test_most_lost_browser_goes_first(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)
    for number in range(9):
        _subscribed(client, f"{ADDRESS}{number}")

    kept = [one.endpoint for one in PushSubscription.objects.all()]
    assert len(kept) == 8
    assert f"{ADDRESS}0" not in kept


def test_logging_out_stops_this_browser_only(anna: Resident, client_for: ClientFor) -> None:
    here, there = client_for(anna), client_for(anna)
    _subscribed(here)
    _subscribed(there, f"{ADDRESS}2")

    here.post("/account/logout/")

    assert [one.endpoint for one in PushSubscription.objects.all()] == [f"{ADDRESS}2"]


def test_session_ended_from_elsewhere_stops_its_browser(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)
    _subscribed(client)
    session, _made = UserSession.objects.get_or_create(
        session_key=client.session.session_key, defaults={"user": anna, "ip": "127.0.0.1"}
    )

    session.end()

    assert not PushSubscription.objects.exists()


def test_browser_is_stopped_by_itself_or_from_the_list(anna: Resident, bilal: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)
    _subscribed(client)
    row = PushSubscription.objects.get()

    client_for(bilal).post("/meldingen/toestel/weg", {"toestel": str(row.pk)})
    client_for(bilal).post("/meldingen/toestel/weg", {"endpoint": ADDRESS})
    assert PushSubscription.objects.exists(), "not by somebody else"

    assert client.post("/meldingen/toestel/weg", {"toestel": "x" * 30}).status_code == 302
    assert client.post("/meldingen/toestel/weg", {"toestel": str(row.pk)}).status_code == 302
    assert not PushSubscription.objects.exists()
    _subscribed(client)
    assert client.post("/meldingen/toestel/weg", {"endpoint": ADDRESS}).status_code == 204
    assert not PushSubscription.objects.exists()


def test_new_address_is_taken_from_who_knows_the_old_one(anna: Resident, client_for: ClientFor) -> None:
    _subscribed(client_for(anna))
    stranger, keys = Client(enforce_csrf_checks=True), Keys()
    fields = _fields(keys, f"{ADDRESS}-nieuw")

    assert stranger.post("/meldingen/toestel/nieuw-adres", fields | {"old_endpoint": "geraden"}).status_code == 404
    assert stranger.post("/meldingen/toestel/nieuw-adres", fields).status_code == 404
    wrong = fields | {"old_endpoint": ADDRESS, "endpoint": "https://localhost/"}
    assert stranger.post("/meldingen/toestel/nieuw-adres", wrong).status_code == 404
    assert PushSubscription.objects.get().endpoint == ADDRESS

    assert stranger.post("/meldingen/toestel/nieuw-adres", fields | {"old_endpoint": ADDRESS}).status_code == 204
    found = PushSubscription.objects.get()
    assert (found.endpoint, found.p256dh, found.resident) == (f"{ADDRESS}-nieuw", keys.p256dh, anna)


def test_question_comes_only_when_there_is_something_to_hear_of(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)
    assert client.get("/helpen").content.count(b"data-push") == 0

    post = make_post(author=anna)
    page = client.get(f"/mijn/{post.public_id}").content.decode()

    assert 'data-push="offer"' in page
    assert "hidden>" in page.split('data-push="offer"')[1].split("<h2")[0], "without a script nothing is asked"


def test_no_is_kept_for_good(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)
    post = make_post(author=anna)
    here = f"/mijn/{post.public_id}"

    answer = client.post("/meldingen/toestel/nooit", {"next": here})

    assert answer.headers["Location"] == here
    assert b"data-push" not in client.get(here).content
    assert b"data-push" in client.get("/meldingen/instellingen").content, "the way back"
    elsewhere = client.post("/meldingen/toestel/nooit", {"next": "https://evil.example/"})
    assert elsewhere.headers["Location"] == "/meldingen/instellingen"


def test_choices_are_kept_and_what_must_be_mailed_is_mailed(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)

    client.post("/meldingen/instellingen", {"mail": ["own", "onzin"], "push": ["meet"]}, follow=True)

    wishes = Wishes.objects.get(resident=anna)
    assert wishes.mail_off == ["asked", "talk", "meet", "other"]
    assert wishes.push_off == ["asked", "own", "talk", "other"]
    kinds = letter_kinds()
    assert channels_for(anna, kinds["message"]) == ["inapp"]
    assert channels_for(anna, kinds["no_helper"]) == ["email", "inapp"]
    assert channels_for(anna, kinds["appointment_cancelled"]) == ["email", "inapp"]
    assert channels_for(anna, kinds["decision"]) == ["email", "inapp"]
    _subscribed(client)
    assert channels_for(anna, kinds["reminder"]) == ["webpush", "inapp"]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PIXEL, "Chrome, Android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0", "Firefox, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_device_name(agent: str, name: str) -> None:
    assert device_name(agent) == name
