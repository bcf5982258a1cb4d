"""What is counted of one run, and of many: means with intervals, and differences on the same seeds."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from matching.engine.columns import DAYS, URGENT, WEEK, Flags, Floats
from matching.simulation.market import Market
from matching.simulation.platform import AskState
from matching.simulation.world import CAME

# Two-sided 95 % points of Student's t by degrees of freedom; beyond thirty the normal.
_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """One run in figures; percentages of the asks after the warm-up, None where nothing could be counted."""

    asks: int
    filled: float
    first_yes: float
    urgent: float | None
    days: float | None
    week: float | None
    alerts_per_fill: float | None
    shown_per_fill: float | None
    gini: float | None
    lost: float  # helpers who left, per 1,000 asks
    muted: float  # helpers who switched off for a while, per 1,000 asks
    too_late: float  # told too late, per 1,000 asks
    rural: float | None
    worst_kind: float | None
    hours_to_yes: float | None  # median, by the clock on the wall
    alerts_per_helper: float  # a month

    def as_dict(self) -> dict[str, float | None]:
        """Return the figures by name."""
        return asdict(self)


def is_filled(state: AskState) -> bool:
    """Say whether everybody who was needed came."""
    return state.left == 0 and all(kind == CAME for _row, kind in state.engaged)


def gini(counts: Floats) -> float | None:
    """Return how unevenly something is spread: nothing = all the same, one = all on one person."""
    total = float(counts.sum())
    if total <= 0:
        return None
    ranks = np.arange(1, len(counts) + 1)
    return float(((2 * ranks - len(counts) - 1) @ np.sort(counts)) / (len(counts) * total))


def figures_of(market: Market, warm_days: int) -> Figures:
    """Count one finished run; asks of the warm-up are left out, losses and lateness are of the whole time."""
    states = [state for state in market.states if state.arrival.at >= warm_days * 24]
    filled = np.array([is_filled(state) for state in states], dtype=bool)
    fills = int(filled.sum())
    waits = [state.first_yes - state.arrival.at for state in states if state.first_yes is not None]
    leads = np.array([state.arrival.ask.lead for state in states])
    kinds = np.array([state.arrival.ask.kind for state in states])
    thousands = max(1, len(market.states)) / 1000
    helpers = max(1, len(market.platform.helpers))
    months = max([state.arrival.at for state in market.states], default=0.0) / 24 / 30 or 1.0
    per_kind = [_share(filled, kinds == kind) for kind in np.unique(kinds)]
    return Figures(
        asks=len(states),
        filled=_share(filled, np.ones(len(states), dtype=bool)) or 0.0,
        first_yes=100 * len(waits) / max(1, len(states)),
        urgent=_share(filled, leads == URGENT),
        days=_share(filled, leads == DAYS),
        week=_share(filled, leads == WEEK),
        alerts_per_fill=sum(state.alerts for state in states) / fills if fills else None,
        shown_per_fill=sum(state.shown for state in states) / fills if fills else None,
        gini=gini(market.helps.astype(np.float64)),
        lost=market.tally.left / thousands,
        muted=market.tally.muted / thousands,
        too_late=market.tally.too_late / thousands,
        rural=_share(filled, np.array([state.arrival.rural for state in states], dtype=bool)),
        worst_kind=min((share for share in per_kind if share is not None), default=None),
        hours_to_yes=float(np.median(waits)) if waits else None,
        alerts_per_helper=market.tally.alerts / helpers / months,
    )


def _share(filled: Flags, which: Flags) -> float | None:
    some = filled[which]
    return 100 * float(some.mean()) if len(some) else None


@dataclass(frozen=True)
class Mean:
    """A mean over seeds with half its 95 % interval (Student's t); no interval for one seed."""

    mean: float
    half: float | None

    def __str__(self) -> str:
        digits = 1 if abs(self.mean) < 1000 else 0
        if abs(self.mean) < 1:
            digits = 2
        return f"{self.mean:.{digits}f}" + (f" ± {self.half:.{digits}f}" if self.half is not None else "")


def mean_of(values: Sequence[float | None]) -> Mean | None:
    """Return the mean of what was counted, or None when nothing was."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    mean = float(np.mean(known))
    if len(known) < 2:
        return Mean(mean, None)
    t = _T95[len(known) - 2] if len(known) - 2 < len(_T95) else 1.96
    return Mean(mean, t * float(np.std(known, ddof=1)) / math.sqrt(len(known)))


def paired(these: dict[int, float | None], those: dict[int, float | None]) -> Mean | None:
    """Return the mean difference on the seeds that both have."""
    pairs = [(these[seed], those[seed]) for seed in sorted(set(these) & set(those))]
    return mean_of([one - other if one is not None and other is not None else None for one, other in pairs])
