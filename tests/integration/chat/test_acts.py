"""What people do in a conversation, each by a plain form that leads back to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from buurt.residents.models import Block, Resident
from buurt.residents.registry import personal_data
from chat import services
from chat.bodies import text_of
from chat.models import Conversation, Message, Participant
from posts.models import Engagement, Post
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation, make_message
from tests.factories.posts import make_post


def _url(name: str, talk: Conversation, *more: int) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id, *more])


def test_message_is_sent_and_leads_back(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    response = client_for(anna).post(_url("conversation", talk), {"text": "Schikt 9 uur?", "client_key": str(uuid4())})

    assert response.status_code == 302
    assert response["Location"] == f"{_url('conversation', talk)}#laatste"
    assert text_of(talk, Message.objects.get()) == "Schikt 9 uur?"


def test_same_form_sent_twice_is_one_message(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    client, form = client_for(anna), {"text": "hoi", "client_key": str(uuid4())}

    client.post(_url("conversation", talk), form)
    client.post(_url("conversation", talk), form)

    assert Message.objects.count() == 1


def test_old_page_with_new_words_is_a_new_message(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    client, key = client_for(anna), str(uuid4())

    client.post(_url("conversation", talk), {"text": "eerst", "client_key": key})
    client.post(_url("conversation", talk), {"text": "daarna", "client_key": key})

    assert [text_of(talk, one) for one in Message.objects.all()] == ["eerst", "daarna"]


def test_live_page_hears_that_a_key_was_used(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    client, key, asks = client_for(anna), str(uuid4()), {"Accept": "application/json"}

    client.post(_url("conversation", talk), {"text": "eerst", "client_key": key}, headers=asks)
    again = client.post(_url("conversation", talk), {"text": "anders", "client_key": key}, headers=asks)

    assert (again.status_code, again.json()["code"]) == (422, "reused")
    assert Message.objects.count() == 1


def test_after_gives_what_is_missing_once(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    for number in range(1, 5):
        make_message(conversation=talk, sender=bilal, text=f"bericht {number}")

    found = client_for(anna).get(_url("after", talk), {"after": 2}).json()

    assert found["last"] == 4
    assert "bericht 3" in found["html"]
    assert "bericht 2" not in found["html"]
    assert "vandaag" not in found["html"]  # the day stands above the ones the page has
    assert not found["more"]


def test_older_messages_are_paged(client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation) -> None:
    for number in range(1, 121):
        make_message(conversation=talk, sender=bilal, text=f"regel-{number}.")
    client = client_for(anna)

    newest = client.get(_url("conversation", talk)).content.decode()
    middle = client.get(_url("conversation", talk), {"before": 71}).content.decode()
    oldest = client.get(_url("conversation", talk), {"before": 21}).content.decode()

    assert "regel-120." in newest
    assert "regel-71." in newest
    assert "regel-70." not in newest
    assert "?before=71" in newest
    assert "regel-21." in middle
    assert "regel-20." not in middle
    assert "?before=21" in middle
    assert "regel-1." in oldest
    assert '"?before=' not in oldest


def test_moment_by_forms(client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation) -> None:
    day = (timezone.localtime() + timedelta(days=2)).date()
    form = {
        "day": day.isoformat(),
        "at": "09:00",
        "duration_minutes": "30",
        "note": "Bilal rijdt, Anna zorgt voor koffie",
    }

    assert client_for(bilal).post(_url("propose", talk), form).status_code == 302
    asked = client_for(anna).get(_url("conversation", talk)).content.decode()
    proposed = talk.appointments.get()
    client_for(anna).post(_url("accept", talk, proposed.pk))
    agreed = client_for(bilal).get(_url("conversation", talk)).content.decode()

    assert "Dat spreken we af" in asked
    assert "Deurwoord:" not in asked
    assert "Deurwoord:" in agreed
    assert "Bilal rijdt, Anna zorgt voor koffie · ongeveer een half uur" in agreed
    assert "In mijn agenda" in agreed
    calendar = client_for(bilal).get(_url("calendar", talk))
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"T090000" in calendar.content


def test_story_from_agreed_to_thanks(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, place: Engagement
) -> None:
    client_for(anna).post(_url("agree", talk))
    assert "Hoe ging het?" in client_for(bilal).get(_url("conversation", talk)).content.decode()
    client_for(bilal).post(_url("outcome", talk), {"says": "happened"})
    client_for(anna).post(_url("outcome", talk), {"says": "happened"})
    assert "Stuur Bilal een bedankje" in client_for(anna).get(_url("conversation", talk)).content.decode()
    client_for(anna).post(_url("thanks", talk), {"text": "Wat was dat fijn!"})

    place.refresh_from_db()
    assert place.state == Engagement.State.DONE
    assert "Wat was dat fijn!" in client_for(bilal).get(_url("conversation", talk)).content.decode()
    assert "Wat was dat fijn!" not in client_for(anna).get(_url("conversation", talk)).content.decode()


@pytest.mark.parametrize("act", ["agree", "cancel", "decline", "no_show"])
def test_act_that_comes_too_late_says_so(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, act: str
) -> None:
    services.cancel_appointment(by=bilal, conversation=talk)

    response = client_for(anna).post(_url(act, talk), follow=True)

    assert response.status_code == 200
    assert "Dat kan nu niet meer." in response.content.decode()


def test_number_is_shared_by_an_act(client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation) -> None:
    client_for(anna).post(_url("number", talk), {"number": "06  1234 5678"})

    assert (
        "Anna deelt een telefoonnummer: 06\u00a01234\u00a05678"
        in client_for(bilal).get(_url("conversation", talk)).content.decode()
    )
    assert "Je deelde je telefoonnummer" in client_for(anna).get(_url("conversation", talk)).content.decode()


def test_silence_block_and_leave(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, place: Engagement
) -> None:
    client = client_for(anna)
    client.post(_url("silence", talk), {"silent": "1"})
    assert Participant.objects.get(resident=anna).muted
    refused = client.post(_url("leave", talk), follow=True).content.decode()
    assert "Zeg dat eerst af." in refused
    client.post(_url("cancel", talk))
    client.post(_url("block", talk))
    assert Block.objects.filter(blocker=anna, blocked=bilal).exists()
    assert client.post(_url("leave", talk))["Location"] == reverse("chat:list")
    assert client.get(_url("conversation", talk)).status_code == 404


def test_export_and_erasure(anna: Resident, bilal: Resident, client_for: ClientFor, talk: Conversation) -> None:
    services.send_message(by=anna, conversation=talk, text="mijn geheim")
    services.share_number(by=anna, conversation=talk, number="0612345678")
    services.send_message(by=bilal, conversation=talk, text="zijn woorden")
    kept = personal_data()["conversations"]

    exported = str(kept.export(anna))
    assert "mijn geheim" in exported
    assert "0612345678" in exported
    kept.erase(anna)

    page = client_for(bilal).get(_url("conversation", talk)).content.decode()
    assert "Verwijderd bericht" in page
    assert "zijn woorden" in page
    assert "mijn geheim" not in page
    assert "0612345678" not in page
    assert kept.export(anna) == []
    assert "zijn woorden" in str(kept.export(bilal))


def test_panel_leads_to_the_conversations_about_a_post(
    client_for: ClientFor, anna: Resident, bilal: Resident, ask: Post, talk: Conversation
) -> None:
    other = make_conversation(post=make_post(author=anna, title="Iets anders"), helper=bilal)

    page = client_for(anna).get(reverse("posts:status", args=[ask.public_id])).content.decode()

    assert _url("conversation", talk) in page
    assert "Praat met Bilal" in page
    assert _url("conversation", other) not in page


def test_list_puts_unread_first(client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation) -> None:
    newer = make_conversation(post=make_post(author=anna, title="Soep"), helper=bilal)
    services.send_message(by=bilal, conversation=talk, text="oud en ongelezen", now=timezone.now() - timedelta(days=3))
    services.send_message(by=anna, conversation=newer, text="nieuw en gelezen")

    page = client_for(anna).get(reverse("chat:list")).content.decode()

    assert page.index("oud en ongelezen") < page.index("Jij: nieuw en gelezen")


def test_empty_list_leads_on(client_for: ClientFor, carla: Resident) -> None:
    page = client_for(carla).get(reverse("chat:list")).content.decode()

    assert "Nog geen gesprekken" in page
    assert reverse("posts:board") in page
