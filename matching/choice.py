"""Whom the engine would ask now for one ask: rows in, a plan out. Nothing is written here."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from matching.asks import OpenRoom, apart_from, asked_for, engine_ask, open_room
from matching.columns import KIND_BITS, HelperRows, days, load_people
from matching.engine import Settings, WavePlan, plan_wave
from matching.engine.columns import HelperColumns
from matching.fit import AskView
from matching.learned import model_of
from matching.models import MatchingRules, Search
from matching.views_of import ask_view, free_slots
from posts.models import Post, Slot


@dataclass(frozen=True)
class Choice:
    """A plan with what it rests on."""

    plan: WavePlan
    view: AskView
    slots: list[Slot]
    room: OpenRoom | None
    # The earliest end of somebody's quiet hours, when people were left out because of them.
    quiet_until: datetime | None


def rules_of(community_id: int) -> Settings:
    """Return the engine's settings as this community wants them."""
    rules = MatchingRules.objects.filter(community=community_id).first() or MatchingRules()
    wave = "fixed" if rules.program == MatchingRules.Program.THREE else "program"
    return Settings(pooling=rules.pooling, hold=rules.hold, wave=wave)


def choose(post: Post, search: Search, *, now: datetime, rng: np.random.Generator | None = None) -> Choice:
    """Plan the next wave of an ask at its step of widening; `post` comes with its slots. About fourteen queries."""
    slots = free_slots(post, now=now)
    view = ask_view(post, slots, step=search.widened)
    people = load_people(community_id=post.community_id, origin=post.cell, now=now, near=view)
    settings, model = rules_of(post.community_id), model_of(post.community_id)
    apart = apart_from([post.author_id])[post.author_id]
    asked = asked_for([post.pk], now=now)[post.pk]
    ask = engine_ask(
        post,
        view,
        plane=people.plane,
        places=sum(slot.places - slot.taken for slot in slots),
        asked=asked,
        apart=apart,
        model=model,
        now=now,
    )
    room = None
    if settings.pooling:
        room = open_room(post.community_id, plane=people.plane, model=model, now=now)
    columns, quiet_until = _for_ask(people, view)
    plan = plan_wave(
        ask,
        columns,
        room.columns if room and room.posts else None,
        model=model,
        settings=settings,
        now=days(now),
        rng=rng or np.random.default_rng(),
    )
    return Choice(plan, view, slots, room, quiet_until)


def _for_ask(people: HelperRows, view: AskView) -> tuple[HelperColumns, datetime | None]:
    """Return the columns as this ask needs them: near kinds count, several moments, quiet hours."""
    columns = people.columns
    kinds, active = columns.kinds, columns.active.copy()
    for near in view.near_kinds:
        kinds = kinds | (((kinds >> KIND_BITS[near]) & 1) << KIND_BITS[view.category])
    if view.moments:
        # One moment is the engine's; of several (a day without an hour, the slots of a rota) one must fit.
        active &= (columns.times == 0) | ((columns.times & view.moments) != 0)
    quiet = np.isin(columns.id, np.fromiter(people.quiet_until, np.int64, len(people.quiet_until)))
    awake = replace(columns, kinds=kinds, active=active & ~quiet)
    return awake, min(people.quiet_until.values(), default=None)
