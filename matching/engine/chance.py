"""The chance that a helper says yes: a product of rate ratios (docs/matching.md, 2)."""

from typing import Protocol

import numpy as np

from matching.engine.columns import ANY_TIME, Ask, Floats, Ints, OpenAsks, People
from matching.engine.model import ANY, Model, availability_class, distance_band, rest_band

# No chance is ever nothing or certain: both would stop learning.
LEAST, MOST = 1e-4, 0.9


class Chances(Protocol):
    """Where chances come from: learned tables (`Learned`), or, in a simulation, somebody who knows the truth."""

    def alone(self, ask: Ask, people: People) -> Floats:
        """Return the chance of each helper for this ask, now."""

    def fresh(self, ask: Ask, people: People) -> Floats:
        """Return the same for helpers who were not alerted lately and are rested: what they could be worth."""

    def pairs(self, asks: OpenAsks, people: People, km: Floats) -> Floats:
        """Return the chance of each helper (row) for each open ask (column), now."""


class Learned:
    """Chances from the tables of a model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def fresh(self, ask: Ask, people: People) -> Floats:
        """Return base x F_kind x F_distance x F_availability x F_lead x w."""
        m = self.model
        of_ask = m.base * m.kind[ask.kind] * m.lead[ask.lead]
        chance = of_ask * m.distance[distance_band(people.km)] * people.helpers.factor
        if ask.time == ANY_TIME:
            chance *= m.availability[ANY]
        else:
            chance *= m.availability[availability_class(people.helpers.times, ask.time)]
        return _within(chance)

    def alone(self, ask: Ask, people: People) -> Floats:
        """Return the fresh chance x F_alerts x F_rest."""
        chance = self.fresh(ask, people) * tired(self.model, people)
        return _within(chance)

    def pairs(self, asks: OpenAsks, people: People, km: Floats) -> Floats:
        """Return the same for every pair; one pass over a small matrix."""
        m = self.model
        of_helper = people.helpers.factor * tired(m, people)
        of_ask = m.base * m.kind[asks.kind] * m.lead[asks.lead]
        chance = of_helper[:, None] * of_ask * m.distance[distance_band(km)]
        chance *= m.availability[availability_class(people.helpers.times[:, None], asks.time)]
        return _within(chance)

    def between(self, *, kind: Ints, lead: Ints, km: Floats, time: Ints, times: int) -> Floats:
        """Return base x F_kind x F_distance x F_availability x F_lead of many asks for one helper's weekly times."""
        m = self.model
        chance = m.base * m.kind[kind] * m.lead[lead] * m.distance[distance_band(km)]
        return _within(chance * m.availability[availability_class(np.array(times), time)])


def _within(chance: Floats) -> Floats:
    return np.asarray(np.minimum(np.maximum(chance, LEAST), MOST))


def tired(model: Model, people: People) -> Floats:
    """Return F_alerts x F_rest of each helper: lower after recent alerts and just after a help."""
    rested = model.rest[rest_band(people.now - people.helpers.last_help)]
    return np.asarray(model.alerts[people.band] * rested)


def still_out(chance: Floats, age: Floats, model: Model) -> Floats:
    """Return the chance that alerts not answered after `age` waking hours still bring a yes.

    Bayes: p (1 - G) / (1 - p G), with G the share of answers that would have come by now (docs/matching.md, 2).
    """
    if len(chance) == 0:
        return chance
    share = model.delay.share(age)
    return np.asarray(chance * (1 - share) / (1 - chance * share))
