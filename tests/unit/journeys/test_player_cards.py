"""Cards: order, the fold, the way on, the desk that is one card, and no open ask where it is not safe."""

from __future__ import annotations

from itertools import islice
from urllib.parse import parse_qs, urlsplit

import pytest

from buurt.communities.categories import Category
from buurt.communities.models import Community
from journeys.cards import IN_SIGHT, Group, Shown, group
from journeys.fileformat.evaluate import Outcome, all_routes, outcome
from journeys.fileformat.model import Journey
from journeys.fileformat.vocabulary import COUNTERS, INITIATIVES, KINDS
from journeys.library import all_journeys, find_journey
from journeys.slots import NAMES
from tests.factories.organisations import make_organisation

HEAVY = {"dreigt": ["spoed"], "overzicht": ["nee"], "post": ["dicht"], "achter": ["veel"], "speelt": ["ziek", "taal"]}
UNSAFE = {"veilig": ["twijfel"], "fase": ["denk"], "kinderen": ["nee"], "zorgen": ["niets"]}


def found(journey_id: str, given: dict[str, list[str]]) -> Outcome:
    journey = find_journey(journey_id)
    assert journey is not None
    return outcome(journey, given)


def cards(groups: list[Group]) -> dict[str, Shown]:
    return {card.id: card for each in groups for card in (*each.first, *each.rest)}


def test_kinds_stand_in_order_and_three_are_in_sight() -> None:
    groups = group(found("geld-en-post", HEAVY).cards, None)

    assert [each.kind for each in groups] == [kind for kind in KINDS if kind in {each.kind for each in groups}]
    assert all(len(each.first) <= IN_SIGHT for each in groups)
    assert all(len(each.first) == IN_SIGHT for each in groups if each.rest)
    assert any(each.rest for each in groups)
    assert len(cards(groups)) == len(found("geld-en-post", HEAVY).cards)


def test_turning_point_shows_an_answer_that_is_itself_hidden() -> None:
    given = {"dreigt": ["nee"], "overzicht": ["half"], "post": ["stapel"], "achter": ["nee"], "speelt": ["niets"]}

    shown = cards(group(found("geld-en-post", given).cards, None))

    assert "juridisch" not in shown
    turning = shown["open-een-brief"].turning
    assert turning is not None
    assert turning.way.href == "0800-8020"


def test_card_says_which_own_choices_made_it_show() -> None:
    shown = cards(group(found("geld-en-post", HEAVY).cards, None))

    assert shown["open-een-brief"].reasons == ["Bij “Hoe gaat het met je post?” koos je “Ik maak niets meer open”."]
    assert shown["geldfit"].reasons == ["Dit laten we aan iedereen zien."]


def test_ask_carries_the_kind_of_help_and_the_files_own_words_only(zaanstad: Community) -> None:
    shown = cards(group(found("geld-en-post", HEAVY).cards, zaanstad))

    address = urlsplit(shown["buur-eerst-bellen"].way.href)
    assert address.path == "/vraag"
    assert parse_qs(address.query) == {
        "soort": ["company"],
        "tekst": ["Wie kan er deze week met mij mee naar een gesprek?"],
    }


def test_kind_of_help_that_is_off_here_is_left_out(zaanstad: Community) -> None:
    zaanstad.categories_off = [Category.COMPANY]

    shown = cards(group(found("geld-en-post", HEAVY).cards, zaanstad))

    assert "soort" not in parse_qs(urlsplit(shown["buur-eerst-bellen"].way.href).query)


def test_quiet_ask_stays_with_the_team_where_open_asks_are_forbidden() -> None:
    shown = cards(group(found("uit-elkaar-gaan", UNSAFE).cards, None, no_ask=True))

    ways = [card.way.href for card in shown.values() if card.way.href.startswith("/vraag")]
    assert ways
    assert all(parse_qs(urlsplit(href).query)["stil"] == ["team"] for href in ways)


@pytest.mark.parametrize("journey", all_journeys(), ids=lambda journey: str(journey.id))
def test_no_open_ask_or_offer_anywhere_when_it_is_not_safe(journey: Journey) -> None:
    routes = list(islice(all_routes(journey), 0, 20_000, 500))
    assert routes
    for route in routes:
        for card in cards(group(outcome(journey, route).cards, None, no_ask=True)).values():
            assert not card.way.href.startswith("/aanbod")
            if card.way.href.startswith("/vraag"):
                assert "stil=team" in card.way.href


def test_desk_that_is_known_here_is_named(zaanstad: Community) -> None:
    make_organisation(community=zaanstad, kind="counter", slot="schuldhulp", name="Schuldhulp Zaanstad", phone="14 075")

    shown = cards(group(found("geld-en-post", HEAVY).cards, zaanstad))

    desk = shown["spoed"].way.desk
    assert desk is not None
    assert desk.name == "Schuldhulp Zaanstad"
    assert shown["inkomen"].way.desk is None
    assert shown["inkomen"].way.name == "het loket voor inkomen van de gemeente"


def test_slots_that_are_one_desk_are_one_card(zaanstad: Community) -> None:
    for slot in ("uwv", "inkomen"):
        make_organisation(community=zaanstad, kind="counter", slot=slot, name="Werkplein", phone="075 111 22 33")

    shown = cards(group(found("geld-en-post", HEAVY).cards, zaanstad))

    found_cards = [shown[name] for name in ("uwv", "inkomen") if name in shown]
    assert len(found_cards) == 1
    assert len(found_cards[0].also) == 1


def test_desk_of_another_community_is_not_shown(zaanstad: Community, haarlem: Community) -> None:
    make_organisation(community=haarlem, kind="counter", slot="schuldhulp", name="Schuldhulp Haarlem")

    assert cards(group(found("geld-en-post", HEAVY).cards, zaanstad))["spoed"].way.desk is None


def test_every_slot_has_a_name() -> None:
    assert set(NAMES) == COUNTERS | INITIATIVES
