"""Luck that depends on who and what, not on the order of events: the same for every policy (common random numbers)."""

from statistics import NormalDist

import numpy as np

from matching.engine.columns import Floats, Ints

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_NORMAL = NormalDist()


def _mix(value: int) -> int:
    """Return splitmix64 of a number (Steele, Lea and Flood, 2014)."""
    value = (value + _GOLDEN) & _MASK
    value = ((value ^ (value >> 30)) * _FIRST) & _MASK
    value = ((value ^ (value >> 27)) * _SECOND) & _MASK
    return value ^ (value >> 31)


class Luck:
    """Uniform numbers between nothing and one, keyed by a purpose, a helper and an ask."""

    def __init__(self, seed: int) -> None:
        self.seed = _mix(seed & _MASK)

    def uniform(self, purpose: int, helper: int, ask: int) -> float:
        """Return the number of this key; always the same."""
        mixed = _mix(_mix(self.seed ^ _mix(purpose * 0x1000003 + helper)) ^ ask)
        return (mixed >> 11) / float(1 << 53)

    def normal(self, purpose: int, helper: int, ask: int) -> float:
        """Return a standard normal number of this key."""
        return _NORMAL.inv_cdf(min(1 - 1e-12, max(1e-12, self.uniform(purpose, helper, ask))))

    def uniforms(self, purpose: int, helpers: Ints, ask: int) -> Floats:
        """Return the numbers of many helpers for one ask: the same as one by one."""
        with np.errstate(over="ignore"):
            inner = _mix_all(np.uint64(purpose * 0x1000003) + helpers.astype(np.uint64))
            mixed = _mix_all(_mix_all(np.uint64(self.seed) ^ inner) ^ np.uint64(ask))
        return np.asarray((mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53))


def _mix_all(
    value: np.ndarray[tuple[int, ...], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    value = value + np.uint64(_GOLDEN)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(_FIRST)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(_SECOND)
    return value ^ (value >> np.uint64(31))
