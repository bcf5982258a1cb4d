"""How many now, how many later: a dynamic program over waves left and alerts still out (docs/matching.md, 5).

State: waves left, how many of the ranked were asked, and the chance that alerts already out will bring a yes (on a
small grid). A wave of k pays the prices of k people; in its waiting time a share g of the answers comes. Backwards
in time, as Bellman taught.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Floats, Ints
from matching.engine.settings import Settings

# The chance that what is out brings a yes, as the program sees it.
OUT = np.array([0.0, 0.15, 0.4, 0.8])


@dataclass(frozen=True)
class Program:
    """What the program says: how many to ask now, and what the search is worth before and after."""

    size: int
    worth: float  # of the search from here on, with what is out
    worth_without: float  # the same when nothing were out and this wave had failed: what is left to hope for


def waiting_time(waking_left: float, settings: Settings) -> float:
    """Return the waking hours a wave waits: a twelfth of what is left, half an hour to four."""
    return min(settings.longest_wait, max(settings.shortest_wait, waking_left / settings.most_waves))


def waves_left(waking_left: float, settings: Settings) -> int:
    """Return how many waves still fit before the deadline; at least this one."""
    return max(1, min(settings.most_waves, int(waking_left / waiting_time(waking_left, settings))))


def _left_of(out: Floats, share: float) -> Floats:
    """Return the chance that still comes, when a share of the answers came and none was a yes (Bayes)."""
    return np.asarray(out * (1.0 - share) / np.maximum(1e-9, 1.0 - share * out))


def plan_program(
    chance: Floats, price: Floats, value: float, *, waves: int, share: float, out: float, settings: Settings
) -> Program:
    """Return the best size of the wave now, for people in order of their index.

    `share` is G(waiting time); `out` the chance that alerts already out bring a yes. A size of nothing says: wait.
    """
    people = len(chance)
    if people == 0:
        return Program(0, value * out, 0.0)
    steps = _steps(chance, price, value, share=share, out=min(out, 0.999), settings=settings)
    worth = np.broadcast_to(steps.grid * share * value, (people + 1, len(steps.grid)))
    before = worth
    for _wave in range(waves):
        before = worth
        total = steps.values(worth)
        worth = total.max(axis=0)
    return Program(int(total[:, 0, -1].argmax()), float(worth[0, -1]), float(before[total[:, 0, -1].argmax(), 0]))


@dataclass(frozen=True)
class _Steps:
    """Everything about one wave that does not depend on how many follow: axes are size, asked before, chance out."""

    grid: Floats
    gain: Floats
    at: Ints
    weight_low: Floats
    weight_high: Floats

    def values(self, worth: Floats) -> Floats:
        """Return what each size is worth, when the next state is worth this."""
        flat = worth.ravel()
        total = flat[self.at]
        total *= self.weight_low
        higher = flat[self.at + 1]
        higher *= self.weight_high
        total += higher
        total += self.gain
        return np.asarray(total)


def _steps(chance: Floats, price: Floats, value: float, *, share: float, out: float, settings: Settings) -> _Steps:
    people = len(chance)
    sizes = np.arange(min(settings.largest_wave, people) + 1)
    upto = np.minimum(np.arange(people + 1) + sizes[:, None], people)
    log_fail = np.concatenate(([0.0], np.cumsum(np.log1p(-np.minimum(chance, 0.999)))))
    paid = np.concatenate(([0.0], np.cumsum(price)))
    # The grid, with the true chance of now as one more column, so that the first step is exact.
    grid = np.append(OUT, out)
    now_out = 1.0 - np.exp(log_fail[upto] - log_fail)[:, :, None] * (1.0 - grid)
    yes = share * now_out
    left = _left_of(now_out, share)
    low = np.minimum(np.searchsorted(OUT, left, side="right") - 1, len(OUT) - 2)
    part = np.minimum((left - OUT[low]) / (OUT[low + 1] - OUT[low]), 1.0)
    go_on = (1.0 - yes) * (1.0 - settings.haste)
    return _Steps(
        grid,
        gain=yes * value - (paid[upto] - paid)[:, :, None],
        at=upto[:, :, None] * len(grid) + low,
        weight_low=go_on * (1.0 - part),
        weight_high=go_on * part,
    )
