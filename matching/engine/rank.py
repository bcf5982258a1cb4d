"""In which order: cost per expected yes, the index of Weitzman's boxes (docs/matching.md, 4)."""

import math

import numpy as np

from matching.engine.columns import URGENT, Ask, Floats, Ints
from matching.engine.settings import Settings


def value_of(ask: Ask, settings: Settings) -> float:
    """Return what it is worth that this ask gets its help."""
    return settings.value_urgent if ask.lead == URGENT else settings.value


def completion(expected: float, places: int) -> float:
    """Return P(at least `places` say yes) / P(at least one), the yeses being Poisson (docs/matching.md, 4).

    An ask for three people that can find only one is not chased.
    """
    if places <= 1:
        return 1.0
    if expected <= 0:
        return 0.0
    term = math.exp(-expected)
    some = 1.0 - term
    below = term
    for count in range(1, places):
        term *= expected / count
        below += term
    return min(1.0, max(0.0, 1.0 - below) / some) if some > 0 else 0.0


def value_of_one_yes(ask: Ask, settings: Settings, chance: Floats, price: Floats) -> float:
    """Return what one yes is worth now: the value of the ask, scaled when several people are needed."""
    value = value_of(ask, settings)
    if ask.places <= 1:
        return value
    worth_asking = chance[price < value * chance]
    return value * completion(float(worth_asking.sum()), ask.places)


def in_order(index: Floats, level: Floats, settings: Settings, rng: np.random.Generator, most: int) -> Ints:
    """Return up to `most` positions, the smallest index first.

    Among equals (indices within a few per cent) who was alerted least lately goes first, then the lot decides.
    """
    few = 2 * most
    near = np.argpartition(index, few)[:few] if len(index) > 2 * few else np.arange(len(index))
    step = np.round(np.log(np.maximum(index[near], 1e-12)) / math.log(settings.equal_ratio))
    order = np.lexsort((rng.random(len(near)), np.round(level[near], 1), step))
    return np.asarray(near[order[:most]])
