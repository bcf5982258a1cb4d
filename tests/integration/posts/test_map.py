"""The board on a map: counts per cell for who may see the asks, links to the list below, nobody's house."""

import re

import pytest
from django.conf import LazySettings
from django.test import Client

from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.posts import make_post
from tests.factories.residents import make_resident

pytestmark = pytest.mark.django_db
MAP = "/prikbord/kaart"


@pytest.fixture
def asks(anna: Resident, bilal: Resident) -> list[Post]:
    """Three asks round Anna, one alone far away in Zaandam."""
    posts = [make_post(author=anna, title=f"Vraag {number}") for number in (1, 2, 3)]
    alone = make_resident(community=anna.community, postcode="1507")  # type: ignore[arg-type]
    return [*posts, make_post(author=alone, title="De enige in Zaandam")]


def _page(client: Client, query: str = "") -> str:
    answer = client.get(MAP + query)
    assert answer.status_code == 200
    return answer.content.decode()


def _counts(page: str) -> list[str]:
    return re.findall(r"<text[^>]*>(\d+)</text></a>", page)


def test_map_counts_what_is_together_and_lists_everything(asks: list[Post], client: Client) -> None:
    page = _page(client)

    assert _counts(page) == ["3"]
    assert 'aria-label="3 vragen in Krommenie"' in page
    assert "Nog 1 staat alleen in de lijst." in page
    assert all(f"/prikbord/{post.public_id}" in page for post in asks), "the list is always below"
    assert "Vraag 1" not in page, "a visitor reads nobody's words"
    assert "<script" not in page.split('class="b-map"')[1].split("</svg>")[0]


def test_cell_leads_to_its_own_asks(asks: list[Post], client_for: ClientFor, bilal: Resident) -> None:
    client = client_for(bilal)
    href = re.search(r'href="(/prikbord/kaart\?vak=[0-9a-f]+#lijst)" class="b-map__cell"', _page(client))
    assert href

    page = _page(client, href[1].removeprefix(MAP).split("#", maxsplit=1)[0])

    assert "Vraag 1" in page
    assert "De enige in Zaandam" not in page
    assert 'aria-current="true"' in page


def test_cell_that_is_not_shown_cannot_be_asked_for(asks: list[Post], client: Client) -> None:
    alone = f"?vak={asks[3].cell:x}"

    page = _page(client, alone)

    assert all(f"/prikbord/{post.public_id}" in page for post in asks)
    assert 'aria-current="true"' not in page.split('class="b-map"')[1].split("</main>")[0]
    assert _page(client, "?vak=onzin")


def test_map_shows_what_the_reader_may_see_only(asks: list[Post], anna: Resident, client: Client) -> None:
    make_post(author=anna, visibility=Post.Visibility.QUIET)
    make_post(author=anna, reach=Post.Reach.AREA)
    make_post(author=anna, state=Post.State.PAUSED)

    assert _counts(_page(client)) == ["3"]


def test_choices_stay_when_the_map_is_asked_for(asks: list[Post], client: Client) -> None:
    board = client.get("/prikbord?soort=garden").content.decode()
    assert 'href="/prikbord/kaart?soort=garden"' in board
    page = _page(client, "?soort=garden")

    assert _counts(page) == []
    assert "Er is te weinig om op de kaart te zetten" in page
    assert 'href="/prikbord/kaart?soort=cooking"' in page


def test_no_other_site_unless_tiles_are_on(asks: list[Post], client: Client, settings: LazySettings) -> None:
    answer = client.get(MAP)
    assert "<image" not in answer.content.decode()
    assert "https:" not in answer.headers["Content-Security-Policy"]

    settings.MAP_TILES = "https://tiles.example/{z}/{x}/{y}.png"
    settings.MAP_TILES_ORIGIN, settings.MAP_CREDIT = "https://tiles.example", "Kaart: wie dan ook"
    answer = client.get(MAP)
    assert '<image href="https://tiles.example/1' in answer.content.decode()
    assert "Kaart: wie dan ook" in answer.content.decode()
    assert "img-src 'self' data: https://tiles.example" in answer.headers["Content-Security-Policy"]
    assert "tiles.example" not in client.get("/prikbord").headers["Content-Security-Policy"]


def test_map_asks_the_database_a_fixed_number_of_times(
    asks: list[Post], anna: Resident, client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        make_post(author=anna, title=f"Nog een {number}")

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        _page(client)
