"""Plan one wave: who is asked now, in which order, what else their message carries, and how long we wait."""

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from matching.engine.chance import Chances, Learned, still_out
from matching.engine.columns import WEEK, Ask, Floats, HelperColumns, Ints, OpenAsks, People
from matching.engine.explain import Term, terms_of
from matching.engine.fits import fitting_people
from matching.engine.model import Model
from matching.engine.pool import Extra, Pool, pool_for
from matching.engine.price import prices, worth_after
from matching.engine.program import Program, plan_program, waiting_time, waves_left
from matching.engine.rank import in_order, value_of_one_yes
from matching.engine.settings import Settings


class Because(StrEnum):
    """Why a plan is as it is."""

    ASKED = "asked"  # somebody is asked now
    FILLED = "filled"  # all places are taken
    OVER = "over"  # no time is left
    HELD = "held"  # waits a little, so that it can travel with others (P8b)
    WAITING = "waiting"  # those asked may still answer; more would wear people out
    NOBODY = "nobody"  # nobody who fits is left
    DEAR = "dear"  # who is left costs more than the ask is worth now; later may be better


@dataclass(frozen=True)
class WavePlan:
    """One planned wave. Writing it down and sending it is the caller's; nothing was changed here."""

    ask_id: int
    because: Because
    chosen: tuple[Term, ...] = ()
    passed: tuple[Term, ...] = ()  # the first of those not chosen
    wait: float = 0.0  # waking hours until the next look
    fitting: int = 0  # how many may be asked at all
    worth: float = 0.0  # V: what the search is worth from here
    unmet: float = 0.0  # pi: the value of one certain yes now, when what is out fails
    untouched: float = 1.0  # n: the chance that everything out fails, this wave included
    # New rho of the helpers a new ask could have been served by: rows and values, to be written back.
    worth_rows: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    worth_values: Floats = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class _Mind:
    """What a plan is made with."""

    model: Model
    settings: Settings
    chances: Chances
    rng: np.random.Generator


@dataclass(frozen=True)
class _Weighed:
    """People with their chance, the chance of a yes that is kept, and price, all aligned."""

    people: People
    chance: Floats
    kept: Floats
    price: Floats

    def take(self, some: Ints) -> "_Weighed":
        return _Weighed(self.people.take(some), self.chance[some], self.kept[some], self.price[some])

    @property
    def index(self) -> Floats:
        return np.asarray(self.price / self.kept)


def plan_wave(
    ask: Ask,
    helpers: HelperColumns,
    open_asks: OpenAsks | None = None,
    *,
    model: Model,
    settings: Settings,
    now: float,
    rng: np.random.Generator,
    near: Ints | None = None,
    chances: Chances | None = None,
    is_new: bool = False,
) -> WavePlan:
    """Return the next wave for an ask (policy P8 of docs/matching.md).

    `now` is in days; `near` are the rows within reach (`PlaceIndex.near`), everybody when None; `chances` replaces
    the learned tables; `is_new` asks for the helpers' new worth (rho), once per ask. Draws only from `rng`.
    """
    if ask.is_over:
        return WavePlan(ask.id, Because.FILLED if ask.places < 1 else Because.OVER)
    mind = _Mind(model, settings, chances or Learned(model), rng)
    people = fitting_people(ask, helpers, now=now, half_days=settings.recovery_half_days, near=near)
    chance = mind.chances.alone(ask, people)
    kept = chance * (1.0 - people.helpers.noshow)
    some = _Weighed(people, chance, kept, prices(people, chance, model, settings))
    value = value_of_one_yes(ask, settings, some.kept, some.price)
    first, pool = _ranked(ask, some, value, open_asks, mind)
    failing = float((1.0 - still_out(ask.out_chance, ask.out_age, model)).prod())
    program = _program(ask, first, value, 1.0 - failing, mind)
    plan = WavePlan(
        ask.id,
        Because.NOBODY,
        wait=waiting_time(ask.waking_left, settings),
        fitting=len(people),
        worth=program.worth,
        unmet=min(value, max(0.0, value - program.worth_without)),
        untouched=failing,
    )
    if is_new and len(people):
        worth = worth_after(people, settings, mind.chances.fresh(ask, people), some.price, plan.unmet)
        plan = replace(plan, worth_rows=people.rows, worth_values=worth)
    if held := held_for(ask, settings):
        return replace(plan, because=Because.HELD, wait=held)
    carried = [pool.take_best(place, settings.most_extras) if pool else () for place in range(program.size)]
    return _with_people(plan, ask, first, carried, settings.passed_kept)


def _ranked(ask: Ask, some: _Weighed, value: float, asks: OpenAsks | None, mind: _Mind) -> tuple[_Weighed, Pool | None]:
    """Return the first people in order of price per expected yes, those above the value left out; and their extras."""
    s = mind.settings
    most = max(s.looked_ahead, s.extras_for)
    pool = None
    if s.pooling and asks is not None and len(asks) and len(some.people):
        if len(some.people) > most:
            some = some.take(in_order(some.index, some.people.level, s, mind.rng, most))
        pool = pool_for(ask, asks, some.people, chances=mind.chances, model=mind.model, settings=s)
        if pool:
            credit = s.credit * pool.credit(some.chance, s.most_extras)
            some = replace(some, price=np.maximum(some.price - credit, 1e-5 * (1.0 + some.price)))
    order = in_order(some.index, some.people.level, s, mind.rng, most)
    worth_asking = order[some.index[order] < value][: s.looked_ahead]
    return some.take(worth_asking), pool.take(worth_asking) if pool else None


def _program(ask: Ask, first: _Weighed, value: float, out: float, mind: _Mind) -> Program:
    """Return the size of the wave, and what the search is worth; a fixed size is valued by the same program."""
    s = mind.settings
    program = plan_program(
        first.kept,
        first.price,
        value,
        waves=waves_left(ask.waking_left, s),
        share=mind.model.delay.share_at(waiting_time(ask.waking_left, s)),
        out=out,
        settings=s,
    )
    size = program.size if s.wave == "program" else s.wave_fixed
    return replace(program, size=min(len(first.people), size * min(3, ask.places)))


def held_for(ask: Ask, settings: Settings) -> float:
    """Return the waking hours an ask still waits before its own first wave (P8b); nothing for most.

    Only asks with a week or more, up to 12 waking hours and never more than 35 % of their time.
    """
    if not settings.hold or ask.lead != WEEK or ask.asked:
        return 0.0
    longest = min(settings.hold_hours, settings.hold_share * (ask.waking_age + ask.waking_left))
    return max(0.0, longest - ask.waking_age)


def _with_people(plan: WavePlan, ask: Ask, first: _Weighed, carried: list[tuple[Extra, ...]], kept: int) -> WavePlan:
    """Return the plan with the chosen, what their messages carry, and the first `kept` of those passed over."""
    size = len(carried)
    looked_at = min(len(first.people), size + kept)
    terms = _terms(ask, first.take(np.arange(looked_at)), carried + [()] * (looked_at - size))
    chosen, passed = terms[:size], terms[size:]
    if size == 0:
        why = Because.WAITING if len(ask.out_chance) else Because.DEAR if plan.fitting else Because.NOBODY
        return replace(plan, because=why, passed=passed)
    untouched = plan.untouched * math.prod(1.0 - term.chance for term in chosen)
    return replace(plan, because=Because.ASKED, chosen=chosen, passed=passed, untouched=untouched)


def _terms(ask: Ask, some: _Weighed, carried: list[tuple[Extra, ...]]) -> tuple[Term, ...]:
    return terms_of(ask, some.people, some.chance, some.price, carried)
