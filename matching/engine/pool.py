"""Pooled messages: a message about one ask carries up to four others that fit the helper (docs/matching.md, 6)."""

from dataclasses import dataclass, replace

import numpy as np

from matching.engine.chance import Chances
from matching.engine.columns import Ask, Floats, HelperColumns, Ints, OpenAsks, People
from matching.engine.fits import fitting_pairs
from matching.engine.model import Model, availability_class, distance_band
from matching.engine.settings import Settings

MOST_CHANCE = 0.8
LEAST_UNMET = 1e-3


@dataclass(frozen=True)
class Extra:
    """One other ask in a message: which, and the chance that it is this one that gets a yes and is kept.

    The rest are the cells of its tables, as far as they differ from those of the ask the message is about.
    """

    ask_id: int
    chance: float
    kind: int
    lead: int
    distance: int
    availability: int


@dataclass
class Pool:
    """The open asks that may travel with a wave; `unmet` shrinks as messages carry them."""

    asks: OpenAsks
    chance: Floats  # P per ranked helper (row) and open ask (column); nothing where it does not fit
    unmet: Floats  # pi x n per open ask
    km: Floats  # as chance
    times: Ints  # of the ranked helpers

    def take(self, helpers: Ints) -> "Pool":
        """Return the pool of these ranked helpers only, in this order."""
        return replace(self, chance=self.chance[helpers], km=self.km[helpers], times=self.times[helpers])

    def credit(self, own: Floats, most: int) -> Floats:
        """Return g per helper: what the best extras are worth, each read only when those before got no yes.

        g = sum of s_r v_r over the best, s_1 = 1 - p, s_(r+1) = s_r (1 - P_r).
        """
        worth = self.chance * self.unmet
        most = min(most, worth.shape[1])
        columns = np.argsort(-worth, axis=1)[:, :most]
        lines = np.arange(len(own))[:, None]
        chance = self.chance[lines, columns]
        # The share of attention left for each extra: all before it were passed.
        passed = np.cumprod(np.column_stack((1.0 - own, 1.0 - chance[:, :-1])), axis=1)
        return np.asarray((passed * worth[lines, columns]).sum(axis=1))

    def take_best(self, helper: int, most: int) -> tuple[Extra, ...]:
        """Return the best extras for one helper, best first, and lower what is still unmet of each by its chance."""
        worth = self.chance[helper] * self.unmet
        best = [int(column) for column in np.argsort(-worth)[:most] if worth[column] > 0]
        if not best:
            return ()
        some, chance = self.asks, self.chance[helper, best]
        bands = distance_band(self.km[helper, best]), availability_class(self.times[helper], some.time[best])
        columns = (some.id[best], chance, some.kind[best], some.lead[best], *bands)
        self.unmet[best] *= 1.0 - chance
        return tuple(Extra(*column) for column in zip(*(one.tolist() for one in columns), strict=True))


def pool_for(
    ask: Ask, asks: OpenAsks, people: People, *, chances: Chances, model: Model, settings: Settings
) -> Pool | None:
    """Return what may travel with a message about `ask` to these ranked helpers, or None when nothing may.

    P = min(.8, chance x attention x kept x (1 - noshow) x G(time left)). Only asks within reach are looked at, and
    at most `most_open_asks` of those, the most unmet first, or the cost would grow with asks times people.
    """
    near = _within_reach(ask, asks, people.helpers, settings)
    if len(near) == 0:
        return None
    some = asks.take(near)
    fit, km = fitting_pairs(some, people.helpers)
    used = np.flatnonzero(fit.any(axis=0))
    if len(used) == 0:
        return None
    some, fit, km = some.take(used), fit[:, used], km[:, used]
    chance = chances.pairs(some, people, km) * (settings.attention * settings.kept)
    chance *= (1.0 - people.helpers.noshow)[:, None] * model.delay.share(some.waking_left)
    return Pool(
        some, np.where(fit, np.minimum(MOST_CHANCE, chance), 0.0), some.unmet * some.untouched, km, people.helpers.times
    )


def _within_reach(ask: Ask, asks: OpenAsks, helpers: HelperColumns, settings: Settings) -> Ints:
    """Return the open asks that may lie within somebody's distance, at most so many, the most unmet first."""
    reach = float(helpers.distance.max())
    unmet = asks.unmet * asks.untouched
    may = (asks.id != ask.id) & ~asks.quiet & (unmet > LEAST_UNMET) & (asks.waking_left > 0)
    may &= (asks.x >= helpers.x.min() - reach) & (asks.x <= helpers.x.max() + reach)
    may &= (asks.y >= helpers.y.min() - reach) & (asks.y <= helpers.y.max() + reach)
    near = np.flatnonzero(may)
    if len(near) > settings.most_open_asks:
        near = near[np.argpartition(-unmet[near], settings.most_open_asks)[: settings.most_open_asks]]
    return near
