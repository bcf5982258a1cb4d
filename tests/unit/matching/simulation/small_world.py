"""A world of a test's own, to be plugged in: nothing in it looks like the product's neighbourhood."""

from collections.abc import Sequence
from math import inf

import numpy as np

from matching.engine.columns import Ask, HelperColumns, helper_columns
from matching.simulation.world import NO_SHOW, Answer, Arrival, Outcome, World

FAR_NORTH = 5_000.0


class Island(World):
    """Forty people on a far island; nobody reads for a day, odd rows never, and every fourth yes does not show up."""

    def helpers(self) -> HelperColumns:
        """Return people with ids of their own, some kinds that no prior knows, and no history."""
        rows = np.arange(40)
        return helper_columns(rows * 7 + 3, x=rows % 8 * 1.0, y=FAR_NORTH + rows // 8, distance=30.0, kinds=1 << 15)

    def arrivals(self) -> Sequence[Arrival]:
        """Return two asks a day, one of which asks for three people."""
        return [
            Arrival(
                number * 12.0 + 9,
                number * 12.0 + 9 + 96,
                Ask(id=900 + number, x=3.0, y=FAR_NORTH, kind=15, places=1 + 2 * (number % 2), waking_left=56.0),
            )
            for number in range(40)
        ]

    def reading_delay(self, row: int, number: int) -> float:
        """Return a day for even rows, never for odd ones."""
        return inf if row % 2 else 14.0

    def read(self, row: int, shown: Sequence[int], is_open: Sequence[bool], at: float) -> Answer:
        """Say yes to the first open ask when row and ask are in step, else leave for good now and then."""
        for place, number in enumerate(shown):
            if is_open[place] and (row + number) % 3 == 0:
                return Answer(yes=place)
        return Answer(refused=True, gone_until=inf if row == 8 else None)

    def outcome(self, row: int, number: int, at: float) -> Outcome:
        """Return that every fourth does not come."""
        return Outcome(NO_SHOW if (row + number) % 4 == 0 else "came")


class Deaf(Island):
    """The same island where nobody ever reads."""

    def reading_delay(self, row: int, number: int) -> float:
        """Return never."""
        return inf
