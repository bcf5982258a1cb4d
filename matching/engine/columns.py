"""Helpers and asks as the engine sees them: numbers in columns, no names, no database.

Places are kilometres east (x) and north (y) of any fixed point; moments are days on one axis (a float, wall clock);
"waking hours" are hours between eight and ten, counted by the caller, so that the engine knows no time zone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

KINDS = 16
# Upper edges of the bands of recent alerts; the last band is open.
ALERT_EDGES = np.array([0.25, 0.75, 1.5, 2.5, 4.0, 6.0])
ANY_TIME = -1
WHOLE_WEEK = (1 << 21) - 1
NO_AREA = -1
URGENT, DAYS, WEEK = 0, 1, 2
NEVER = -1e9


@dataclass(frozen=True)
class HelperColumns:
    """All helpers, one array per property, all of the same length; the caller fills and refreshes them in place."""

    id: Ints
    x: Floats
    y: Floats
    area: Ints  # NO_AREA when unknown
    kinds: Ints  # bit k = kind k of the sixteen
    distance: Floats  # kilometres they said
    times: Ints  # bit weekday * 3 + part of the day; the whole week or nothing = any time
    languages: Ints  # bits, as in Ask.spoken
    limits: Ints  # bits of what they do not do, as in Ask.needs
    adult: Flags
    active: Flags  # "ask me" is on: not paused, muted, restricted or gone
    budget: Ints  # alerts left in these 30 days
    recent: Floats  # level of recent alerts at `recent_at`: one per alert, halving (Settings.recovery_half_days)
    recent_at: Floats  # days
    last_help: Floats  # days; NEVER
    helps: Ints  # in 28 days
    factor: Floats  # w, the helper's own factor
    noshow: Floats  # chance of not coming after a yes
    worth: Floats  # rho, what the helper is worth per day, at `worth_at`
    worth_at: Floats  # days
    cell: Ints  # the caller's cell, kept for logs; the engine works with x and y

    def __len__(self) -> int:
        return len(self.id)

    def take(self, rows: Ints) -> "HelperColumns":
        """Return the columns of these rows only; each column is copied when it is first looked at."""
        return _SomeHelpers(self, rows)

    def level(self, now: float, half_days: float) -> Floats:
        """Return the level of recent alerts at this moment, which halves every `half_days`."""
        return decayed(self.recent, now - self.recent_at, half_days)


class _SomeHelpers(HelperColumns):
    """Some rows of all columns: a plan looks at half of the columns, and only at a few people in the others."""

    def __init__(self, all_of_them: HelperColumns, rows: Ints) -> None:
        self.__dict__.update(_all=all_of_them, _rows=rows)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        column = self.__dict__[name] = getattr(self.__dict__["_all"], name)[self.__dict__["_rows"]]
        return column

    def __len__(self) -> int:
        return len(self.__dict__["_rows"])

    def take(self, rows: Ints) -> HelperColumns:
        return _SomeHelpers(self.__dict__["_all"], self.__dict__["_rows"][rows])


def decayed(level: Floats, days: Floats, half_days: float) -> Floats:
    """Return a level after some days when it halves every `half_days`; time never runs backwards."""
    return np.asarray(level * np.exp2(-np.maximum(days, 0.0) / half_days))


_TYPES: dict[str, npt.DTypeLike] = {
    **dict.fromkeys(("id", "area", "kinds", "times", "languages", "limits", "budget", "helps", "cell"), np.int64),
    **dict.fromkeys(("adult", "active"), np.bool_),
}
_USUAL: dict[str, float] = {
    "area": NO_AREA,
    "kinds": (1 << KINDS) - 1,
    "distance": 3.0,
    "times": WHOLE_WEEK,
    "languages": 1,
    "limits": 0,
    "adult": 1,
    "active": 1,
    "budget": 3,
    "last_help": NEVER,
    "factor": 1.0,
    "noshow": 0.03,
}


def helper_columns(ids: Sequence[int] | Ints, **known: object) -> HelperColumns:
    """Return columns for these helpers; what is not given is a newcomer's (any kind, 3 km, any time, never asked).

    Raises ValueError when a column has another length and TypeError for a column that does not exist.
    """
    names = [one.name for one in fields(HelperColumns)]
    if unknown := set(known) - set(names):
        msg = f"no such columns: {', '.join(sorted(unknown))}"
        raise TypeError(msg)
    size = len(ids)
    columns = {}
    for name in names:
        kind = _TYPES.get(name, np.float64)
        given = ids if name == "id" else known.get(name, _USUAL.get(name, 0.0))
        column = np.array(given, dtype=kind)
        if column.ndim == 0:
            column = np.full(size, column, dtype=kind)
        if column.shape != (size,):
            msg = f"{name} has {column.shape} values for {size} helpers"
            raise ValueError(msg)
        columns[name] = column
    return HelperColumns(**columns)


def _nothing() -> Floats:
    return np.empty(0)


def _nobody() -> frozenset[int]:
    return frozenset()


@dataclass(frozen=True)
class Ask:
    """One open ask, at the moment of planning."""

    id: int
    x: float
    y: float
    kind: int  # 0..15
    author: int = -1
    area: int = NO_AREA
    own_area_only: bool = False
    adults_only: bool = False
    needs: int = 0  # bits: stairs, at the asker's home, ...; a helper's limits must not touch them
    time: int = ANY_TIME  # weekday * 3 + part of the day, or ANY_TIME
    spoken: int = 0  # bits of languages the asker speaks; 0 = any
    lead: int = DAYS
    places: int = 1  # still free
    waking_left: float = 24.0  # waking hours until the deadline
    waking_age: float = 0.0  # waking hours since it was asked
    quiet: bool = False
    also: int = 0  # bits of other kinds whose helpers may be asked, when the search was widened
    wider: float = 0.0  # kilometres beyond what helpers said, when the search was widened
    within: float = math.inf  # kilometres from the ask, while the search is still near
    asked: frozenset[int] = field(default_factory=_nobody)  # ids of helpers asked before
    blocked: frozenset[int] = field(default_factory=_nobody)  # ids that must never meet the author, either way
    out_chance: Floats = field(default_factory=_nothing)  # alerts not answered yet: the chance when sent
    out_age: Floats = field(default_factory=_nothing)  # and the waking hours since

    @property
    def kinds(self) -> int:
        """Return the bits of all kinds whose helpers may be asked."""
        return 1 << self.kind | self.also

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to look for: all places taken, or no time."""
        return self.places < 1 or self.waking_left <= 0


