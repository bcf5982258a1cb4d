"""Learning from the log of alerts and answers: every table is (observed + k) / (expected + k) (docs/matching.md, 7)."""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from matching.engine.columns import Floats, Ints
from matching.engine.model import Delay, Model

K_TABLE = 12.0
K_OWN = 0.7
K_HAZARD = 1_000.0
K_DELAY = 50.0
HALF_LIFE_DAYS = 90.0
ROUNDS = 2
# No table moves further from its prior than this, whatever was put into the log.
FURTHEST = 8.0
TABLES = ("kind", "distance", "availability", "lead", "alerts", "rest")
# More distance, and more alerts lately, never raise the chance; more rest never lowers it.
FALLING, RISING = ("distance", "alerts"), ("rest",)


@dataclass(frozen=True)
class AlertLog:
    """One row per helper and ask that was shown to them, in columns: the cells of its tables and what came of it."""

    helper: Ints  # any number that stands for the helper
    kind: Ints
    distance: Ints
    availability: Ints
    lead: Ints
    alerts: Ints
    rest: Ints
    at: Floats  # days, when it was sent
    scale: Floats  # 1 for the ask the message is about, the attention for those that travel along
    exposure: Floats  # share of the answers that would have come by now: 1 when answered, else G(waking hours out)
    yes: Floats  # 1 or 0
    lost: Floats  # 1 when the helper switched off or left after this alert, else 0
    delay: Floats  # waking hours until the answer; nan without one

    def __len__(self) -> int:
        return len(self.helper)

    def take(self, rows: Ints) -> "AlertLog":
        """Return these rows only."""
        return AlertLog(*(getattr(self, one.name)[rows] for one in fields(self)))


def _weights(log: AlertLog, now: float) -> Floats:
    return np.exp2(-np.maximum(0.0, now - log.at) / HALF_LIFE_DAYS)


def _product(model: Model, log: AlertLog) -> Floats:
    chance = model.base * log.scale
    for name in TABLES:
        chance = chance * getattr(model, name)[getattr(log, name)]
    return np.asarray(chance)


def refit(prior: Model, log: AlertLog, now: float, factor: Floats | None = None) -> Model:
    """Return the model after these answers; without answers it is the prior.

    Each table in turn, the others held fixed, twice round: prior x (observed + k) / (expected + k), older outcomes
    weighing less (half-life 90 days). `factor` is the own factor w of the helper of each row, 1 when not given.
    """
    if len(log) == 0:
        return prior
    weight = _weights(log, now)
    seen = log.yes * weight
    exposed = log.exposure * weight * (1.0 if factor is None else factor)
    model = prior
    expected = exposed * _product(prior, log)
    for _round in range(ROUNDS):
        base = prior.base * _ratio(seen.sum(), expected.sum() * prior.base / model.base)
        expected *= base / model.base
        model = replace(model, base=float(base))
        for name in TABLES:
            cells, first, old = getattr(log, name), getattr(prior, name), getattr(model, name)
            observed = np.bincount(cells, seen, len(first))
            under_prior = np.bincount(cells, expected, len(first)) * first / old
            table = _in_shape(name, first * _ratio(observed, under_prior), under_prior + K_TABLE)
            expected *= (table / old)[cells]
            one: dict[str, Any] = {name: table}
            model = replace(model, **one)
    return replace(model, hazard=_hazard(prior, log, weight), delay=_delay(prior.delay, log))


def _ratio(observed: Any, expected: Any) -> Any:
    return np.clip((observed + K_TABLE) / (expected + K_TABLE), 1 / FURTHEST, FURTHEST)


def _in_shape(name: str, table: Floats, weight: Floats) -> Floats:
    """Return the nearest table of the shape that we promise: falling, rising, or any."""
    if name in FALLING:
        return -monotone(-table, weight)
    return monotone(table, weight) if name in RISING else table


def monotone(values: Floats, weights: Floats) -> Floats:
    """Return the nearest values that never fall (pool adjacent violators, weighted least squares)."""
    blocks: list[list[float]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value_b, weight_b, count_b = blocks.pop()
            value_a, weight_a, count_a = blocks.pop()
            total = weight_a + weight_b
            blocks.append([(value_a * weight_a + value_b * weight_b) / total, total, count_a + count_b])
    return np.repeat([block[0] for block in blocks], [int(block[2]) for block in blocks])


def _hazard(prior: Model, log: AlertLog, weight: Floats) -> Floats:
    """Return the chance of losing somebody per alert and band of recent alerts; it never falls with the band."""
    own = log.scale >= 1.0
    size = len(prior.hazard)
    alerts: Floats = np.bincount(log.alerts[own], weight[own], size).astype(np.float64)
    lost = np.bincount(log.alerts[own], (log.lost * weight)[own], size)
    return monotone((lost + prior.hazard * K_HAZARD) / (alerts + K_HAZARD), alerts + K_HAZARD)


def _delay(prior: Delay, log: AlertLog) -> Delay:
    """Return the log-normal of the answers' delays, drawn towards the prior by fifty answers' worth."""
    hours = np.log(np.maximum(log.delay[~np.isnan(log.delay)], 0.01))
    total = len(hours) + K_DELAY
    middle = (hours.sum() + K_DELAY * np.log(prior.median)) / total
    square = (((hours - middle) ** 2).sum() + K_DELAY * prior.spread**2) / total
    return Delay(median=float(np.exp(middle)), spread=float(max(0.2, np.sqrt(square))))


def own_factors(model: Model, log: AlertLog, now: float) -> dict[int, float]:
    """Return w of each helper in the log: the mean of a gamma posterior, (yes + k) / (expected + k) with k = 0.7.

    A helper who is not in it is a newcomer: 1.
    """
    weight = _weights(log, now)
    helpers, place = np.unique(log.helper, return_inverse=True)
    yes = np.bincount(place, log.yes * weight, len(helpers))
    expected = np.bincount(place, log.exposure * weight * _product(model, log), len(helpers))
    own = (yes + K_OWN) / (expected + K_OWN)
    return dict(zip(helpers.tolist(), own.tolist(), strict=True))


@dataclass(frozen=True)
class Calibration:
    """Predicted against seen, for one tenth of the alerts, from the lowest chances to the highest."""

    alerts: int
    predicted: float
    seen: float


def calibration(predicted: Floats, log: AlertLog, groups: int = 10) -> list[Calibration]:
    """Return the mean predicted chance (times exposure) and the share of yeses for equal groups."""
    order = np.argsort(predicted, kind="stable")
    parts = [part for part in np.array_split(order, groups) if len(part)]
    return [
        Calibration(len(part), float((predicted * log.exposure)[part].mean()), float(log.yes[part].mean()))
        for part in parts
    ]
