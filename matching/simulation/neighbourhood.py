"""The world that the product ships: a municipality of willing and busy people (docs/matching-results.md, 1)."""

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matching.engine.columns import ANY_TIME, Floats, HelperColumns, Ints
from matching.engine.fits import fitting
from matching.simulation import people
from matching.simulation.luck import Luck
from matching.simulation.scenario import Scenario
from matching.simulation.world import CAME, CANCELLED, NO_SHOW, Answer, Arrival, Outcome, World

# Purposes of luck.
MOOD, DELAY, REFUSAL, HAZARD, LEAVING, OUTCOME, CANCEL_AT, ATTENTION = range(8)
MOST_CHANCE = 0.9


class Neighbourhood(World):
    """Chance of a yes = willingness x taste x distance x free x lead x exp(-fatigue) x rest; one coin per pair."""

    def __init__(self, seed: int, scenario: Scenario) -> None:
        super().__init__(seed, scenario)
        self.luck = Luck(seed)
        self.residents = people.drawn_residents(seed, scenario)
        self._tired = [0.0] * scenario.helpers
        self._tired_at = [0.0] * scenario.helpers
        self._helped = [-1e9] * scenario.helpers
        self._pairs: dict[int, Floats] = {}

    def helpers(self) -> HelperColumns:
        """Return what people said of themselves; some of it is wrong."""
        return self.residents.as_platform_sees()

    @cached_property
    def _arrivals(self) -> list[Arrival]:
        return people.drawn_asks(self.seed, self.scenario)

    def arrivals(self) -> Sequence[Arrival]:
        """Return all asks, in order."""
        return self._arrivals

    def visits(self) -> Sequence[tuple[float, int]]:
        """Return the visits to the board, in order."""
        return people.drawn_visits(self.seed, self.scenario)

    @cached_property
    def _seen(self) -> HelperColumns:
        return self.helpers()

    def pair(self, number: int) -> Floats:
        """Return the chances of everybody for this ask when rested and not tired."""
        found = self._pairs.get(number)
        if found is None:
            found = self._pairs[number] = self._drawn_pair(number)
        return found

    def _drawn_pair(self, number: int) -> Floats:
        s, ask, who = self.scenario, self.arrivals()[number].ask, self.residents
        far = np.exp(-np.hypot(who.x - ask.x, who.y - ask.y) / s.decay_km)
        if ask.time == ANY_TIME:
            free: Floats | float = s.any_time
        else:
            free = np.where((who.free >> ask.time) & 1, 1.0, s.not_free)
        chance = who.willing * who.taste[:, ask.kind] * far * free * s.lead_ratio[ask.lead]
        return np.asarray(np.minimum(MOST_CHANCE, chance))

    def tired(self, row: int, at: float) -> float:
        """Return the fatigue of a helper now."""
        days = (at - self._tired_at[row]) / 24
        return float(self._tired[row] * 2 ** (-days / self.scenario.fatigue_half_days))

    def rested(self, row: int, at: float) -> float:
        """Return how much of their willingness a helper has back since the last help."""
        s = self.scenario
        return 1 - s.rest_depth * math.exp(-(at - self._helped[row]) / 24 / s.rest_days)

    def chance(self, row: int, number: int, at: float) -> float:
        """Return the true chance of a yes to this ask now."""
        fresh = float(self.pair(number)[row])
        return fresh * math.exp(-self.scenario.fatigue * self.tired(row, at)) * self.rested(row, at)

    def chances(self, number: int, rows: Ints, at: float, *, fresh: bool = False) -> Floats:
        """Return the true chances of these rows."""
        chance = self.pair(number)[rows]
        if fresh:
            return chance
        now = [math.exp(-self.scenario.fatigue * self.tired(row, at)) * self.rested(row, at) for row in rows.tolist()]
        return np.asarray(chance * np.array(now)) if now else chance

    def reading_delay(self, row: int, number: int) -> float:
        """Return a log-normal delay, very wide: many read within the hour, some after days."""
        s = self.scenario
        return s.delay * math.exp(s.delay_spread * self.luck.normal(DELAY, row, number))

    def read(self, row: int, shown: Sequence[int], is_open: Sequence[bool], at: float) -> Answer:
        """Say yes to the first ask that suits, else tire: an unanswered message may be one too many."""
        too_late = False
        for place, number in enumerate(shown):
            attention = 1.0 if place == 0 else self.scenario.attention
            if self.luck.uniform(MOOD, row, number) < attention * self.chance(row, number, at):
                if is_open[place]:
                    return Answer(yes=place)
                too_late = True
        gone = self._tire(row, shown, at)
        refused = self.luck.uniform(REFUSAL, row, shown[0]) < self.scenario.says_no
        return Answer(refused=refused or too_late, too_late=too_late, gone_until=gone)

    def _tire(self, row: int, shown: Sequence[int], at: float) -> float | None:
        s = self.scenario
        before = self.tired(row, at)
        self._tired[row] = before + (s.bundle_tires if len(shown) > 1 else 1.0)
        self._tired_at[row] = at
        if self.luck.uniform(HAZARD, row, shown[0]) >= s.hazard + s.hazard_growth * before**s.hazard_power:
            return None
        mutes = self.luck.uniform(LEAVING, row, shown[0]) < s.mute_share
        return at + s.mute_days * 24 if mutes else math.inf

    def look(self, row: int, shown: Sequence[int], at: float) -> int | None:
        """Take the first ask that suits; a look is less than being asked, and the mood of a pair stays the same."""
        for place, number in enumerate(shown):
            if self.luck.uniform(MOOD, row, number) < self.scenario.board * self.chance(row, number, at):
                return place
        return None

    def helps(self, row: int, number: int, at: float) -> None:
        """Start the rest."""
        self._helped[row] = at

    def outcome(self, row: int, number: int, at: float) -> Outcome:
        """Draw whether somebody comes, cancels in time, or does not show up."""
        s, luck = self.scenario, self.luck.uniform(OUTCOME, row, number)
        if luck < s.cancels:
            deadline = self.arrivals()[number].deadline
            return Outcome(CANCELLED, at + (deadline - at) * self.luck.uniform(CANCEL_AT, row, number))
        return Outcome(NO_SHOW if luck > 1 - self.residents.noshow[row] else CAME)

    def would(self, number: int) -> Ints:
        """Return who may be asked at all and, fresh and rested, would say yes and come; every coin known."""
        everybody = np.arange(self.scenario.helpers)
        willing = self.luck.uniforms(MOOD, everybody, number) < self.pair(number)
        rows = np.flatnonzero(willing & fitting(self.arrivals()[number].ask, self._seen, ever=True))
        return np.array([row for row in rows.tolist() if self.outcome(row, number, 0.0).kind == CAME], dtype=np.int64)

    def rest_hours(self, row: int, number: int) -> float:
        """Return the hours after a help until the coin of this pair falls to yes again: the rest it needs."""
        s = self.scenario
        needed = self.luck.uniform(MOOD, row, number) / float(self.pair(number)[row])
        if needed <= 1 - s.rest_depth:
            return 0.0
        return -24 * s.rest_days * math.log((1 - min(needed, 1 - 1e-9)) / s.rest_depth)
