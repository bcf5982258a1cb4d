"""What the platform knows while time runs: open asks, who was asked, who answered, the log it learns from."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from matching.engine import (
    PRIORS,
    AlertLog,
    Ask,
    Cells,
    HelperColumns,
    Model,
    OpenAsks,
    PlaceIndex,
    fitting,
    open_asks,
    own_factors,
    refit,
    still_out,
)
from matching.engine.columns import Floats, Ints
from matching.simulation import hours
from matching.simulation.world import Arrival

BUDGET_DAYS, HELPS_DAYS = 30.0, 28.0
K_NO_SHOW, NO_SHOW = 8.0, 0.05
_CHANGING = ("waking_left", "unmet", "untouched", "apart")


@dataclass(slots=True)
class Message:
    """One alert to one helper: the asks it shows, the first one large."""

    row: int
    shown: tuple["AskState", ...]
    log: tuple[int, ...]
    sent_waking: float
    sent_at: float
    withdrawn: bool = False
    answered: bool = False


@dataclass(slots=True)
class AskState:
    """One ask on the platform."""

    number: int
    arrival: Arrival
    left: int
    near: Ints
    deadline_waking: float
    near_set: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)  # ids of helpers
    outs: dict[int, tuple[float, float]] = field(default_factory=dict)  # log row -> chance, waking hour sent
    messages: list[Message] = field(default_factory=list)
    engaged: list[tuple[int, str]] = field(default_factory=list)
    waiting: int = 0  # messages of its own that were not answered
    version: int = 0
    planned: bool = False
    closed: bool = False
    unmet: float = 0.5
    first_yes: float | None = None
    alerts: int = 0
    shown: int = 0

    def fits(self, row: int) -> bool:
        """Say whether this ask fits a helper by kind, place and what they said."""
        return row in self.near_set

    @property
    def is_open(self) -> bool:
        """Say whether help is still looked for."""
        return not self.closed and self.left > 0


class Log:
    """The log of alerts as growing columns."""

    WHOLE = ("helper", "kind", "distance", "availability", "lead", "alerts", "rest")
    PARTS = ("at", "scale", "yes", "lost", "delay", "waking", "closed", "weight")

    def __init__(self) -> None:
        self.size = 0
        self.whole = np.zeros((1024, len(self.WHOLE)), dtype=np.int64)
        self.parts = np.zeros((1024, len(self.PARTS)))

    def add(self, row: int, cells: Cells, at: float, scale: float, waking: float) -> int:
        """Write one alert down and return its place."""
        place = self.size
        if place == len(self.whole):
            self.whole = np.concatenate((self.whole, np.zeros_like(self.whole)))
            self.parts = np.concatenate((self.parts, np.zeros_like(self.parts)))
        c = cells
        self.whole[place] = (row, c.kind, c.distance, c.availability, c.lead, c.alerts, c.rest)
        self.parts[place] = (at, scale, 0.0, 0.0, np.nan, waking, np.nan, 1.0)
        self.size += 1
        return place

    def answered(self, place: int, *, yes: bool, delay: float) -> None:
        """Write down an answer."""
        self.parts[place, 2] = float(yes)
        self.parts[place, 4] = delay

    def close(self, place: int, waking: float) -> None:
        """Write down that no answer could come after this hour: it was withdrawn."""
        self.parts[place, 6] = waking

    def unread(self, place: int) -> None:
        """Write down that this ask was not looked at, for one before it in the message got the yes."""
        self.parts[place, 7] = 0.0

    def lost(self, place: int) -> None:
        """Write down that the helper switched off after this alert."""
        self.parts[place, 3] = 1.0

    def columns(self, waking: float, model: Model) -> AlertLog:
        """Return the log as the learner reads it, at this waking hour."""
        whole = dict(zip(self.WHOLE, self.whole[: self.size].T, strict=True))
        parts = dict(zip(self.PARTS, self.parts[: self.size].T, strict=True))
        until = np.where(np.isnan(parts["closed"]), waking, parts["closed"])
        silent = model.delay.share(np.maximum(until - parts["waking"], 0.0))
        exposure = np.where(np.isnan(parts["delay"]), silent, 1.0) * parts["weight"]
        kept = {name: parts[name] for name in ("at", "scale", "yes", "lost", "delay")}
        return AlertLog(**whole, **kept, exposure=exposure)


class Platform:
    """Everything a policy may look at."""

    def __init__(self, helpers: HelperColumns, arrivals: Sequence[Arrival] = (), prior: Model = PRIORS) -> None:
        """Start with these helpers; what never changes of each ask is put into columns once."""
        self.helpers, self.prior, self.model = helpers, prior, prior
        self.ids: list[int] = helpers.id.tolist()
        self.row_of = {one: row for row, one in enumerate(self.ids)}
        self.index = PlaceIndex(helpers.x, helpers.y)
        self.reach = float(helpers.distance.max()) if len(helpers) else 0.0
        self.log = Log()
        self.open: dict[int, AskState] = {}
        asks = [replace(arrival.ask, id=number) for number, arrival in enumerate(arrivals)]
        self._fixed = open_asks(asks, [0.0] * len(asks), [1.0] * len(asks))
        self._budget_back: deque[tuple[float, int]] = deque()
        self._helps_back: deque[tuple[float, int]] = deque()
        self._no_shows = np.zeros((len(helpers), 2))

    def take_in(self, number: int, arrival: Arrival) -> AskState:
        """Open an ask: whom it fits by kind, place and what they said, no longer changes."""
        ask = arrival.ask
        rows = self.index.near(ask.x, ask.y, self.reach)
        near = rows[fitting(ask, self.helpers.take(rows), ever=True)]
        state = AskState(number, arrival, ask.places, near, hours.waking(arrival.deadline), set(near.tolist()))
        # Who must not meet the author is as if asked before: nothing of this ask reaches them.
        state.asked |= ask.asked | ask.blocked
        self.open[number] = state
        return state

    def ask_now(self, state: AskState, at: float) -> Ask:
        """Return the ask as it stands."""
        waking = hours.waking(at)
        chance, sent = zip(*state.outs.values(), strict=True) if state.outs else ((), ())
        return replace(
            state.arrival.ask,
            id=state.number,
            places=0 if state.closed else state.left,
            waking_left=state.deadline_waking - waking,
            waking_age=waking - hours.waking(state.arrival.at),
            asked=frozenset(state.asked),
            out_chance=np.array(chance),
            out_age=waking - np.array(sent),
        )

    def open_now(self, at: float) -> OpenAsks:
        """Return all open asks that may travel along, as they stand."""
        states = [state for state in self.open.values() if state.left > 0]
        waking = hours.waking(at)
        rows = np.array([state.number for state in states], dtype=np.int64)
        columns = {name: column[rows] for name, column in self._fixed.__dict__.items() if name not in _CHANGING}
        return OpenAsks(
            **columns,
            waking_left=np.array([state.deadline_waking for state in states]) - waking,
            unmet=np.array([state.unmet for state in states]),
            untouched=self._untouched(states, waking),
            apart=[state.asked for state in states],
        )

    def _untouched(self, states: list[AskState], waking: float) -> Floats:
        """Return for each ask the chance that all alerts out for it fail."""
        owners = np.repeat(np.arange(len(states)), [len(state.outs) for state in states])
        if not len(owners):
            return np.ones(len(states))
        numbers = chain.from_iterable(chain.from_iterable(state.outs.values() for state in states))
        outs = np.fromiter(numbers, np.float64, 2 * len(owners))
        left = still_out(outs[::2], waking - outs[1::2], self.model)
        return np.asarray(np.exp(np.bincount(owners, np.log1p(-np.minimum(left, 0.999)), len(states))))

    def set_worth(self, rows: Ints, worth: Floats, at: float) -> None:
        """Write down what helpers are worth after a new ask."""
        self.helpers.worth[rows] = worth
        self.helpers.worth_at[rows] = at / 24

    def alerted(self, row: int, at: float) -> None:
        """Remember to give one alert back to the budget after thirty days."""
        self._budget_back.append((at + BUDGET_DAYS * 24, row))

    def helped(self, row: int, at: float) -> None:
        """Count a help."""
        self.helpers.last_help[row] = at / 24
        self.helpers.helps[row] += 1
        self._helps_back.append((at + HELPS_DAYS * 24, row))

    def came(self, row: int, *, yes: bool) -> None:
        """Count whether a helper came; the chance of not coming is drawn to the usual."""
        seen = self._no_shows[row]
        seen += (0.0 if yes else 1.0, 1.0)
        self.helpers.noshow[row] = (seen[0] + K_NO_SHOW * NO_SHOW) / (seen[1] + K_NO_SHOW)

    def night(self, at: float) -> None:
        """Give budgets back and learn from all answers."""
        for queue, column in ((self._budget_back, self.helpers.budget), (self._helps_back, self.helpers.helps)):
            while queue and queue[0][0] <= at:
                column[queue.popleft()[1]] += 1 if column is self.helpers.budget else -1
        log = self.log.columns(hours.waking(at), self.model)
        if len(log):
            self.model = refit(self.prior, log, at / 24, self.helpers.factor[log.helper])
            for row, factor in own_factors(self.model, log, at / 24).items():
                self.helpers.factor[row] = factor
