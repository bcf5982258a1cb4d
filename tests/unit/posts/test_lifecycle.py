"""The life of a post: every move that may be made, and every one that may not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from buurt.ledger.models import Entry
from buurt.residents.models import Resident
from posts import errors, moves, services
from posts.models import Engagement, Post
from posts.moves import Actor
from tests.conftest import AfterCommit
from tests.factories.posts import make_engagement, make_post
from tests.unit.posts.heard import Heard

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

Move = Callable[..., bool]
# Each act of an author: the states it may start from, where it leads, and what is announced.
ACTS: list[tuple[Move, set[str], str, str]] = [
    (services.pause_post, {"open"}, "paused", "post_paused"),
    (services.resume_post, {"paused"}, "open", "post_reopened"),
    (services.close_post, {"open", "paused"}, "closed", "post_closed"),
    (services.withdraw_post, {"draft", "held", "open", "paused"}, "withdrawn", "post_closed"),
    (services.renew_post, {"expired"}, "open", "post_reopened"),
]


@pytest.mark.parametrize("state", Post.State.values)
@pytest.mark.parametrize(("act", "starts", "to", "event"), ACTS, ids=[act.__name__ for act, *_ in ACTS])
def test_act_is_possible_from_these_states_only(
    anna: Resident, after_commit: AfterCommit, *, act: Move, starts: set[str], to: str, event: str, state: str
) -> None:
    if act is services.renew_post and state == "open":
        starts, event = {"open"}, "post_changed"  # it moves nothing, its days count again
    post = make_post(author=anna, state=state, published_at=NOW, expires_at=NOW + timedelta(days=9))

    with Heard() as heard, after_commit():
        moved = act(by=anna, post=post, now=LATER)

    post.refresh_from_db()
    assert moved == (state in starts)
    assert post.state == (to if moved else state)
    assert heard.names() == ([event] if moved else [])
    assert Entry.objects.filter(subject_id=post.pk, actor_id=anna.pk).count() == int(moved)
    if moved:
        assert post.ended_at == (LATER if to in {"closed", "withdrawn"} else None)


@pytest.mark.parametrize(("act", "starts", "to", "event"), ACTS, ids=[act.__name__ for act, *_ in ACTS])
def test_act_of_somebody_else_is_refused(
    anna: Resident, bilal: Resident, *, act: Move, starts: set[str], to: str, event: str
) -> None:
    post = make_post(author=anna, state=min(starts))

    with pytest.raises(errors.NotYoursError):
        act(by=bilal, post=post, now=LATER)

    post.refresh_from_db()
    assert post.state == min(starts)


def test_object_in_hand_may_be_old(anna: Resident) -> None:
    post = make_post(author=anna)
    Post.objects.filter(pk=post.pk).update(state="withdrawn")

    assert not services.pause_post(by=anna, post=post)
    assert not services.close_post(by=anna, post=post)


def test_table_knows_every_state_and_leads_to_known_ones() -> None:
    assert set(moves.POST_MOVES) == set(Post.State.values)
    assert set(moves.PLACE_MOVES) == set(Engagement.State.values)
    assert {to for row in moves.POST_MOVES.values() for to in row} <= set(Post.State.values)
    assert moves.POST_MOVES["closed"] == moves.POST_MOVES["withdrawn"] == {}


def test_may_move_reads_the_table() -> None:
    assert moves.may_move(Post(state="open"), "paused", Actor.AUTHOR)
    assert not moves.may_move(Post(state="open"), "paused", Actor.MODERATOR)
    assert not moves.may_move(Post(state="closed"), "open", Actor.AUTHOR)


def test_paused_post_whose_time_is_over_does_not_come_back(anna: Resident) -> None:
    post = make_post(author=anna, state="paused", expires_at=NOW)

    assert not services.resume_post(by=anna, post=post, now=NOW)


@pytest.mark.parametrize(
    ("kind", "timing", "days"), [("ask", "any", 28), ("ask", "soon", 7), ("offer", "any", 90), ("ask", "weekly", 28)]
)
@pytest.mark.parametrize("state", ["open", "expired"])
def test_renewal_counts_the_days_again(
    anna: Resident, after_commit: AfterCommit, *, kind: str, timing: str, days: int, state: str
) -> None:
    post = make_post(author=anna, kind=kind, timing=timing, state=state, expires_at=NOW, published_at=NOW)
    Post.objects.update(warned_at=NOW)

    with Heard() as heard, after_commit():
        assert services.renew_post(by=anna, post=post, now=LATER)

    post.refresh_from_db()
    assert (post.state, post.expires_at, post.warned_at) == ("open", LATER + timedelta(days=days), None)
    assert post.deadline == (post.expires_at if timing == "soon" else None)
    assert heard.names() == ["post_changed" if state == "open" else "post_reopened"]


@pytest.mark.parametrize("state", ["open", "expired"])
def test_single_day_cannot_be_renewed(anna: Resident, state: str) -> None:
    post = make_post(author=anna, timing="day", state=state, deadline=NOW, expires_at=NOW)

    assert not services.renew_post(by=anna, post=post, now=LATER)


def test_pause_keeps_who_said_yes(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post)

    services.pause_post(by=anna, post=post)

    engagement.refresh_from_db()
    assert engagement.state == "reserved"


def test_withdrawal_frees_everybody(anna: Resident, bilal: Resident, dirk: Resident, after_commit: AfterCommit) -> None:
    post = make_post(author=anna, places=2)
    make_engagement(helper=bilal, post=post)
    make_engagement(helper=dirk, post=post, state="agreed")

    with Heard() as heard, after_commit():
        services.withdraw_post(by=anna, post=post)

    assert set(Engagement.objects.values_list("state", flat=True)) == {"cancelled"}
    assert post.slots.get().taken == 0
    assert heard.names() == ["place_released", "place_released", "post_closed"]
    assert {facts.get("because") for facts in heard.facts()} == {"withdrawn", None}


def test_closing_keeps_what_was_agreed(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = make_post(author=anna, places=2)
    reserved = make_engagement(helper=bilal, post=post)
    agreed = make_engagement(helper=dirk, post=post, state="agreed")

    services.close_post(by=anna, post=post)

    reserved.refresh_from_db()
    agreed.refresh_from_db()
    assert (reserved.state, agreed.state) == ("cancelled", "agreed")
    assert post.slots.get().taken == 1


@pytest.mark.parametrize("state", Post.State.values)
def test_hiding_never_changes_the_state(
    anna: Resident, dirk: Resident, after_commit: AfterCommit, *, state: str
) -> None:
    post = make_post(author=anna, state=state)

    with Heard() as heard, after_commit():
        assert services.hide_post(by=dirk, post=post, now=NOW)
        assert not services.hide_post(by=dirk, post=post, now=LATER)
    post.refresh_from_db()
    assert (post.state, post.hidden_at) == (state, NOW)
    assert heard.names() == ["post_hidden"]

    with Heard() as heard, after_commit():
        assert services.restore_post(by=dirk, post=post)
        assert not services.restore_post(by=dirk, post=post)
    post.refresh_from_db()
    assert (post.state, post.hidden_at) == (state, None)
    assert heard.names() == (["post_reopened"] if state == "open" else [])


def test_sweep_warns_once_three_days_before(anna: Resident, after_commit: AfterCommit) -> None:
    post = make_post(author=anna, expires_at=NOW + timedelta(days=3))

    assert services.sweep_posts(NOW - timedelta(seconds=1)) == 0
    with Heard() as heard, after_commit():
        assert services.sweep_posts(NOW) == 1
        assert services.sweep_posts(NOW) == 0

    assert heard.names() == ["post_expiring"]
    post.refresh_from_db()
    assert post.warned_at == NOW


@pytest.mark.parametrize("fields", [{"timing": "day"}, {"state": "paused"}, {"hidden_at": NOW}, {"state": "closed"}])
def test_sweep_warns_nobody_about_what_cannot_be_renewed(anna: Resident, fields: dict[str, Any]) -> None:
    make_post(author=anna, expires_at=NOW + timedelta(days=1), **fields)

    assert services.sweep_posts(NOW) == 0


def test_sweep_ends_what_is_over(anna: Resident, after_commit: AfterCommit) -> None:
    over = make_post(author=anna, expires_at=NOW)
    paused = make_post(author=anna, state="paused", expires_at=NOW)
    make_post(author=anna, expires_at=NOW + timedelta(days=9))

    with Heard() as heard, after_commit():
        assert services.sweep_posts(NOW) == 2

    assert set(Post.objects.filter(state="expired")) == {over, paused}
    assert heard.names() == ["post_closed", "post_closed"]


def test_sweep_leaves_a_post_alone_while_somebody_is_coming(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, expires_at=NOW)
    make_engagement(helper=bilal, post=post, state="agreed")

    assert services.sweep_posts(NOW + timedelta(days=13)) == 0
    assert services.sweep_posts(NOW + timedelta(days=14)) == 1

    post.refresh_from_db()
    assert post.state == "closed"


def test_post_renewed_while_the_sweep_looked_stays(anna: Resident) -> None:
    from posts.services.lifecycle import expire_post

    post = make_post(author=anna, expires_at=NOW)
    services.renew_post(by=anna, post=Post.objects.get(pk=post.pk), now=NOW)

    assert not expire_post(post=post, now=NOW)
    assert Post.objects.get().state == "open"
