"""A card that leads to a counter nobody filled in: it says so, and leads somewhere all the same."""

import re

import pytest
from django.test import Client

from buurt.communities.models import Community
from journeys.fileformat.vocabulary import COUNTERS, INITIATIVES
from journeys.slots import NATIONAL
from tests.factories.organisations import make_organisation
from tests.integration.journeys.walking import Route, journey, main_of, routes_to_every_card, walk

pytestmark = pytest.mark.django_db
HEAVY = {
    question: frozenset(options.split())
    for question, options in {
        "dreigt": "spoed",
        "overzicht": "nee",
        "post": "dicht",
        "achter": "veel",
        "speelt": "ziek taal",
    }.items()
}
UNKNOWN = "Wie dat in Zaanstad is, weten we nog niet."


def _cards(client: Client, name: str = "geld-en-post", given: Route = HEAVY) -> list[str]:
    """Return the cards of the result, each as one line of words."""
    page = main_of(client.get(walk(client, journey(name), given)))
    return [" ".join(re.sub(r"<[^>]+>", " ", card).split()) for card in page.split("<article")[1:]]


def _card(client: Client, words: str) -> str:
    return next(card for card in _cards(client) if words in card)


def test_unknown_counter_says_so_and_names_the_town_s_telephone(client: Client, zaanstad: Community) -> None:
    card = _card(client, "Ga naar het loket voor inkomen van de gemeente.")

    assert UNKNOWN in card
    assert "Bel het buurtteam. 075 123 45 67 werkdagen van 9 tot 17 uur" in card


def test_unknown_debt_help_names_who_helps_everywhere(client: Client, zaanstad: Community) -> None:
    card = _card(client, "Ga naar de schuldhulp van de gemeente.")

    assert f"{UNKNOWN} Hier kun je in heel Nederland terecht: Geldfit 0800-8115" in card
    assert "075 123 45 67" in card


def test_what_is_the_same_everywhere_needs_no_excuse(client: Client, zaanstad: Community) -> None:
    card = _card(client, "Ga naar UWV.")

    assert "weten we nog niet" not in card
    assert "Naar de website : UWV" in card


def test_ones_own_doctor_is_nobody_s_to_know(client: Client, zaanstad: Community) -> None:
    routes = routes_to_every_card(journey("alleen-voelen"))
    every = [card for route in routes[:4] for card in _cards(client, "alleen-voelen", route)]
    card = next(card for card in every if "Ga naar je huisarts." in card)

    assert "weten we nog niet" not in card
    assert "075 123 45 67" in card


def test_what_is_filled_in_goes_first(client: Client, zaanstad: Community) -> None:
    for slot in ("schuldhulp", "uwv"):
        make_organisation(community=zaanstad, kind="counter", slot=slot, name="Werkplein", phone="075 111 22 33")

    card = _card(client, "Ga naar de schuldhulp van de gemeente.")
    assert "Werkplein 075 111 22 33" in card
    assert "Geldfit" not in card
    assert "weten we nog niet" not in card


def test_no_card_is_without_a_way_on(client: Client, zaanstad: Community) -> None:
    for card in _cards(client):
        if "Ga naar" in card:
            assert "075 123 45 67" in card or "Vul je postcode in" in card, card


def test_every_national_one_is_a_slot_and_can_be_reached() -> None:
    assert set(NATIONAL) <= COUNTERS | INITIATIVES
    assert all(one.phone or one.website for one in NATIONAL.values())
