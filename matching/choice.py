"""Whom the engine would ask now for one ask: rows in, a plan out. Nothing is written here."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from matching.asks import OpenRoom, apart_from, asked_for, engine_ask, open_room, places_of
from matching.columns import KIND_BITS, RECOVERY_HALF_DAYS, HelperRows, load_people, with_offers
from matching.engine import HelperColumns, Model, Settings, WavePlan, plan_wave, sent
from matching.fit import ON_FOOT_KM, AskView
from matching.learned import model_of
from matching.models import MatchingRules, Search
from matching.offers import offering, offers_for
from matching.plane import Plane, days
from matching.views_of import ask_view, free_slots
from posts.models import Post, Slot


@dataclass(frozen=True)
class Choice:
    """A plan with what it rests on."""

    plan: WavePlan
    view: AskView
    slots: list[Slot]
    plane: Plane
    # The earliest end of somebody's quiet hours, when people were left out because of them.
    quiet_until: datetime | None
    # By author: standing offers of this kind, whose authors count as helpers for it.
    offers: dict[int, Post]


def rules_of(community_id: int) -> Settings:
    """Return the engine's settings as this community wants them."""
    rules = MatchingRules.objects.filter(community=community_id).first() or MatchingRules()
    wave = "fixed" if rules.program == MatchingRules.Program.THREE else "program"
    return Settings(pooling=rules.pooling, hold=rules.hold, wave=wave)


@dataclass
class Overview:
    """What the plans of one sweep share, per community: rules, tables, the open asks, and in a big sweep the helpers.

    It is seconds old at most, and every wave that goes out is noted in it. Whom the engine chooses is looked at again
    before anything is written, so an old overview costs a second try and never a wrong message.
    """

    now: datetime
    # With many asks to plan, a community's helpers are read once instead of around each ask.
    keeps_people: bool = False
    _settings: dict[int, tuple[Settings, Model]] = field(default_factory=dict)
    _planes: dict[int, Plane] = field(default_factory=dict)
    _rooms: dict[int, OpenRoom] = field(default_factory=dict)
    _people: dict[int, HelperRows] = field(default_factory=dict)

    def settings(self, community_id: int) -> tuple[Settings, Model]:
        """Return how this community wants its waves, and what was learned there."""
        if community_id not in self._settings:
            self._settings[community_id] = (rules_of(community_id), model_of(community_id))
        return self._settings[community_id]

    def plane(self, post: Post) -> Plane:
        """Return the one plane on which this sweep measures in this community."""
        return self._planes.setdefault(post.community_id, Plane(post.cell))

    def room(self, post: Post) -> OpenRoom | None:
        """Return the asks that may travel along; None when messages carry one ask here."""
        settings, model = self.settings(post.community_id)
        if not settings.pooling:
            return None
        if post.community_id not in self._rooms:
            self._rooms[post.community_id] = open_room(
                post.community_id, plane=self.plane(post), model=model, now=self.now
            )
        return self._rooms[post.community_id]

    def people(self, post: Post, view: AskView) -> HelperRows:
        """Return the helpers this ask may reach."""
        plane = self.plane(post)
        if not self.keeps_people or view.shared_areas:
            return load_people(community_id=post.community_id, origin=plane.origin, now=self.now, near=view)
        if post.community_id not in self._people:
            self._people[post.community_id] = load_people(
                community_id=post.community_id, origin=plane.origin, now=self.now
            )
        return self._people[post.community_id]

    def forget_people(self, post: Post) -> None:
        """Read helpers anew at the next plan: somebody who was chosen does not fit any more."""
        self._people.pop(post.community_id, None)

    def note_sent(self, post: Post, helper_ids: list[int]) -> None:
        """Keep in mind that these helpers got a message now."""
        rows = self._people.get(post.community_id)
        if rows is not None:
            at = np.flatnonzero(np.isin(rows.columns.id, helper_ids))
            sent(rows.columns, at, days(self.now), RECOVERY_HALF_DAYS)


def choose(
    post: Post,
    search: Search,
    *,
    now: datetime,
    overview: Overview | None = None,
    rng: np.random.Generator | None = None,
) -> Choice:
    """Plan the next wave of an ask at its step of widening; `post` comes with its slots. About a dozen queries."""
    overview = overview or Overview(now)
    slots = free_slots(post, now=now)
    view = ask_view(post, slots, step=search.widened)
    settings, model = overview.settings(post.community_id)
    people, room = overview.people(post, view), overview.room(post)
    ask = engine_ask(
        post,
        view,
        plane=people.plane,
        places=places_of(post, slots),
        asked=asked_for([post.pk], now=now)[post.pk],
        apart=apart_from([post.author_id])[post.author_id],
        model=model,
        now=now,
    )
    offers = {offer.author_id: offer for offer in offers_for(view, now=now)}
    people = with_offers(people, [offering(offer, now=now) for offer in offers.values()], now=now)
    columns, quiet_until = _for_ask(people, view)
    plan = plan_wave(
        ask,
        columns,
        room.columns if room and room.post_ids else None,
        model=model,
        settings=settings,
        now=days(now),
        rng=rng or np.random.default_rng(),
    )
    return Choice(plan, view, slots, people.plane, quiet_until, offers)


def _for_ask(people: HelperRows, view: AskView) -> tuple[HelperColumns, datetime | None]:
    """Return the columns as this ask needs them: near kinds and a wider circle count, several moments, quiet hours."""
    columns = people.columns
    kinds, active, distance = columns.kinds, columns.active.copy(), columns.distance
    for near in view.near_kinds:
        kinds = kinds | (((kinds >> KIND_BITS[near]) & 1) << KIND_BITS[view.category])
    if view.wider_km:
        distance = np.where(distance > ON_FOOT_KM, distance + view.wider_km, distance)
    if view.moments:
        # One moment is the engine's; of several (a day without an hour, the slots of a rota) one must fit.
        active &= (columns.times == 0) | ((columns.times & view.moments) != 0)
    quiet = np.isin(columns.id, np.fromiter(people.quiet_until, np.int64, len(people.quiet_until)))
    awake = replace(columns, kinds=kinds, distance=distance, active=active & ~quiet)
    return awake, min(people.quiet_until.values(), default=None)
