"""What makes a conversation pleasant on a small screen: what stands is kept, and nothing is asked that was said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from buurt.residents.models import Resident
from chat import services
from chat.models import Appointment, Conversation
from posts.models import Engagement, Post
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation


def _url(name: str, talk: Conversation) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id])


def _agree(talk: Conversation, anna: Resident, bilal: Resident) -> Appointment:
    at = timezone.now() + timedelta(days=2)
    made = services.propose_appointment(by=bilal, conversation=talk, starts_at=at, place="bij de kerk", note="met thee")
    assert services.agree_appointment(by=anna, appointment=made)
    return made


@pytest.mark.usefixtures("place")
def test_who_changes_the_hour_does_not_type_the_place_again(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    _agree(talk, anna, bilal)

    page = client_for(anna).get(_url("propose", talk)).content.decode()

    assert 'value="bij de kerk"' in page
    assert 'value="met thee"' in page


@pytest.mark.usefixtures("place")
def test_on_the_way_is_asked_of_who_did_not_say_it(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    made = _agree(talk, anna, bilal)
    Appointment.objects.filter(pk=made.pk).update(starts_at=timezone.now() + timedelta(hours=1))
    hers, his = client_for(anna), client_for(bilal)
    button = _url("on_the_way", talk)

    assert button in his.get(_url("conversation", talk)).content.decode()
    his.post(button)

    assert button not in his.get(_url("conversation", talk)).content.decode()
    assert button in hers.get(_url("conversation", talk)).content.decode()


def test_who_only_asked_something_is_led_to_a_yes(
    client_for: ClientFor, ask: Post, anna: Resident, bilal: Resident
) -> None:
    talk = make_conversation(post=ask, helper=bilal)

    assert "Zeg dan ja bij de vraag" in client_for(bilal).get(_url("conversation", talk)).content.decode()
    assert "Zeg dan ja" not in client_for(anna).get(_url("conversation", talk)).content.decode()
    Post.objects.filter(pk=ask.pk).update(state=Post.State.CLOSED)
    assert "Zeg dan ja" not in client_for(bilal).get(_url("conversation", talk)).content.decode()


def test_hint_of_the_thanks_is_said_once(
    client_for: ClientFor, anna: Resident, talk: Conversation, place: Engagement
) -> None:
    Engagement.objects.filter(pk=place.pk).update(state=Engagement.State.DONE)

    assert client_for(anna).get(_url("conversation", talk)).content.decode().count("Alleen Bilal leest dit.") == 1


def test_number_is_shared_from_the_other_page_too(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    assert _url("number", talk) in client_for(anna).get(_url("more", talk)).content.decode()
