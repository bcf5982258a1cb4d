"""What the board lists for whom, in which order; visitors get nobody's words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from buurt.communities.models import Community
from buurt.communities.places import distance_band
from buurt.residents.models import Resident
from posts import access
from posts.access import BoardFilters
from posts.models import Post, Slot
from posts.search import index_text
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_resident

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALL = BoardFilters()


def _board(viewer: Resident | None, community: Community, **chosen: Any) -> list[Post]:
    return list(access.board(viewer=viewer, community=community, filters=BoardFilters(**chosen), now=NOW))


@pytest.mark.parametrize(
    "fields",
    [
        *({"state": state} for state in Post.State.values if state != "open"),
        {"hidden_at": NOW},
        {"visibility": "quiet"},
        {"visibility": "circle"},
        {"deadline": NOW},
        {"expires_at": NOW},
    ],
)
def test_board_leaves_out_what_is_not_open_and_public(
    zaanstad: Community, anna: Resident, bilal: Resident, fields: dict[str, Any]
) -> None:
    make_post(author=anna, **fields)

    assert _board(bilal, zaanstad) == _board(None, zaanstad) == []


def test_board_leaves_out_what_is_full_or_over(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    half = make_post(author=anna, places=2)
    make_engagement(helper=bilal, post=half)
    make_engagement(helper=bilal, post=make_post(author=anna))
    Slot.objects.filter(post=make_post(author=anna)).update(starts_at=NOW)

    (row,) = _board(bilal, zaanstad)

    assert row == half
    assert getattr(row, "free_places") == 1  # noqa: B009 - annotated


def test_board_of_another_community_is_another_board(
    zaanstad: Community, haarlem: Community, anna: Resident, carla: Resident
) -> None:
    make_post(author=anna)

    assert _board(carla, haarlem) == []
    # Should a reader from elsewhere ever stand before this board, then as a visitor.
    assert [row.title for row in _board(carla, zaanstad)] == [""]


def test_ask_for_the_own_neighbourhood_stays_there(
    zaanstad: Community, anna: Resident, bilal: Resident, dirk: Resident
) -> None:
    post = make_post(author=anna, reach="area")

    assert _board(bilal, zaanstad) == [post]  # also Krommenie
    assert _board(dirk, zaanstad) == []  # Zaandam
    assert _board(None, zaanstad) == []


def test_rows_for_visitors_carry_no_words_from_the_database_on(zaanstad: Community, anna: Resident) -> None:
    make_post(author=anna, title="Geheim", text="Zeer geheim")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        (row,) = access.board(viewer=None, community=zaanstad, filters=ALL, now=NOW)[:20]
        shown = (row.title, row.text, row.search_stems, row.language, row.author.display_name, row.area.name)

    assert shown == ("", "", "", "", "", "Krommenie")
    assert len(queries) == 1
    (sql,) = (query["sql"] for query in queries)
    assert '"title"' not in sql
    assert '"text"' not in sql
    assert "display_name" not in sql


@pytest.mark.parametrize("rows", [1, 12])
@pytest.mark.parametrize("visitor", [True, False])
def test_page_of_the_board_is_one_query_and_one_count(
    zaanstad: Community, anna: Resident, bilal: Resident, *, rows: int, visitor: bool
) -> None:
    for _ in range(rows):
        make_post(author=anna)
    filters = BoardFilters(kind="ask", category="transport", area="krommenie", band="near", words="lift")
    Post.objects.update(search_stems=index_text(title="", text="", category="transport"))
    board = access.board(viewer=None if visitor else bilal, community=zaanstad, filters=filters, now=NOW)

    with CaptureQueriesContext(connection) as queries:
        shown = [(row.title, row.area.name, row.author.display_name, row.cell) for row in board[:20]]
        count = board.count()

    assert len(shown) == count == rows
    assert len(queries) == 2


def test_board_shows_who_waits_longest_first_or_newest(zaanstad: Community, anna: Resident) -> None:
    new, old, middle = (make_post(author=anna, published_at=NOW - timedelta(days=days)) for days in (1, 9, 5))

    assert _board(anna, zaanstad) == [old, middle, new]
    assert _board(anna, zaanstad, order="newest") == [new, middle, old]


def test_board_filters_by_kind_category_area_and_words(zaanstad: Community, anna: Resident, dirk: Resident) -> None:
    lift = make_post(author=anna)
    soup = make_post(author=dirk, kind="offer", category="cooking", title="Soep", text="")
    for post in (lift, soup):
        post.search_stems = index_text(title=post.title, text=post.text, category=post.category)
        post.save()

    assert _board(anna, zaanstad, kind="offer") == [soup]
    assert _board(anna, zaanstad, category="transport") == [lift]
    assert _board(anna, zaanstad, area="zaandam") == [soup]
    assert _board(anna, zaanstad, area="nergens") == []
    assert _board(anna, zaanstad, words="huisarts") == [lift]
    assert _board(None, zaanstad, words="huisarts") == []
    assert _board(None, zaanstad, words="lift") == [lift]


def test_bands_divide_the_board(zaanstad: Community, anna: Resident, bilal: Resident, dirk: Resident) -> None:
    neighbour = make_resident(community=zaanstad, postcode="1561")
    posts = {make_post(author=author) for author in (neighbour, bilal, dirk)}

    bands = {band: set(_board(anna, zaanstad, band=band)) for band in ("own", "near", "far")}

    assert bands["own"] == {post for post in posts if post.author == neighbour}
    assert bands["near"] == {post for post in posts if distance_band(anna.cell, post.cell) != "far"}
    assert bands["far"] == posts - bands["near"]
    assert len(bands["near"]) == 2
    assert set(_board(None, zaanstad, band="own")) == posts  # a visitor is nowhere


def test_address_of_the_board_is_read_and_written() -> None:
    address = "wat=aanbod&soort=pets&buurt=krommenie&afstand=dichtbij&zoek=hond+uitlaten&volgorde=nieuwste"

    filters = BoardFilters.from_query(QueryDict(address))

    assert filters == BoardFilters("offer", "pets", "krommenie", "near", "hond uitlaten", "newest")
    assert filters.to_query() == address
    assert filters.to_query(category="", order="longest", band="") == "wat=aanbod&buurt=krommenie&zoek=hond+uitlaten"
    assert not filters.is_empty


@pytest.mark.parametrize(
    "address",
    ["", "wat=alles", "soort=goud", "buurt=a/../b", "afstand=1km", "volgorde=mooi", "zoek=+%20", "x=y", "zoek=%00"],
)
def test_nonsense_in_the_address_is_left_out_quietly(address: str) -> None:
    filters = BoardFilters.from_query(QueryDict(address))

    assert filters == ALL
    assert filters.is_empty
    assert filters.to_query() == ""


def test_long_search_is_cut() -> None:
    assert len(BoardFilters.from_query(QueryDict("zoek=" + "a" * 5_000)).words) == 100


def test_own_posts_come_newest_first_in_every_state(anna: Resident, bilal: Resident) -> None:
    first = make_post(author=anna, state="withdrawn")
    second = make_post(author=anna, places=2)
    make_post(author=bilal)
    make_engagement(helper=bilal, post=second)

    rows = list(access.posts_by_author(anna))

    assert rows == [second, first]
    assert [getattr(row, "free_places") for row in rows] == [1, 1]  # noqa: B009 - annotated
    assert [each.helper for each in access.engagements_of_post(second)] == [bilal]
