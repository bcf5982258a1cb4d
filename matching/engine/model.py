"""What was learned: rate ratios in small tables, the delay of answers; and the tables a new community starts with."""

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matching.engine.columns import ALERT_EDGES, ANY_TIME, KINDS, WHOLE_WEEK, Floats, Ints

# Upper edges of the bands; the last band is open.
DISTANCE_EDGES = np.array([0.5, 1.0, 2.0, 3.0, 5.0, 8.0])
ALERT_MIDDLES = np.array([0.05, 0.5, 1.1, 2.0, 3.2, 5.0, 8.0])
REST_EDGES = np.array([1.0, 3.0, 7.0, 14.0])
# Availability: the ask names no time; it names one the helper said yes to; the helper never said.
ANY, SAID, UNKNOWN = 0, 1, 2


@dataclass(frozen=True)
class Delay:
    """How long people take to answer, in waking hours: log-normal (docs/matching.md, 2)."""

    median: float = 0.5
    spread: float = 1.8

    def share_at(self, hours: float) -> float:
        """Return G(hours) for one number of hours; many times quicker than `share`."""
        return 0.5 * (1.0 + math.erf(math.log(max(hours, 1e-9) / self.median) / (self.spread * math.sqrt(2))))

    def share(self, hours: Floats | float) -> Floats:
        """Return G(hours): the share of the answers that have come after so many waking hours."""
        z = np.log(np.maximum(hours, 1e-9) / self.median) / (self.spread * math.sqrt(2))
        return 0.5 * (1.0 + _erf(np.asarray(z, dtype=np.float64)))


def _erf(z: Floats) -> Floats:
    """Return the error function to 1.5e-7 (Abramowitz and Stegun 7.1.26); numpy has none."""
    t = 1.0 / (1.0 + 0.3275911 * np.abs(z))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.asarray(np.sign(z) * (1.0 - poly * np.exp(-z * z)))


def _ones(size: int) -> Floats:
    return np.ones(size)


@dataclass(frozen=True)
class Model:
    """Chance of a yes = base times one number per table (docs/matching.md, 2); hazard = chance of losing somebody."""

    base: float = 0.10
    kind: Floats = field(default_factory=lambda: _ones(KINDS))
    distance: Floats = field(default_factory=lambda: _ones(len(DISTANCE_EDGES) + 1))
    availability: Floats = field(default_factory=lambda: _ones(3))
    lead: Floats = field(default_factory=lambda: _ones(3))
    alerts: Floats = field(default_factory=lambda: _ones(len(ALERT_EDGES) + 1))
    rest: Floats = field(default_factory=lambda: _ones(len(REST_EDGES) + 1))
    hazard: Floats = field(default_factory=lambda: np.zeros(len(ALERT_EDGES) + 1))
    delay: Delay = field(default_factory=Delay)

    @cached_property
    def lowering(self) -> Floats:
        """Return gamma per band of recent alerts: the share by which one more alert lowers later answers.

        From the learned F_alerts at the middles of the bands: 1 - F(level + 1) / F(level), never below nothing.
        """
        curve = np.log(self.alerts)
        more = np.interp(ALERT_MIDDLES + 1.0, ALERT_MIDDLES, curve)
        slope = (curve[-1] - curve[0]) / (ALERT_MIDDLES[-1] - ALERT_MIDDLES[0])
        # Beyond the last middle the curve goes on as steep as it was on the whole.
        beyond = np.greater(ALERT_MIDDLES + 1.0, ALERT_MIDDLES[-1])
        more[beyond] = curve[-1] + slope
        return np.clip(1.0 - np.exp(more - curve), 0.0, 1.0)


# What a community starts with until it has answers of its own: round figures from the field (Food Rescue, NHS
# volunteers, Be My Eyes; docs/matching.md, 9), not from one place. Learning moves them (learn.py).
PRIORS = Model(
    base=0.10,
    distance=np.array([1.15, 1.05, 0.9, 0.7, 0.5, 0.35, 0.2]),
    availability=np.array([1.0, 1.1, 0.6]),
    lead=np.array([0.6, 1.0, 1.1]),
    alerts=np.exp(-0.3 * ALERT_MIDDLES),
    rest=np.array([0.2, 0.4, 0.65, 0.85, 1.0]),
    hazard=np.array([0.0005, 0.0007, 0.001, 0.002, 0.005, 0.01, 0.02]),
)


def distance_band(km: Floats) -> Ints:
    """Return the band of each distance."""
    return np.searchsorted(DISTANCE_EDGES, km, side="left")


def rest_band(days: Floats) -> Ints:
    """Return the band of the days since the last help; NEVER falls in the last."""
    return np.searchsorted(REST_EDGES, days, side="right")


def said_nothing(times: Ints) -> Ints:
    """Say of each helper whether any time is as good as another: never said, or the whole week."""
    return np.asarray((times == 0) | (times == WHOLE_WEEK))


def availability_class(times: Ints, time: int | Ints) -> Ints:
    """Return ANY, SAID or UNKNOWN for each helper and the ask's time; excluded times are no class, see fits.py."""
    named = np.asarray(time) != ANY_TIME
    return np.where(named, np.where(said_nothing(times), UNKNOWN, SAID), ANY)
