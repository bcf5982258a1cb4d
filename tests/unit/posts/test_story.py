""" "Zo staat het ervoor": the post's own lines in every state."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from buurt.residents.models import Resident
from posts import story
from posts.models import Engagement, Post
from posts.timeline import lines_of
from tests.factories.posts import make_engagement, make_post

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _titles(post: Post) -> list[tuple[str, str]]:
    return [(line.state, line.title) for line in story.lines(post, NOW)]


def test_open_ask_says_what_was_done_and_until_when(anna: Resident) -> None:
    post = make_post(author=anna, expires_at=NOW + timedelta(days=3))

    assert _titles(post) == [
        ("done", "Je vraag staat op het prikbord"),
        ("next", "Het blijft staan tot donderdag 26 november, 10 uur"),
    ]
    assert "Verlengen" in story.lines(post, NOW)[-1].text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "offer"}, ("done", "Je aanbod staat op het prikbord")),
        ({"visibility": "quiet"}, ("done", "Stil verstuurd")),
        ({"state": "held"}, ("now", "Een moderator kijkt eerst even mee")),
        ({"state": "paused"}, ("now", "Op pauze")),
        ({"hidden_at": NOW}, ("now", "Een moderator heeft dit verborgen")),
        ({"state": "closed"}, ("done", "Afgerond")),
        ({"state": "withdrawn"}, ("done", "Ingetrokken")),
        ({"state": "expired"}, ("done", "De tijd is om, het staat niet meer op het prikbord")),
    ],
)
def test_every_state_has_its_line(anna: Resident, fields: dict[str, Any], told: tuple[str, str]) -> None:
    assert told in _titles(make_post(author=anna, **fields))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("reserved", [("now", "Bilal zei ja")]),
        ("agreed", [("done", "Bilal zei ja"), ("now", "Jij en Bilal hebben het afgesproken")]),
        ("done", [("done", "Bilal zei ja"), ("done", "Het is gelukt met Bilal")]),
        ("not_done", [("done", "Bilal zei ja"), ("done", "Het ging niet door met Bilal")]),
        ("cancelled", [("done", "Bilal zei ja"), ("done", "Bilal komt niet meer, de plek is weer vrij")]),
        ("no_show", [("done", "Bilal zei ja"), ("done", "De afspraak met Bilal ging mis")]),
    ],
)
def test_every_place_has_its_lines(anna: Resident, bilal: Resident, state: str, told: list[tuple[str, str]]) -> None:
    post = make_post(author=anna)
    make_engagement(helper=bilal, post=post, state=state)

    assert _titles(post)[1:] == told


def test_every_state_of_a_place_is_told(anna: Resident, bilal: Resident) -> None:
    for state in Engagement.State.values:
        post = make_post(author=anna)
        make_engagement(helper=bilal, post=post, state=state)

        assert len(story.lines(post, NOW)) >= 2


def test_reserved_place_says_when_it_opens_again(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna)
    make_engagement(helper=bilal, post=post, agree_before=NOW + timedelta(hours=24))

    line = story.lines(post, NOW)[1]

    assert "weer vrij op dinsdag 24 november, 10 uur" in line.text


def test_single_day_is_not_offered_a_renewal(anna: Resident) -> None:
    post = make_post(author=anna, timing="day", deadline=NOW, expires_at=NOW + timedelta(days=1))

    assert story.lines(post, NOW)[-1].text == ""


def test_story_is_part_of_the_whole(anna: Resident) -> None:
    post = make_post(author=anna)

    assert "Je vraag staat op het prikbord" in [line.title for line in lines_of(post, NOW)]
