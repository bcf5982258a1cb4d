"""Everybody who may not, and everything that does not fit: a 404, a way to log in, or words beside the box."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.residents.models import Resident
from chat import services
from chat.models import Appointment, Conversation, Message, Participant
from tests.conftest import ClientFor
from tests.factories.chat import make_message
from tests.factories.residents import make_block

GETS = ("conversation", "after", "propose", "calendar", "more", "number", "report")
POSTS = (
    *("conversation", "propose", "agree", "cancel", "decline", "no_show", "outcome", "thanks"),
    *("number", "silence", "block", "leave"),
)


def _url(name: str, talk: Conversation) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id])


def _said(html: str) -> str:
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("name", GETS)
@pytest.mark.parametrize("who", ["carla", "dirk", "fatma"])
def test_get_does_not_exist_for_others(
    request: pytest.FixtureRequest, client_for: ClientFor, talk: Conversation, bilal: Resident, name: str, who: str
) -> None:
    make_message(conversation=talk, sender=bilal, text="alleen voor Anna")

    response = client_for(request.getfixturevalue(who)).get(_url(name, talk))

    assert response.status_code == 404
    assert "alleen voor Anna" not in response.content.decode()


@pytest.mark.parametrize("name", POSTS)
def test_post_does_not_exist_for_others(client_for: ClientFor, talk: Conversation, carla: Resident, name: str) -> None:
    response = client_for(carla).post(_url(name, talk), {"text": "hoi", "says": "happened", "number": "0612345678"})

    assert response.status_code == 404
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["accept", "withdraw"])
def test_appointment_of_another_conversation_does_not_exist(
    client_for: ClientFor, talk: Conversation, anna: Resident, bilal: Resident, carla: Resident, name: str
) -> None:
    made = services.propose_appointment(by=bilal, conversation=talk, starts_at=timezone.now() + timedelta(days=1))

    address = reverse(f"chat:{name}", args=[talk.public_id, made.pk])
    assert client_for(carla).post(address).status_code == 404
    unknown = reverse(f"chat:{name}", args=[talk.public_id, made.pk + 1])
    assert client_for(anna).post(unknown).status_code == 404
    assert Appointment.objects.get().state == Appointment.State.PROPOSED


@pytest.mark.parametrize("name", sorted({*GETS, *POSTS}))
def test_visitor_is_asked_to_log_in(client: Client, talk: Conversation, name: str) -> None:
    response = client.get(_url(name, talk)) if name in GETS else client.post(_url(name, talk))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(set(POSTS) - set(GETS)))
def test_act_by_get_is_refused(client_for: ClientFor, anna: Resident, talk: Conversation, name: str) -> None:
    assert client_for(anna).get(_url(name, talk)).status_code == 405


def test_unknown_conversation_is_the_same_404(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)

    assert client.get(reverse("chat:conversation", args=["ABCDEFGHJKMN"])).status_code == 404
    assert client.post(reverse("chat:conversation", args=["ABCDEFGHJKMN"]), {"text": "hoi"}).status_code == 404


def test_post_without_token_is_refused(anna: Resident, talk: Conversation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)

    assert client.post(_url("conversation", talk), {"text": "hoi"}).status_code == 403


def test_empty_message_says_what_to_do(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    response = client_for(anna).post(_url("conversation", talk), {"text": "  "})

    assert response.status_code == 422
    assert "Schrijf eerst een bericht." in response.content.decode()


@pytest.mark.parametrize("length", [2_001, 100_000])
def test_too_long_message_is_kept_in_the_box(
    client_for: ClientFor, anna: Resident, talk: Conversation, length: int
) -> None:
    typed = "lang " * (length // 5 + 1)

    response = client_for(anna).post(_url("conversation", talk), {"text": typed})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Maak er twee berichten van." in page
    assert typed in page
    assert not Message.objects.exists()


def test_script_is_shown_as_text(client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation) -> None:
    nasty = "<script>alert(1)</script> https://example.org/"
    client_for(anna).post(_url("conversation", talk), {"text": nasty})

    for address in (_url("conversation", talk), _url("after", talk), reverse("chat:list"), _url("report", talk)):
        page = client_for(bilal).get(address).content.decode()
        assert "<script>alert" not in page
        assert "\\u003Cscript" in page or "&lt;script&gt;" in page
        assert 'href="https://example.org' not in page


@pytest.mark.parametrize("ended", [True, False])
def test_ended_and_blocked_look_the_same(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, *, ended: bool
) -> None:
    if ended:
        Conversation.objects.update(ended_at=timezone.now())
    else:
        make_block(blocker=bilal, blocked=anna)
    client = client_for(anna)

    page = client.get(_url("conversation", talk)).content.decode()
    answer = client.post(_url("conversation", talk), {"text": "hoi"})

    assert "Dit gesprek is gesloten." in page
    assert "data-composer" not in page
    assert "blok" not in page.lower().replace("blokkeer", "")
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_who_left_finds_nothing(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    Participant.objects.filter(resident=anna).update(left_at=timezone.now())

    assert client_for(anna).get(_url("conversation", talk)).status_code == 404


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "1e3", "٣"])
def test_odd_numbers_in_the_address_do_no_harm(
    client_for: ClientFor, anna: Resident, talk: Conversation, number: str
) -> None:
    client = client_for(anna)

    assert client.get(_url("conversation", talk), {"before": number}).status_code == 200
    assert client.get(_url("after", talk), {"after": number}).status_code == 200
    assert client.get(reverse("chat:list"), {"page": number}).status_code == 200
    assert client.get(_url("report", talk), {"bericht": number, "kies": "1"}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "", "at": ""}, "Kies een dag."),
        ({"day": "2020-01-01", "at": "9:00"}, "Kies een moment dat nog komt"),
        ({"day": "2026-02-31", "at": "9:00"}, "Deze dag bestaat niet."),
        ({"day": "2026-12-01", "at": "25:00"}, "Deze tijd bestaat niet."),
    ],
)
def test_wrong_moment_is_explained(
    client_for: ClientFor, anna: Resident, talk: Conversation, typed: dict[str, str], said: str
) -> None:
    response = client_for(anna).post(
        _url("propose", talk), {**typed, "duration_minutes": "60", "note": "bij de voordeur"}
    )

    page = _said(response.content.decode())
    assert response.status_code == 422
    assert said in page
    assert "bij de voordeur" in page


def test_wrong_number_is_explained(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    response = client_for(anna).post(_url("number", talk), {"number": "bel me maar"})

    assert response.status_code == 422
    assert "Dit is geen telefoonnummer." in response.content.decode()


def test_json_refusal_for_the_live_page(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    response = client_for(anna).post(_url("conversation", talk), {"text": ""}, headers={"Accept": "application/json"})

    assert response.status_code == 422
    assert response.json() == {"error": "Schrijf eerst een bericht.", "code": "empty"}
