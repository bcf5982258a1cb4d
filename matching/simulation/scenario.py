"""A scenario: every number of a simulated neighbourhood, by name or from a file."""

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

# The order of the bits of kinds, as buurt.communities.categories has it (a test holds them together).
KINDS = (
    "cooking", "groceries", "transport", "admin", "digital", "repairs", "garden", "company",
    "language", "childcare", "pets", "care", "activities", "lending", "moving", "other",
)  # fmt: skip


class ScenarioError(ValueError):
    """A scenario that can't be simulated; the message says what is wrong with it."""


@dataclass(frozen=True)
class Place:
    """Where people live: a round cloud of people, or the even countryside when `spread` is nothing."""

    x: float
    y: float
    spread: float
    share: float  # of the helpers
    asks: float  # of the asks
    rural: bool = False


# A town, a second town, four villages and the countryside, on ten by ten kilometres.
COUNTRY = (
    Place(3.2, 3.6, 1.0, 0.46, 0.42),
    Place(7.6, 7.0, 0.7, 0.24, 0.22),
    Place(1.5, 8.3, 0.35, 0.06, 0.07, rural=True),
    Place(5.2, 8.6, 0.3, 0.05, 0.06, rural=True),
    Place(8.6, 2.2, 0.35, 0.06, 0.07, rural=True),
    Place(6.3, 1.2, 0.3, 0.04, 0.05, rural=True),
    Place(5.0, 5.0, 0.0, 0.09, 0.11, rural=True),
)


@dataclass(frozen=True)
class Scenario:
    """All numbers of the simulated world; docs/matching-results.md says how they were chosen."""

    name: str = "base"
    days: int = 100
    warm_days: int = 20  # asks of the first days are left out of the figures
    helpers: int = 1000
    asks_a_day: float = 10.0
    side: float = 10.0
    places: tuple[Place, ...] = COUNTRY
    # Kinds that are asked, how often, and how many helpers declare each.
    kinds: tuple[str, ...] = ("transport", "groceries", "company", "admin", "repairs", "garden", "digital", "pets")
    asked: tuple[float, ...] = (0.2, 0.13, 0.17, 0.12, 0.13, 0.1, 0.1, 0.05)
    declared: tuple[float, ...] = (0.24, 0.36, 0.36, 0.16, 0.16, 0.24, 0.2, 0.32)
    leads: tuple[float, ...] = (0.15, 0.5, 0.35)  # urgent, days, a week or more
    several: tuple[float, ...] = (0.86, 0.1, 0.04)  # one, two, three places
    named_time: float = 0.6
    # Helpers: willingness (log-normal), distance they say, alerts a month, board visits a day.
    willing: float = 0.125
    willing_spread: float = 1.3
    distances: tuple[float, ...] = (1, 2, 3, 5, 8)
    distance_shares: tuple[float, ...] = (0.15, 0.25, 0.3, 0.2, 0.1)
    budgets: tuple[int, ...] = (15, 20, 30, 40)
    visits: float = 0.12
    board: float = 0.22  # how a look on the board compares with being asked
    board_looks: int = 10
    taste_spread: float = 0.5
    decay_km: float = 3.5
    # Weeks: how much of it people are free, how many told the platform, how often what they told is wrong.
    free: float = 0.45
    told: float = 0.7
    told_wrong: float = 0.12
    not_free: float = 0.15
    any_time: float = 0.8
    lead_ratio: tuple[float, ...] = (0.55, 1.0, 1.2)
    # Answers: delay in waking hours (log-normal), how many who do not help say so.
    delay: float = 0.45
    delay_spread: float = 1.8
    says_no: float = 0.35
    attention: float = 0.8
    bundle_tires: float = 1.0  # an alert that carries other asks tires this many times as much as one
    # Fatigue and rest.
    fatigue: float = 0.35
    fatigue_half_days: float = 3.5
    hazard: float = 0.0006
    hazard_growth: float = 0.0004
    hazard_power: float = 3.0
    mute_share: float = 0.35
    mute_days: float = 60.0
    rest_depth: float = 0.85
    rest_days: float = 5.0
    cancels: float = 0.04
    no_shows: float = 0.03

    def __post_init__(self) -> None:
        """Refuse what has no meaning, naming it."""
        if not set(self.kinds) <= set(KINDS) or not self.kinds:
            raise ScenarioError("kinds: " + ", ".join(sorted(set(self.kinds) - set(KINDS)) or ["none left"]))
        if not len(self.kinds) == len(self.asked) == len(self.declared):
            raise ScenarioError("kinds, asked and declared need the same length")
        if len(self.distances) != len(self.distance_shares) or len(self.leads) != 3 or len(self.lead_ratio) != 3:
            raise ScenarioError(
                "distances and distance_shares need the same length; leads and lead_ratio have three numbers"
            )
        if self.helpers < 1 or self.asks_a_day <= 0 or not 0 <= self.warm_days < self.days:
            raise ScenarioError("a scenario needs helpers, asks and more days than warm_days")

    def without(self, kind: str) -> "Scenario":
        """Return the scenario with one kind of help left out: nobody asks for it."""
        if kind not in self.kinds:
            raise ScenarioError(f"{kind} is not asked here; there are: {', '.join(self.kinds)}")
        kept = [place for place, name in enumerate(self.kinds) if name != kind]
        share = sum(self.asked[place] for place in kept) / sum(self.asked)
        return replace(
            self,
            kinds=tuple(self.kinds[place] for place in kept),
            asked=tuple(self.asked[place] for place in kept),
            declared=tuple(self.declared[place] for place in kept),
            asks_a_day=self.asks_a_day * share,
        )


BASE = Scenario()
NAMED: dict[str, dict[str, Any]] = {
    "base": {},
    "thin": {"helpers": 250, "asks_a_day": 4.0},
    "hot": {"asks_a_day": 20.0},
    "fatigue": {"fatigue": 0.7, "hazard": 0.001, "hazard_growth": 0.001},
    "scarce": {"willing": 0.07, "declared": tuple(share / 2 for share in BASE.declared)},
}


def scenario_named(name: str) -> Scenario:
    """Return a scenario by name, or from a YAML or JSON file of a Scenario's fields (`extends: NAME` to start from).

    Raises ScenarioError, which says what is wrong, for an unknown name, field or value.
    """
    if name in NAMED:
        return replace(BASE, name=name, **NAMED[name])
    if name == "zaanstad":
        from matching.simulation.zaanstad import zaanstad

        return zaanstad()
    path = Path(name)
    if not path.is_file():
        raise ScenarioError(f"no scenario {name}; there are: {', '.join([*NAMED, 'zaanstad'])}, or a file")
    return _from_file(path)


def _from_file(path: Path) -> Scenario:
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as problem:
        raise ScenarioError(f"{path}: {problem}") from problem
    if not isinstance(found, dict):
        raise ScenarioError(f"{path}: a scenario is a mapping of names to numbers")
    start = scenario_named(str(found.pop("extends", "base")))
    known = {one.name for one in fields(Scenario)}
    if unknown := set(found) - known:
        raise ScenarioError(f"{path}: unknown: {', '.join(sorted(map(str, unknown)))}")
    changed: dict[str, Any] = {"name": path.stem}
    changed |= {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
    try:
        if "places" in changed:
            changed["places"] = tuple(Place(**place) for place in changed["places"])
        return replace(start, **changed)
    except TypeError as problem:
        raise ScenarioError(f"{path}: {problem}") from problem
