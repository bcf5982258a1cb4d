"""From an ask whose words speak of more than a neighbour can do, back to the wegwijzer with that filled in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.posts import make_post
from tests.integration.journeys.walking import kept, main_of

NOTICE = "Misschien is er meer hulp nodig dan een buur kan geven"
WORDS = "Wie helpt mij sjouwen? Volgende week is de ontruiming."


def _second_screen(client: Client, text: str, path: str = "/vraag") -> str:
    response = client.post(path, {"text": text, "category": "moving"})
    return main_of(client.get(response["Location"]))


def test_ask_form_points_to_the_wegwijzer_and_lets_the_ask_be(zaanstad: Community) -> None:
    client = Client()
    page = _second_screen(client, WORDS)
    assert NOTICE in page
    assert "Geldzorgen of een berg post" in page
    assert "Wanneer" in page

    response = client.post("/wegwijzer/geld-en-post", {"teken": "huis"})

    assert response["Location"] == "/wegwijzer/geld-en-post/1"
    assert 'value="spoed" class="b-choice__input" checked' in main_of(client.get(response["Location"]))
    assert "ontruiming" not in str(kept(client))


def test_ordinary_ask_gets_no_notice(zaanstad: Community) -> None:
    assert NOTICE not in _second_screen(Client(), "Wie helpt mij sjouwen?")


@pytest.mark.parametrize("name", ["", "bestaat-niet", "baby", "<b>"])
def test_forged_sign_begins_empty(zaanstad: Community, name: str) -> None:
    client = Client()

    client.post("/wegwijzer/geld-en-post", {"teken": name})

    assert kept(client)["journeys"]["geld-en-post"] == {"choices": {}, "preset": []}


def _status(anna: Resident, client_for: ClientFor, *, text: str, hours: int) -> str:
    post = make_post(author=anna, title="Sjouwen", text=text)
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(hours=hours))
    return main_of(client_for(anna).get(f"/mijn/{post.public_id}"))


def test_ask_that_found_nobody_points_there_too(anna: Resident, client_for: ClientFor) -> None:
    assert NOTICE in _status(anna, client_for, text=WORDS, hours=25)


def test_fresh_ask_waits_for_neighbours_first(anna: Resident, client_for: ClientFor) -> None:
    assert NOTICE not in _status(anna, client_for, text=WORDS, hours=2)


def test_ordinary_ask_that_found_nobody_gets_no_notice(anna: Resident, client_for: ClientFor) -> None:
    assert NOTICE not in _status(anna, client_for, text="Een bank en twee stoelen.", hours=25)
