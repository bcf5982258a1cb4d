"""The board: who sees what, how to look for it, and always the same few queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.models import Post
from posts.wording import text_after_title
from tests.conftest import ClientFor
from tests.factories.posts import make_post
from tests.factories.residents import make_block, make_resident
from tests.integration.posts.asking import shown

BOARD = "/prikbord"


def test_visitor_sees_what_is_made_from_fields_only(client: Client, anna: Resident) -> None:
    make_post(author=anna, title="Naar de oncoloog", text="Ik ben ziek en bang")

    response = client.get(BOARD)

    page = response.content.decode()
    assert "Lift in Krommenie" in page
    assert "oncoloog" not in page
    assert "bang" not in page
    assert "Anna" not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in page


def test_resident_reads_own_words_and_distance(client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
    make_post(author=anna, title="Naar de huisarts", text="Om tien uur")

    page = shown(client_for(bilal), BOARD)

    assert "Naar de huisarts" in page
    assert "Om tien uur" in page
    assert "Krommenie, tot ongeveer 3 km" in page


def test_resident_of_elsewhere_sees_own_board(client_for: ClientFor, anna: Resident, carla: Resident) -> None:
    make_post(author=anna, title="Naar de huisarts")
    make_post(author=carla, title="Fiets maken in Haarlem")

    page = shown(client_for(carla), BOARD)

    assert "Fiets maken in Haarlem" in page
    assert "Naar de huisarts" not in page
    assert "Krommenie" not in page


def test_blocked_neighbours_do_not_meet_here(client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
    make_post(author=anna, title="Van Anna")
    make_block(blocker=anna, blocked=bilal)

    assert "Van Anna" not in shown(client_for(bilal), BOARD)


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "paused"},
        {"state": "closed"},
        {"state": "held"},
        {"visibility": "quiet"},
        {"hidden_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_what_is_not_open_is_not_listed(
    client_for: ClientFor, anna: Resident, bilal: Resident, hidden: dict[str, Any]
) -> None:
    make_post(author=anna, title="Niet te zien", **hidden)

    assert "Niet te zien" not in shown(client_for(bilal), BOARD)


def test_script_tags_are_words(client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
    make_post(author=anna, title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")

    page = shown(client_for(bilal), BOARD)

    assert "<script>alert" not in page
    assert "<img src=x" not in page


class TestChoices:
    """Tabs, categories, areas, distance, words and order."""

    def test_tabs_count_asks_and_offers(self, client_for: ClientFor, anna: Resident) -> None:
        make_post(author=anna, title="Een vraag")
        for _each in range(2):
            make_post(author=anna, kind="offer", category="cooking", title="Een aanbod")
        client = client_for(anna)

        asks, offers = shown(client, BOARD), shown(client, f"{BOARD}?wat=aanbod")

        assert "1 vraag en 2 keer aanbod in Zaanstad" in asks
        assert "Een vraag" in asks
        assert "Een aanbod" not in asks
        assert "Een aanbod" in offers
        assert "Een vraag" not in offers

    def test_category_and_area(self, client: Client, anna: Resident, zaanstad: Community) -> None:
        make_post(author=anna, category="garden")
        make_post(author=make_resident(community=zaanstad, postcode="1501"), category="transport")

        assert "Tuin in Krommenie" not in shown(client, f"{BOARD}?soort=transport")
        assert "Lift in Zaandam" in shown(client, f"{BOARD}?soort=transport")
        assert "Lift in Zaandam" not in shown(client, f"{BOARD}?buurt=krommenie")

    def test_distance_is_for_residents(self, client_for: ClientFor, anna: Resident, zaanstad: Community) -> None:
        make_post(author=anna, title="Dichtbij huis")
        make_post(author=make_resident(community=zaanstad, postcode="1501"), title="Ver weg")

        page = shown(client_for(anna), f"{BOARD}?afstand=dichtbij")

        assert "Dichtbij huis" in page
        assert "Ver weg" not in page
        assert 'name="afstand"' in page
        assert 'name="afstand"' not in shown(Client(), f"{BOARD}?afstand=dichtbij")

    def test_search_keeps_the_other_choices(self, client: Client, anna: Resident) -> None:
        page = shown(client, f"{BOARD}?wat=aanbod&soort=pets&volgorde=nieuwste")

        for name, value in (("wat", "aanbod"), ("soort", "pets"), ("volgorde", "nieuwste")):
            assert f'<input type="hidden" name="{name}" value="{value}">' in page

    def test_visitor_cannot_search_in_words(self, client: Client, anna: Resident) -> None:
        make_post(author=anna, title="Naar de oncoloog", text="oncoloog")

        assert "Niets gevonden" in shown(client, f"{BOARD}?zoek=oncoloog")

    def test_order_can_be_switched_and_is_explained(self, client: Client, anna: Resident) -> None:
        now = timezone.now()
        make_post(author=anna, category="garden", published_at=now - timedelta(days=3))
        make_post(author=anna, category="pets", published_at=now - timedelta(days=1))

        longest, newest = shown(client, BOARD), shown(client, f"{BOARD}?volgorde=nieuwste")

        assert longest.index("Tuin in") < longest.index("Hulp met dieren in")
        assert newest.index("Hulp met dieren in") < newest.index("Tuin in")
        assert "Waarom deze volgorde?" in longest
        assert "wacht 3 dagen" in longest
        assert "Wie het langst wacht, staat bovenaan." in longest

    @pytest.mark.parametrize(
        "query",
        [
            "soort=goud",
            "wat=x",
            "buurt=nergens%00",
            "afstand=9",
            "volgorde=z",
            "page=999",
            "page=x",
            "zoek=" + "z" * 5000,
        ],
    )
    def test_nonsense_in_the_address_is_no_error(self, client: Client, anna: Resident, query: str) -> None:
        assert client.get(f"{BOARD}?{query}").status_code == 200

    def test_searched_words_are_escaped(self, client: Client, zaanstad: Community) -> None:
        page = shown(client, f"{BOARD}?zoek=%22%3E%3Cscript%3Ealert(1)")

        assert "<script>alert" not in page


class TestPagesAndEmptiness:
    """Twenty on a page, and a kind word when there is nothing."""

    def test_twenty_on_a_page(self, client: Client, anna: Resident) -> None:
        for _each in range(21):
            make_post(author=anna)

        first, second = shown(client, BOARD), shown(client, f"{BOARD}?page=2&volgorde=nieuwste")

        assert first.count("<article") == 20
        assert second.count("<article") == 1
        assert "Bladzijde 1 van 2" in first
        assert "volgorde=nieuwste" in second

    def test_empty_board(self, client: Client, zaanstad: Community) -> None:
        assert "Er staat nu geen vraag open" in shown(client, BOARD)
        assert "Nog geen aanbod" in shown(client, f"{BOARD}?wat=aanbod")

    def test_nothing_found_leads_back_to_all(self, client: Client, anna: Resident) -> None:
        make_post(author=anna)

        page = shown(client, f"{BOARD}?soort=pets")

        assert "Niets gevonden" in page
        assert "Laat alles zien" in page

    def test_no_community_leads_to_the_chooser(self, db: None) -> None:
        response = Client().get(f"{BOARD}?soort=pets")

        assert response["Location"].startswith(reverse("residents:choose_community"))
        assert "soort" in response["Location"]

    def test_other_methods_are_refused(self, client: Client, zaanstad: Community) -> None:
        assert client.post(BOARD).status_code == 405


@pytest.mark.parametrize("rows", [3, 40])
@pytest.mark.parametrize("who", ["visitor", "resident"])
def test_eight_queries_whatever_the_number_of_rows(
    client_for: ClientFor, anna: Resident, bilal: Resident, django_assert_max_num_queries: Any, rows: int, who: str
) -> None:
    for number in range(rows):
        make_post(author=anna if number % 2 else bilal, category="pets")
    client = client_for(bilal) if who == "resident" else Client()

    with django_assert_max_num_queries(8):
        page = shown(client, f"{BOARD}?soort=pets&buurt=krommenie")

    assert page.count("<article") == min(rows, 20)


def test_free_places_are_told(client: Client, anna: Resident) -> None:
    make_post(author=anna, places=3)

    assert "nog 3 plekken" in shown(client, BOARD)


@pytest.mark.parametrize(
    ("title", "text", "left"),
    [
        ("Wie rijdt mij", "Wie rijdt mij? Ik betaal de benzine.", "Ik betaal de benzine."),
        ("Wie rijdt mij?", "Wie rijdt mij?", ""),
        ("Wie rijdt mij", "Wie rijdt mij naar huis?", "Wie rijdt mij naar huis?"),
        ("Een lift", "Wie rijdt mij?", "Wie rijdt mij?"),
        ("?", "Iets", "Iets"),
    ],
)
def test_nobody_reads_the_title_twice(title: str, text: str, left: str) -> None:
    assert text_after_title(title, text) == left


def test_offer_does_not_wait(client: Client, anna: Resident) -> None:
    make_post(author=anna, kind=Post.Kind.OFFER, published_at=timezone.now() - timedelta(days=9))

    assert "wacht 9 dagen" not in shown(client, f"{BOARD}?wat=aanbod")
