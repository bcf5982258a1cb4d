"""Who may be asked: the one rule of `matching/fit.py`, over columns (product.md, "eligible"; docs/matching.md, 1)."""

import math

import numpy as np

from matching.engine.columns import ANY_TIME, Ask, Flags, Floats, HelperColumns, Ints, OpenAsks, People
from matching.engine.model import said_nothing


def km_to(ask: Ask, helpers: HelperColumns) -> Floats:
    """Return the kilometres from the ask to each helper, as the crow flies."""
    return np.hypot(helpers.x - ask.x, helpers.y - ask.y)


def fitting(ask: Ask, helpers: HelperColumns, km: Floats | None = None, *, ever: bool = False) -> Flags:
    """Say of each helper whether this ask may be put to them, but for whom was asked before (see `fitting_people`).

    `ever` leaves out what passes: a pause, and the budget of the month.
    """
    if km is None:
        km = km_to(ask, helpers)
    fit = (helpers.kinds & ask.kinds) != 0
    if not ever:
        fit &= helpers.active & (helpers.budget > 0)
    fit &= (km <= np.minimum(helpers.distance + ask.wider, ask.within)) & (helpers.id != ask.author)
    if ask.adults_only:
        fit &= helpers.adult
    if ask.own_area_only:
        fit &= helpers.area == ask.area
    if ask.needs:
        fit &= (helpers.limits & ask.needs) == 0
    if ask.spoken:
        fit &= (helpers.languages & ask.spoken) != 0
    if ask.time != ANY_TIME:
        fit &= said_nothing(helpers.times) | ((helpers.times >> ask.time) & 1).astype(np.bool_)
    return np.asarray(fit)


def fitting_people(
    ask: Ask, helpers: HelperColumns, *, now: float, half_days: float, near: Ints | None = None
) -> People:
    """Return the people who may be asked now.

    `near` are rows chosen by place (`PlaceIndex.near`); without it everybody is looked at. Nobody is asked twice for
    one ask, and who is blocked never meets the author.
    """
    rows = np.arange(len(helpers)) if near is None else near
    rows = rows[helpers.active[rows] & (helpers.budget[rows] > 0) & ((helpers.kinds[rows] & ask.kinds) != 0)]
    if apart := ask.asked | ask.blocked:
        ids = helpers.id[rows]
        known = np.fromiter(apart, np.int64, len(apart))
        # For a few people and few names a table of all pairs is quicker than sorting them.
        met = (ids[:, None] == known).any(axis=1) if len(ids) * len(known) < 20_000 else np.isin(ids, known)
        rows = rows[~met]
    some = helpers.take(rows)
    km = km_to(ask, some)
    people = People(rows, some, km, some.level(now, half_days), now)
    fit = fitting(ask, some, km)
    return people if fit.all() else people.take(np.flatnonzero(fit))


def fitting_pairs(asks: OpenAsks, helpers: HelperColumns) -> tuple[Flags, Floats]:
    """Say of each helper (row) and open ask (column) whether it may travel in a message to them; and the kilometres.

    Quiet asks never travel, and no ask travels to whom it was put before. The budget is that of the message.
    """
    h = {name: getattr(helpers, name)[:, None] for name in ("x", "y", "kinds", "distance", "id", "adult", "area")}
    km = np.hypot(h["x"] - asks.x, h["y"] - asks.y)
    fit = ((h["kinds"] >> asks.kind) & 1).astype(np.bool_) & (km <= h["distance"]) & ~asks.quiet
    fit &= (asks.waking_left > 0) & (h["id"] != asks.author)
    fit &= ~asks.adults_only | h["adult"]
    fit &= ~asks.own_area_only | (h["area"] == asks.area)
    fit &= (helpers.limits[:, None] & asks.needs) == 0
    fit &= (asks.spoken == 0) | ((helpers.languages[:, None] & asks.spoken) != 0)
    times = helpers.times[:, None]
    fit &= (asks.time == ANY_TIME) | said_nothing(times) | ((times >> np.maximum(asks.time, 0)) & 1).astype(np.bool_)
    ids = helpers.id.tolist()
    for row, column in zip(*(one.tolist() for one in np.nonzero(fit)), strict=True):
        if ids[row] in asks.apart[column]:
            fit[row, column] = False
    return fit, km


class PlaceIndex:
    """Rows by squares of one kilometre, so that a plan costs what the neighbourhood costs, not the country."""

    def __init__(self, x: Floats, y: Floats, *, side: float = 1.0) -> None:
        """Sort the rows once; build a new index when somebody moved."""
        self.side = side
        self.west = math.floor(float(x.min()) / side) if len(x) else 0
        self.south = math.floor(float(y.min()) / side) if len(y) else 0
        column = np.floor(x / side).astype(np.int64) - self.west
        line = np.floor(y / side).astype(np.int64) - self.south
        self.columns = int(column.max()) + 1 if len(x) else 0
        self.lines = int(line.max()) + 1 if len(y) else 0
        square = line * self.columns + column
        self.order = np.argsort(square, kind="stable")
        self.starts = np.searchsorted(square[self.order], np.arange(self.columns * self.lines + 1))

    def near(self, x: float, y: float, km: float) -> Ints:
        """Return all rows at most `km` away, and some a little further, in no order."""
        first = max(0, math.floor((x - km) / self.side) - self.west)
        last = min(self.columns - 1, math.floor((x + km) / self.side) - self.west)
        low = max(0, math.floor((y - km) / self.side) - self.south)
        high = min(self.lines - 1, math.floor((y + km) / self.side) - self.south)
        if first > last or low > high:
            return np.empty(0, dtype=np.int64)
        pieces = [
            self.order[self.starts[line * self.columns + first] : self.starts[line * self.columns + last + 1]]
            for line in range(low, high + 1)
        ]
        return np.concatenate(pieces)