@dataclass(frozen=True)
class People:
    """Helpers who may be asked for one ask at one moment: their rows, columns, kilometres, and recent alerts."""

    rows: Ints
    helpers: HelperColumns
    km: Floats
    level: Floats
    now: float  # days

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, some: Ints) -> "People":
        """Return these positions only, in this order."""
        return People(self.rows[some], self.helpers.take(some), self.km[some], self.level[some], self.now)

    @cached_property
    def band(self) -> Ints:
        """Return the band of recent alerts of each."""
        return np.searchsorted(ALERT_EDGES, self.level, side="right")


@dataclass(frozen=True)
class OpenAsks:
    """The open asks that may travel along in a message (docs/matching.md, 6), in columns; built by `open_asks`."""

    id: Ints
    x: Floats
    y: Floats
    kind: Ints
    author: Ints
    area: Ints
    own_area_only: Flags
    adults_only: Flags
    needs: Ints
    time: Ints
    spoken: Ints
    lead: Ints
    waking_left: Floats
    quiet: Flags
    unmet: Floats  # pi, the value of one certain yes now
    untouched: Floats  # n, the chance that all alerts out for it fail
    apart: Sequence[frozenset[int] | set[int]]  # per ask: helpers asked before, or who must not meet the author

    def __len__(self) -> int:
        return len(self.id)

    def take(self, rows: Ints) -> "OpenAsks":
        """Return the columns of these rows only."""
        columns: dict[str, Any] = {name: column[rows] for name, column in self.__dict__.items() if name != "apart"}
        columns["apart"] = [self.apart[row] for row in rows.tolist()]
        return OpenAsks(**columns)


def open_asks(asks: Sequence[Ask], unmet: Sequence[float], untouched: Sequence[float]) -> OpenAsks:
    """Return the asks in columns, with pi and n of each as their last plan gave them."""
    whole = ("id", "kind", "author", "area", "needs", "time", "spoken", "lead")
    columns: dict[str, Any] = {name: np.array([getattr(ask, name) for ask in asks], dtype=np.int64) for name in whole}
    flags: dict[str, Any] = {
        n: np.array([getattr(a, n) for a in asks], dtype=np.bool_) for n in ("own_area_only", "adults_only", "quiet")
    }
    return OpenAsks(
        **columns,
        **flags,
        x=np.array([ask.x for ask in asks], dtype=np.float64),
        y=np.array([ask.y for ask in asks], dtype=np.float64),
        waking_left=np.array([ask.waking_left for ask in asks], dtype=np.float64),
        unmet=np.array(unmet, dtype=np.float64),
        untouched=np.array(untouched, dtype=np.float64),
        apart=[ask.asked | ask.blocked for ask in asks],
    )
