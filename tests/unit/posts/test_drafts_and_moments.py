"""What a draft keeps in the session, what its moments mean, and how they are said."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurt.communities.categories import Category
from posts.drafts import BrokenDraftError, PostDraft
from posts.errors import WrongMomentError
from posts.models import Post
from posts.moments import day_and_time, moments_of, spoken_draft, spoken_timing

# A Monday, ten in the morning in Amsterdam.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)

drafts = st.builds(
    PostDraft,
    kind=st.sampled_from(Post.Kind.values),
    category=st.sampled_from(Category.values),
    text=st.text(max_size=50),
    title=st.text(max_size=20),
    timing=st.sampled_from(Post.Timing.values),
    day=st.none() | st.dates(),
    at=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    weekday=st.none() | st.integers(0, 6),
    duration_minutes=st.none() | st.integers(1, 840),
    places=st.integers(1, 50),
    spoken=st.lists(st.sampled_from(["nl", "tr", "ar"])).map(tuple),
    broker_consent=st.booleans(),
    hold=st.booleans(),
)


def _draft(**changes: Any) -> PostDraft:
    return PostDraft(kind="ask", category="transport", text="Wie rijdt mij?").with_(**changes)


@given(drafts)
def test_draft_survives_the_session(draft: PostDraft) -> None:
    kept = json.loads(json.dumps(draft.to_json()))

    assert PostDraft.from_json(kept) == draft
    assert draft.is_possible


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        "ask",
        {},
        {"kind": "ask", "category": "pets"},
        {"kind": 1, "category": "pets", "text": ""},
        {"kind": "ask", "category": "pets", "text": "", "day": "morgen"},
        {"kind": "ask", "category": "pets", "text": "", "day": 5},
        {"kind": "ask", "category": "pets", "text": "", "places": "veel"},
        {"kind": "ask", "category": "pets", "text": "", "weekday": True},
        {"kind": "ask", "category": "pets", "text": "", "hold": "nee"},
        {"kind": "ask", "category": "pets", "text": "", "spoken": "nl"},
        {"kind": "ask", "category": "pets", "text": "", "spoken": [1]},
    ],
)
def test_broken_draft_is_refused(kept: object) -> None:
    with pytest.raises(BrokenDraftError):
        PostDraft.from_json(kept)


def test_unknown_answers_of_an_older_session_are_left_out() -> None:
    kept = _draft().to_json() | {"colour": "green"}

    assert PostDraft.from_json(kept) == _draft()


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "gift"},
        {"category": "gold"},
        {"visibility": "secret"},
        {"reach": "world"},
        {"timing": "never"},
        {"on_behalf_of": "nobody"},
        {"places": 0},
        {"places": 51},
        {"weekday": 7},
        {"duration_minutes": 0},
        {"duration_minutes": 10_000},
    ],
)
def test_choice_that_no_form_offers_is_noticed(changes: dict[str, Any]) -> None:
    assert not _draft(**changes).is_possible


def test_soon_stops_after_a_week() -> None:
    moments = moments_of(_draft(timing="soon"), now=NOW)

    assert moments.deadline == moments.expires_at == NOW + timedelta(days=7)


@pytest.mark.parametrize("changes", [{"timing": "any"}, {"timing": "weekly", "weekday": 1}])
def test_any_time_stays_four_weeks(changes: dict[str, Any]) -> None:
    moments = moments_of(_draft(**changes), now=NOW)

    assert (moments.deadline, moments.expires_at) == (None, NOW + timedelta(days=28))
    assert moments.starts_at is None


@pytest.mark.parametrize("timing", ["soon", "any"])
def test_standing_offer_stays_ninety_days(timing: str) -> None:
    moments = moments_of(_draft(kind="offer", timing=timing), now=NOW)

    assert (moments.deadline, moments.expires_at) == (None, NOW + timedelta(days=90))


def test_day_with_time_is_that_moment() -> None:
    moments = moments_of(_draft(timing="day", day=THURSDAY, at=time(9, 30), duration_minutes=90), now=NOW)

    nine_thirty = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert moments.deadline == moments.expires_at == moments.starts_at == nine_thirty
    assert moments.ends_at == nine_thirty + timedelta(minutes=90)


def test_day_without_time_lasts_until_it_is_over() -> None:
    moments = moments_of(_draft(timing="day", day=THURSDAY), now=NOW)

    assert moments.starts_at is None
    assert moments.deadline == datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC)


def test_today_is_still_possible() -> None:
    assert moments_of(_draft(timing="day", day=date(2026, 11, 23)), now=NOW).deadline
    assert moments_of(_draft(timing="day", day=date(2026, 11, 23), at=time(10, 1)), now=NOW).deadline


@pytest.mark.parametrize(
    "changes",
    [
        {"timing": "day"},
        {"timing": "day", "day": date(2026, 11, 22)},
        {"timing": "day", "day": date(2026, 11, 23), "at": time(10, 0)},
        {"timing": "day", "day": date(2027, 12, 1)},
        {"timing": "day", "day": date(9999, 12, 31)},
        {"timing": "day", "day": date(1, 1, 1)},
        {"timing": "weekly"},
    ],
)
def test_moment_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(WrongMomentError):
        moments_of(_draft(**changes), now=NOW)


@pytest.mark.parametrize(
    ("changes", "long", "short"),
    [
        ({"timing": "day", "day": THURSDAY, "at": time(9)}, "donderdag 26 november, 9 uur", "do 26 nov, 9 uur"),
        ({"timing": "day", "day": THURSDAY, "at": time(14, 5)}, "donderdag 26 november, 14:05 uur", None),
        ({"timing": "day", "day": THURSDAY, "at": time(23, 59)}, "donderdag 26 november, 23:59 uur", None),
        ({"timing": "day", "day": THURSDAY}, "donderdag 26 november", "do 26 nov"),
        ({"timing": "weekly", "weekday": 1}, "elke dinsdag", "elke di"),
        ({"timing": "soon"}, "zo snel mogelijk", "zo snel mogelijk"),
        ({"timing": "any"}, "het maakt niet uit", "het maakt niet uit"),
        ({"timing": "soon", "day": THURSDAY, "weekday": 1}, "zo snel mogelijk", None),
        ({"timing": "weekly"}, "elke week", None),
    ],
)
def test_timing_is_said_the_same_before_and_after_sending(
    changes: dict[str, Any], long: str, short: str | None
) -> None:
    draft = _draft(**changes)
    post = Post(timing=draft.timing, weekday=draft.weekday)
    if draft.timing == "day":
        post.deadline = moments_of(draft, now=NOW).deadline

    assert spoken_draft(draft, now=NOW) == spoken_timing(post, now=NOW) == long
    if short is not None:
        assert spoken_draft(draft, short=True, now=NOW) == spoken_timing(post, short=True, now=NOW) == short


def test_day_and_time_come_back_as_they_were_chosen() -> None:
    for at in (None, time(9), time(23, 59)):
        deadline = moments_of(_draft(timing="day", day=THURSDAY, at=at), now=NOW).deadline

        assert day_and_time(Post(timing="day", deadline=deadline)) == (THURSDAY, at)
    assert day_and_time(Post(timing="soon", deadline=NOW)) == (None, None)
