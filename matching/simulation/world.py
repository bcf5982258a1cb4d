"""What a world is: who asks, who could help, how people really answer. Write your own: `--world module:Class`.

A world is made as `Class(seed, scenario)`. The market asks it for everything and tells the policy only what a platform
sees. Times are hours since a Monday at midnight (`hours.py`); helpers are rows of `helpers()`, asks are numbers: their
places in `arrivals()`. Everything a world draws should depend on its seed, the helper and the ask only (`luck.py`), so
that all policies meet the same luck. `neighbourhood.py` is the world that the product ships.
"""

import importlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from matching.engine.columns import Ask, Floats, HelperColumns, Ints
from matching.simulation.scenario import Scenario, ScenarioError

CAME, CANCELLED, NO_SHOW = "came", "cancelled", "no_show"


@dataclass(frozen=True)
class Arrival:
    """One ask as it comes in; `ask` as the platform sees it, with `waking_left` at its start."""

    at: float
    deadline: float
    ask: Ask
    rural: bool = False


@dataclass(frozen=True)
class Answer:
    """What came of one message: `yes` is a place in what was shown. Nothing at all is silence."""

    yes: int | None = None
    refused: bool = False  # said no, or not now
    too_late: bool = False  # wanted to say yes, but all was solved already
    gone_until: float | None = None  # switched "ask me" off until then; inf = left for good


@dataclass(frozen=True)
class Outcome:
    """How a yes ended: CAME or NO_SHOW at the deadline, or CANCELLED at an earlier hour."""

    kind: str
    at: float = inf


class World(ABC):
    """The interface. Only `chances` and `would` may be left out: without them there is no twin and no bound."""

    def __init__(self, seed: int, scenario: Scenario) -> None:
        self.seed, self.scenario = seed, scenario

    @abstractmethod
    def helpers(self) -> HelperColumns:
        """Return everybody as the platform sees them at the start; anew at each call: the market changes it."""

    @abstractmethod
    def arrivals(self) -> Sequence[Arrival]:
        """Return all asks of the whole time, in order of `at`."""

    def visits(self) -> Sequence[tuple[float, int]]:
        """Return who looks at the board of their own accord, and when: (hour, row)."""
        return ()

    @abstractmethod
    def reading_delay(self, row: int, number: int) -> float:
        """Return the waking hours until this helper reads a message about this ask; inf = never."""

    @abstractmethod
    def read(self, row: int, shown: Sequence[int], is_open: Sequence[bool], at: float) -> Answer:
        """Let a helper read a message that shows these asks, the first one large; people tire here."""

    def look(self, row: int, shown: Sequence[int], at: float) -> int | None:
        """Let a helper look at these open asks on the board; return the place of the one they take, or None."""
        return None

    def helps(self, row: int, number: int, at: float) -> None:  # noqa: B027 a world without rest need not listen
        """Hear that this helper said yes and was the one: they help, and rest."""

    def outcome(self, row: int, number: int, at: float) -> Outcome:
        """Return how the yes of this helper will end."""
        return Outcome(CAME)

    def chances(self, number: int, rows: Ints, at: float, *, fresh: bool = False) -> Floats:
        """Return the true chances now, or of rested and untired people: for the twin that knows everything."""
        raise NotImplementedError

    def would(self, number: int) -> Ints:
        """Return the rows of all who, never alerted and rested, would say yes and come: for the hindsight bound."""
        raise NotImplementedError

    def rest_hours(self, row: int, number: int) -> float:
        """Return how long after an earlier help this helper could at the soonest say yes to this ask."""
        return 0.0

    @classmethod
    def knows(cls, what: str) -> bool:
        """Say whether this world has the method, or left it out."""
        return getattr(cls, what) is not getattr(World, what)


def world_class(path: str) -> type[World]:
    """Return the class that `module:Class` names; raises ScenarioError with what is wrong."""
    module, _colon, name = path.partition(":")
    if not module or not name:
        raise ScenarioError(f"--world is written module:Class, not {path}")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as problem:
        raise ScenarioError(f"--world {path}: {problem}") from problem
    if not (isinstance(found, type) and issubclass(found, World)):
        raise ScenarioError(f"{path} is not a World (matching/simulation/world.py)")
    return found
