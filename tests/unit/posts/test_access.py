"""Who may read which post, and that visitors get nobody's words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import Http404

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts import access
from posts.access import BoardFilters
from posts.models import Post
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_block

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
