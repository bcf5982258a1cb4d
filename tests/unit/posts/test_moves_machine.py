"""Whatever happens in whatever order: places are never sold twice, ends are ends, hiding changes no state."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts import errors, moves, services
from posts.drafts import PostDraft
from posts.models import Engagement, Post, Slot
from posts.moves import Actor
from tests.factories.residents import make_resident

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REASONS = ("declined", "cancelled", "late_cancel", "no_show", "clock", "withdrawn", "erased")
HOLDS_A_PLACE = {"reserved", "agreed"}


class LifeOfAPost(RuleBasedStateMachine):
    """One post, its author, three neighbours, a moderator and the clock, in any order."""

    people: tuple[Resident, ...]
    post: Post

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.now = START
        self.author, self.moderator, *self.helpers = self.people
        self.engagements: list[Engagement] = []
        self.last_state = ""
        self.renewed = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)

    @initialize(
        kind=st.sampled_from(["ask", "offer"]),
        timing=st.sampled_from(["soon", "any", "day", "weekly"]),
        places=st.integers(1, 2),
        hold=st.booleans(),
    )
    def publish(self, *, kind: str, timing: str, places: int, hold: bool) -> None:
        day = START.date() + timedelta(days=5) if timing == "day" else None
        draft = PostDraft(
            kind=kind, category="transport", text="Wie?", timing=timing, day=day, weekday=1, places=places, hold=hold
        )
        self.post = services.publish_post(by=self.author, draft=draft, now=self.now)
        self.last_state = self.post.state

    @rule(act=st.sampled_from(["pause", "resume", "close", "withdraw"]))
    def act(self, act: str) -> None:
        getattr(services, f"{act}_post")(by=self.author, post=self.post, now=self.now)

    @rule()
    def renew(self) -> None:
        self.renewed = services.renew_post(by=self.author, post=self.post, now=self.now)

    @rule(act=st.sampled_from([services.hide_post, services.restore_post]))
    def moderate(self, act: Any) -> None:
        before = Post.objects.get(pk=self.post.pk).state
        act(by=self.moderator, post=self.post, now=self.now)
        assert Post.objects.get(pk=self.post.pk).state == before

    @rule()
    def release_held(self) -> None:
        services.release_held(by=self.moderator, post=self.post, now=self.now)

    @rule(who=st.integers(0, 2))
    def reserve(self, who: int) -> None:
        row = Post.objects.get(pk=self.post.pk)
        free = Slot.objects.get(post=row)
        engagement = services.reserve_place(helper=self.helpers[who], post=self.post, now=self.now)
        if engagement is not None and engagement not in self.engagements:
            assert row.state == "open"
            assert row.hidden_at is None
            assert free.taken < free.places
            self.engagements.append(engagement)

    @precondition(lambda self: self.engagements)
    @rule(which=st.integers(0, 9), by_author=st.booleans())
    def agree(self, *, which: int, by_author: bool) -> None:
        engagement = self._pick(which)
        services.agree_place(by=self._one_of_two(engagement, by_author=by_author), engagement=engagement, now=self.now)

    @precondition(lambda self: self.engagements)
    @rule(which=st.integers(0, 9), by_author=st.booleans(), because=st.sampled_from(REASONS))
    def release(self, *, which: int, by_author: bool, because: Any) -> None:
        engagement = self._pick(which)
        by = self._one_of_two(engagement, by_author=by_author)
        services.release_place(by=by, engagement=engagement, because=because, now=self.now)

    @precondition(lambda self: self.engagements)
    @rule(which=st.integers(0, 9), by_author=st.booleans(), says=st.sampled_from(["happened", "not", "later"]))
    def outcome(self, *, which: int, by_author: bool, says: str) -> None:
        engagement = self._pick(which)
        by = self._one_of_two(engagement, by_author=by_author)
        services.record_outcome(by=by, engagement=engagement, says=says, now=self.now)

    @rule(places=st.integers(1, 3))
    def change(self, places: int) -> None:
        draft = services.copy_draft(self.post, now=self.now).with_(places=places)
        with suppress(errors.EndedError, errors.TooFewPlacesError):
            services.change_post(by=self.author, post=self.post, draft=draft, now=self.now)

    @rule(hours=st.sampled_from([1, 3, 25, 24 * 8, 24 * 40]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        services.sweep_places(self.now)
        services.sweep_posts(self.now)

    def _pick(self, which: int) -> Engagement:
        """Return an engagement as it was first seen: what is in hand may always be old."""
        return self.engagements[which % len(self.engagements)]

    def _one_of_two(self, engagement: Engagement, *, by_author: bool) -> Resident:
        return self.author if by_author else engagement.helper

    @invariant()
    def places_taken_are_those_in_use(self) -> None:
        post = Post.objects.get(pk=self.post.pk)
        holding = HOLDS_A_PLACE | {"done"} if post.is_ask else HOLDS_A_PLACE
        for slot in Slot.objects.filter(post=post):
            assert slot.taken == slot.engagements.filter(state__in=holding).count()
            assert slot.taken <= slot.places

    @invariant()
    def state_moves_as_the_table_says(self) -> None:
        """Between two looks lies one move of the table at most, and nothing leaves an end but by renewal."""
        state = Post.objects.get(pk=self.post.pk).state
        old, self.last_state = self.last_state, state
        renewed, self.renewed = self.renewed, False
        if old == state:
            return
        assert state in moves.POST_MOVES[old]
        if old in moves.ENDED:
            assert old == "expired"
            assert renewed
            assert Actor.AUTHOR in moves.POST_MOVES[old][state]

    @invariant()
    def times_fit_the_state(self) -> None:
        post = Post.objects.get(pk=self.post.pk)
        assert (post.ended_at is not None) == (post.state in moves.ENDED)
        if post.state == "open":
            assert post.published_at is not None


@pytest.fixture
def people(zaanstad: Community) -> tuple[Resident, ...]:
    return tuple(make_resident(community=zaanstad) for _ in range(5))


@pytest.mark.slow
def test_life_of_a_post_in_any_order(people: tuple[Resident, ...]) -> None:
    machine = type("Machine", (LifeOfAPost,), {"people": people})

    run_state_machine_as_test(machine, settings=settings(max_examples=30, stateful_step_count=25))
