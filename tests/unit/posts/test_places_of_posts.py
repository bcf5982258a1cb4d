"""Who takes a place, agrees, gives it back and says how it went; with every refusal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from buurt.ledger.models import Entry
from buurt.residents.models import Resident
from posts import errors, services, tasks
from posts.models import Engagement, Post, Slot
from tests.conftest import AfterCommit
from tests.factories.posts import make_engagement, make_post, make_slot
from tests.factories.residents import make_block
from tests.unit.posts.heard import Heard

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _taken(post: Post) -> int:
    return Slot.objects.get(post=post).taken


def test_first_yes_takes_the_place(anna: Resident, bilal: Resident, after_commit: AfterCommit) -> None:
    post = make_post(author=anna)

    with Heard() as heard, after_commit():
        engagement = services.reserve_place(helper=bilal, post=post, now=NOW)

    assert engagement is not None
    assert (engagement.state, engagement.reserved_at) == ("reserved", NOW)
    assert engagement.agree_before == NOW + timedelta(hours=24)
    assert _taken(post) == 1
    assert heard.names() == ["place_reserved"]
    assert heard.facts() == [{"post_id": post.pk, "engagement_id": engagement.pk}]
    assert Entry.objects.get(subject_kind="posts.engagement").actor_id == bilal.pk


def test_urgent_place_waits_two_hours(anna: Resident, bilal: Resident) -> None:
    engagement = services.reserve_place(helper=bilal, post=make_post(author=anna, timing="soon"), now=NOW)

    assert engagement is not None
    assert engagement.agree_before == NOW + timedelta(hours=2)


@override_settings(CLOCK_SPEED=60)
def test_clock_of_the_demo_runs_faster(anna: Resident, bilal: Resident) -> None:
    engagement = services.reserve_place(helper=bilal, post=make_post(author=anna), now=NOW)

    assert engagement is not None
    assert engagement.agree_before == NOW + timedelta(minutes=24)


def test_yes_twice_is_the_same_place(anna: Resident, bilal: Resident, after_commit: AfterCommit) -> None:
    post = make_post(author=anna, places=2)

    with Heard() as heard, after_commit():
        first = services.reserve_place(helper=bilal, post=post, now=NOW)
        second = services.reserve_place(helper=bilal, post=post, now=NOW)

    assert first == second
    assert _taken(post) == 1
    assert heard.names() == ["place_reserved"]


def test_second_neighbour_finds_nothing_free(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = make_post(author=anna)
    services.reserve_place(helper=bilal, post=post, now=NOW)

    assert services.reserve_place(helper=dirk, post=post, now=NOW) is None
    assert _taken(post) == 1


@pytest.mark.parametrize(
    "fields",
    [
        *({"state": state} for state in Post.State.values if state != "open"),
        {"hidden_at": NOW},
        {"deadline": NOW},
        {"expires_at": NOW},
    ],
)
def test_nothing_is_free_on_a_post_that_is_not_open(anna: Resident, bilal: Resident, fields: dict[str, Any]) -> None:
    post = make_post(author=anna, **fields)

    assert services.reserve_place(helper=bilal, post=post, now=NOW) is None
    assert _taken(post) == 0


def test_nothing_is_free_for_somebody_from_elsewhere(anna: Resident, carla: Resident) -> None:
    assert services.reserve_place(helper=carla, post=make_post(author=anna), now=NOW) is None


@pytest.mark.parametrize("anna_blocks", [True, False])
def test_nothing_is_free_between_people_who_blocked(anna: Resident, bilal: Resident, *, anna_blocks: bool) -> None:
    make_block(blocker=anna if anna_blocks else bilal, blocked=bilal if anna_blocks else anna)

    assert services.reserve_place(helper=bilal, post=make_post(author=anna), now=NOW) is None


def test_moment_that_is_over_is_not_free(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna)
    Slot.objects.filter(post=post).update(starts_at=NOW)

    assert services.reserve_place(helper=bilal, post=post, now=NOW) is None


def test_first_free_moment_is_taken_unless_one_is_named(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = make_post(author=anna)
    Slot.objects.filter(post=post).update(starts_at=NOW + timedelta(days=1))
    second = make_slot(post=post, starts_at=NOW + timedelta(days=2))

    named = services.reserve_place(helper=bilal, post=post, slot=second, now=NOW)
    first = services.reserve_place(helper=dirk, post=post, now=NOW)

    assert named is not None
    assert first is not None
    assert named.slot == second
    assert first.slot != second


def test_slot_of_another_post_is_not_free(anna: Resident, bilal: Resident) -> None:
    other = make_post(author=anna).slots.get()

    assert services.reserve_place(helper=bilal, post=make_post(author=anna), slot=other, now=NOW) is None


def test_own_post_is_refused(anna: Resident) -> None:
    with pytest.raises(errors.OwnPostError):
        services.reserve_place(helper=anna, post=make_post(author=anna), now=NOW)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"rules_accepted_at": None}, errors.NotReadyError),
        ({"restricted_until": NOW + timedelta(hours=1)}, errors.RestrictedError),
        ({"age_band": "16-17"}, errors.AdultsOnlyError),
    ],
)
def test_helper_who_may_not_answer_is_refused(
    anna: Resident, bilal: Resident, fields: dict[str, Any], error: type[errors.PostError]
) -> None:
    post = make_post(author=anna, category="childcare")
    for name, value in fields.items():
        setattr(bilal, name, value)

    with pytest.raises(error):
        services.reserve_place(helper=bilal, post=post, now=NOW)

    assert _taken(post) == 0


@pytest.mark.parametrize("by_author", [True, False])
def test_either_of_the_two_may_agree_once(
    anna: Resident, bilal: Resident, after_commit: AfterCommit, *, by_author: bool
) -> None:
    engagement = make_engagement(helper=bilal, post=make_post(author=anna))
    by = anna if by_author else bilal

    with Heard() as heard, after_commit():
        assert services.agree_place(by=by, engagement=engagement, now=NOW)
        assert not services.agree_place(by=by, engagement=engagement, now=NOW)

    engagement.refresh_from_db()
    assert (engagement.state, engagement.agreed_at) == ("agreed", NOW)
    assert heard.names() == ["place_agreed"]


def test_stranger_may_do_nothing_with_a_place(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    engagement = make_engagement(helper=bilal, post=make_post(author=anna))

    with pytest.raises(errors.NotYoursError):
        services.agree_place(by=dirk, engagement=engagement)
    with pytest.raises(errors.NotYoursError):
        services.release_place(by=dirk, engagement=engagement, because="cancelled")
    with pytest.raises(errors.NotYoursError):
        services.record_outcome(by=dirk, engagement=engagement, says="happened")

    engagement.refresh_from_db()
    assert (engagement.state, engagement.asker_says) == ("reserved", "")


@pytest.mark.parametrize(
    ("because", "state"),
    [
        ("declined", "cancelled"),
        ("cancelled", "cancelled"),
        ("late_cancel", "cancelled"),
        ("no_show", "no_show"),
        ("withdrawn", "cancelled"),
        ("erased", "cancelled"),
    ],
)
@pytest.mark.parametrize("was", ["reserved", "agreed"])
def test_place_given_back_is_free_at_once(
    anna: Resident, bilal: Resident, dirk: Resident, after_commit: AfterCommit, *, because: Any, state: str, was: str
) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post, state=was)

    with Heard() as heard, after_commit():
        assert services.release_place(by=anna, engagement=engagement, because=because, now=NOW)
        assert not services.release_place(by=anna, engagement=engagement, because=because, now=NOW)

    engagement.refresh_from_db()
    assert (engagement.state, engagement.ended_at) == (state, NOW)
    assert _taken(post) == 0
    assert heard.facts() == [{"post_id": post.pk, "engagement_id": engagement.pk, "because": because}]
    assert services.reserve_place(helper=dirk, post=post) is not None


def test_unknown_reason_is_a_mistake_of_ours(anna: Resident, bilal: Resident) -> None:
    engagement = make_engagement(helper=bilal, post=make_post(author=anna))

    with pytest.raises(ValueError, match="moe"):
        services.release_place(by=anna, engagement=engagement, because="moe")  # type: ignore[arg-type]


def test_nobody_gives_back_a_place_of_others_by_system_reasons_alone(anna: Resident, bilal: Resident) -> None:
    engagement = make_engagement(helper=bilal, post=make_post(author=anna))

    # The system acts only with one of its own reasons.
    assert not services.release_place(by=None, engagement=engagement, because="no_show")


def test_clock_gives_back_what_nobody_agreed_on(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    late = make_engagement(helper=bilal, post=make_post(author=anna), agree_before=NOW)
    agreed = make_engagement(helper=bilal, post=make_post(author=anna), agree_before=NOW, state="agreed")
    in_time = make_engagement(helper=dirk, post=make_post(author=anna), agree_before=NOW + timedelta(seconds=1))

    assert services.sweep_places(NOW) == 1
    assert services.sweep_places(NOW) == 0

    for engagement, state in ((late, "cancelled"), (agreed, "agreed"), (in_time, "reserved")):
        engagement.refresh_from_db()
        assert engagement.state == state


def test_clock_never_takes_what_was_just_agreed(anna: Resident, bilal: Resident) -> None:
    seen_by_the_sweep = make_engagement(helper=bilal, post=make_post(author=anna), agree_before=NOW)
    services.agree_place(by=anna, engagement=Engagement.objects.get(), now=NOW)

    assert not services.release_place(by=None, engagement=seen_by_the_sweep, because="clock", now=NOW)
    assert Engagement.objects.get().state == "agreed"


def test_tasks_sweep(anna: Resident, bilal: Resident) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    make_engagement(helper=bilal, post=make_post(author=anna), agree_before=long_ago)
    over = make_post(author=anna, expires_at=long_ago)

    tasks.sweep_places.run()
    tasks.sweep_posts.run()

    over.refresh_from_db()
    assert Engagement.objects.get().state == "cancelled"
    assert over.state == "expired"
    assert (tasks.sweep_places.name, tasks.sweep_posts.name) == ("posts.sweep_places", "posts.sweep_posts")
