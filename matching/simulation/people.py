"""Drawing a neighbourhood: who lives where, what they said, what is true, what is asked, who looks at the board."""

from dataclasses import dataclass

import numpy as np

from matching.engine.columns import ANY_TIME, DAYS, URGENT, WHOLE_WEEK, Ask, Floats, HelperColumns, Ints, helper_columns
from matching.simulation import hours
from matching.simulation.scenario import KINDS, Scenario
from matching.simulation.world import Arrival

FIRST_ID = 1_000
# Waking hours until the deadline, by lead.
LEAD_HOURS = ((2.5, 8.0), (14.0, 50.0), (70.0, 150.0))


@dataclass(frozen=True)
class Residents:
    """The helpers as they are, and what they told the platform."""

    x: Floats
    y: Floats
    willing: Floats
    taste: Floats  # per helper and kind
    free: Ints  # true weeks
    noshow: Floats
    kinds: Ints
    distance: Floats
    said: Ints  # weeks as told; nothing = never told
    budget: Ints

    def as_platform_sees(self) -> HelperColumns:
        """Return the columns of newcomers."""
        return helper_columns(
            np.arange(len(self.x)) + FIRST_ID,
            x=self.x,
            y=self.y,
            kinds=self.kinds,
            distance=self.distance,
            times=self.said,
            budget=self.budget,
            noshow=0.05,
        )


def drawn_residents(seed: int, s: Scenario) -> Residents:
    """Draw the helpers of a scenario; the same seed draws the same people."""
    draw = np.random.default_rng([seed, 1])
    x, y, _rural = _homes(draw, s, s.helpers, np.array([place.share for place in s.places]))
    free = _weeks(draw, s)
    wrong = _bits(draw.random((s.helpers, 21)) < s.told_wrong)
    told = draw.random(s.helpers) < s.told
    return Residents(
        x=x,
        y=y,
        willing=s.willing * draw.lognormal(-(s.willing_spread**2) / 2, s.willing_spread, s.helpers),
        taste=draw.lognormal(-(s.taste_spread**2) / 2, s.taste_spread, (s.helpers, len(KINDS))),
        free=free,
        noshow=s.no_shows * draw.gamma(1.5, 1 / 1.5, s.helpers),
        kinds=_kinds(draw, s),
        distance=draw.choice(np.array(s.distances, dtype=float), s.helpers, p=_shares(s.distance_shares)),
        said=np.where(told, (free ^ wrong) & WHOLE_WEEK, 0),
        budget=draw.choice(np.array(s.budgets), s.helpers),
    )


def _shares(weights: tuple[float, ...]) -> Floats:
    return np.array(weights) / sum(weights)


def _homes(draw: np.random.Generator, s: Scenario, count: int, shares: Floats) -> tuple[Floats, Floats, Floats]:
    where = draw.choice(len(s.places), count, p=shares / shares.sum())
    columns = np.array([[place.x, place.y, place.spread, place.rural] for place in s.places])[where]
    even = draw.uniform(0, s.side, (count, 2))
    cloud = columns[:, :2] + draw.normal(size=(count, 2)) * columns[:, 2:3]
    home = np.where(columns[:, 2:3] > 0, cloud, even)
    return home[:, 0], home[:, 1], columns[:, 3]


def _bits(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Ints:
    return np.asarray(flags.astype(np.int64) @ (1 << np.arange(flags.shape[1])))


def _weeks(draw: np.random.Generator, s: Scenario) -> Ints:
    """Draw when people are free: each has more or less of the week, and evenings or days of their own."""
    own = draw.beta(2 * s.free, 2 * (1 - s.free), (s.helpers, 1))
    part = draw.normal(0, 0.25, (s.helpers, 3))
    share = np.clip(own + np.tile(part, (1, 7)), 0.02, 0.98)
    return _bits(draw.random((s.helpers, 21)) < share)


def _kinds(draw: np.random.Generator, s: Scenario) -> Ints:
    """Draw what people declare; at least one kind each."""
    declared = draw.random((s.helpers, len(s.kinds))) < np.array(s.declared)
    none = np.flatnonzero(~declared.any(axis=1))
    declared[none, draw.choice(len(s.kinds), len(none), p=_shares(s.declared))] = True
    bits = np.array([1 << KINDS.index(kind) for kind in s.kinds])
    return np.asarray(declared.astype(np.int64) @ bits)


def drawn_asks(seed: int, s: Scenario) -> list[Arrival]:
    """Draw all asks of a scenario, in order of their arrival."""
    draw = np.random.default_rng([seed, 2])
    count = int(draw.poisson(s.asks_a_day * s.days))
    at = np.sort(np.floor(draw.uniform(0, s.days, count)) * 24 + draw.uniform(hours.WAKE, hours.LAST_MESSAGE, count))
    x, y, rural = _homes(draw, s, count, np.array([place.asks for place in s.places]))
    kinds = draw.choice([KINDS.index(kind) for kind in s.kinds], count, p=_shares(s.asked))
    leads = draw.choice(3, count, p=_shares(s.leads))
    places = 1 + draw.choice(3, count, p=_shares(s.several))
    left = draw.uniform(*np.array(LEAD_HOURS)[leads].T)
    named = draw.random(count) < s.named_time
    found = []
    for number in range(count):
        deadline = hours.after(float(at[number]), float(left[number]))
        lead = int(leads[number])
        has_time = bool(named[number]) or lead == URGENT
        ask = Ask(
            id=number,
            x=float(x[number]),
            y=float(y[number]),
            kind=int(kinds[number]),
            time=hours.time_bit(deadline) if has_time else ANY_TIME,
            lead=lead,
            places=int(places[number]) if lead >= DAYS else 1,
            waking_left=float(left[number]),
        )
        found.append(Arrival(float(at[number]), deadline, ask, bool(rural[number])))
    return found


def drawn_visits(seed: int, s: Scenario) -> list[tuple[float, int]]:
    """Draw who looks at the board when; most hardly ever, some often."""
    draw = np.random.default_rng([seed, 3])
    rates = s.visits * draw.gamma(0.5, 2.0, s.helpers)
    counts = draw.poisson(rates * s.days)
    rows = np.repeat(np.arange(s.helpers), counts)
    total = len(rows)
    at = np.floor(draw.uniform(0, s.days, total)) * 24 + draw.uniform(hours.WAKE, hours.SLEEP, total)
    return sorted(zip(at.tolist(), rows.tolist(), strict=True))
