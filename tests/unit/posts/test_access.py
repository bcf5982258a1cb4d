"""Who may read which post, what the board lists, and that visitors get nobody's words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404, QueryDict
from django.test.utils import CaptureQueriesContext

from buurt.communities.models import Community
from buurt.communities.places import distance_band
from buurt.residents.models import Resident
from posts import access
from posts.access import BoardFilters
from posts.models import Post, Slot
from posts.search import index_text
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_block, make_resident

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALL = BoardFilters()


def _board(viewer: Resident | None, community: Community, **chosen: Any) -> list[Post]:
    return list(access.board(viewer=viewer, community=community, filters=BoardFilters(**chosen), now=NOW))


def _reads(reader: Resident | None, community: Community | None, post: Post) -> bool:
    try:
        return access.post_for_reader(reader, community, post.public_id) == post
    except Http404:
        return False


@pytest.fixture
def _clean_readers() -> Iterator[None]:
    before = list(access._readers)
    yield
    access._readers[:] = before


# -- one post ---------------------------------------------------------------------------------------------------


def test_resident_reads_a_public_post(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, places=3)

    seen = access.post_for_reader(bilal, zaanstad, post.public_id.lower())

    assert (seen.title, seen.text) == (post.title, post.text)
    assert getattr(seen, "free_places") == 3  # noqa: B009 - annotated


def test_visitor_reads_what_the_fields_say_and_no_more(zaanstad: Community, anna: Resident) -> None:
    post = make_post(author=anna)
    Post.objects.update(search_stems=" huisarts ", spoken=["tr"])

    seen = access.post_for_reader(None, zaanstad, post.public_id)

    assert (seen.category, seen.area.name) == ("transport", "Krommenie")
    assert (seen.title, seen.text, seen.search_stems, seen.spoken) == ("", "", "", [])
    assert (seen.author.display_name, seen.author.email, seen.author.public_id) == ("", "", "")


def test_resident_without_a_place_reads_as_a_visitor(zaanstad: Community, anna: Resident) -> None:
    newcomer = Resident.objects.create_user("nieuw@example.org")
    post = make_post(author=anna)

    assert access.post_for_reader(newcomer, zaanstad, post.public_id).title == ""
    assert not access.reads_words(newcomer, zaanstad)


@pytest.mark.parametrize("public_id", ["", "AAAAAAAA", "x" * 500, "../../etc", "2345678é", "\0"])
def test_id_that_cannot_be_is_not_found(zaanstad: Community, anna: Resident, public_id: str) -> None:
    with pytest.raises(Http404):
        access.post_for_reader(anna, zaanstad, public_id)
    with pytest.raises(Http404):
        access.post_of_author(anna, public_id)


def test_other_community_does_not_find_it(
    zaanstad: Community, haarlem: Community, anna: Resident, carla: Resident
) -> None:
    post = make_post(author=anna)

    assert not _reads(carla, haarlem, post)
    assert not _reads(carla, zaanstad, post)
    assert not _reads(None, haarlem, post)
    assert not _reads(None, None, post)


@pytest.mark.parametrize("anna_blocks", [True, False])
def test_block_works_both_ways(zaanstad: Community, anna: Resident, bilal: Resident, *, anna_blocks: bool) -> None:
    post = make_post(author=anna)
    make_engagement(helper=bilal, post=post)
    make_block(blocker=anna if anna_blocks else bilal, blocked=bilal if anna_blocks else anna)

    assert not _reads(bilal, zaanstad, post)
    assert _board(bilal, zaanstad) == []


@pytest.mark.parametrize(
    ("fields", "author", "engaged", "reader", "visitor"),
    [
        ({}, True, True, True, True),
        ({"state": "paused"}, True, True, True, True),
        ({"state": "closed"}, True, True, True, True),
        ({"state": "expired"}, True, True, True, True),
        ({"state": "withdrawn"}, True, True, False, False),
        ({"state": "held"}, True, False, False, False),
        ({"state": "draft"}, True, False, False, False),
        ({"hidden_at": NOW}, True, False, False, False),
        ({"visibility": "quiet"}, True, True, False, False),
        ({"visibility": "circle"}, True, True, False, False),
        ({"visibility": "quiet", "state": "closed"}, True, True, False, False),
    ],
)
def test_who_reads_what(
    zaanstad: Community,
    anna: Resident,
    bilal: Resident,
    dirk: Resident,
    *,
    fields: dict[str, Any],
    author: bool,
    engaged: bool,
    reader: bool,
    visitor: bool,
) -> None:
    post = make_post(author=anna, **fields)
    make_engagement(helper=bilal, post=post, state="cancelled")

    assert _reads(anna, zaanstad, post) == author
    assert _reads(bilal, zaanstad, post) == engaged
    assert _reads(dirk, zaanstad, post) == reader
    assert _reads(None, zaanstad, post) == visitor


@pytest.mark.usefixtures("_clean_readers")
def test_room_above_may_let_in_who_was_invited(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, visibility="quiet")
    other = make_post(author=anna, visibility="quiet")

    access.register_reader(lambda resident, asked: (resident, asked) == (bilal, post))

    assert _reads(bilal, zaanstad, post)
    assert not _reads(bilal, zaanstad, other)


def test_author_who_moved_away_keeps_reading(haarlem: Community, anna: Resident) -> None:
    post = make_post(author=anna)
    anna.community = haarlem

    assert _reads(anna, haarlem, post)
    assert access.post_of_author(anna, post.public_id) == post


def test_page_of_the_author_is_for_nobody_else(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna)

    with pytest.raises(Http404):
        access.post_of_author(bilal, post.public_id)


# -- the board ----------------------------------------------------------------------------------------------------


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
