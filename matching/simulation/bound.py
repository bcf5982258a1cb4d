"""The hindsight bound: what somebody could fill who knew every coin beforehand, with no fatigue and rest kept."""

from collections import defaultdict
from importlib.util import find_spec

import numpy as np

from matching.simulation.scenario import ScenarioError
from matching.simulation.world import World

SECONDS = 60.0


def need_scipy() -> None:
    """Refuse with advice when the extra is not installed."""
    if find_spec("scipy") is None:
        raise ScenarioError('The bound needs scipy: pip install -e ".[sim]", or leave it out with --no-bound.')


def hindsight(world: World, warm_days: int) -> float | None:
    """Return an upper bound on the percentage filled, or None for a world that does not say who would.

    A relaxation: x = helper serves ask, y = ask is filled, y <= sum x / places; whoever may be asked at all and would
    say yes may serve; of two asks that the rest between them forbids, whenever they are answered, only one. Nobody can
    fill more than this: fatigue and not knowing only take away.
    """
    if not type(world).knows("would"):
        return None
    need_scipy()
    arrivals = world.arrivals()
    pairs = [(row, number) for number in range(len(arrivals)) for row in world.would(number).tolist()]
    counted = [number for number, arrival in enumerate(arrivals) if arrival.at >= warm_days * 24]
    if not counted or not pairs:
        return 0.0 if counted else None
    return 100 * _relaxed(world, pairs, counted) / len(counted)


def _relaxed(world: World, pairs: list[tuple[int, int]], counted: list[int]) -> float:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    arrivals = world.arrivals()
    asks = len(arrivals)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    upper: list[float] = []
    # places * y - sum x <= 0
    for number, arrival in enumerate(arrivals):
        rows.append(number)
        columns.append(number)
        values.append(float(arrival.ask.places))
        upper.append(0.0)
    for place, (_row, number) in enumerate(pairs):
        rows.append(number)
        columns.append(asks + place)
        values.append(-1.0)
    for one, other in _conflicts(world, pairs):
        rows += [len(upper), len(upper)]
        columns += [asks + one, asks + other]
        values += [1.0, 1.0]
        upper.append(1.0)
    gain = np.zeros(asks + len(pairs))
    gain[counted] = -1.0
    matrix = csr_matrix((values, (rows, columns)), shape=(len(upper), len(gain)))
    # An ask for two is filled or not: half of it is nothing. The rest may be fractions.
    whole = np.zeros(len(gain))
    whole[[number for number, arrival in enumerate(arrivals) if arrival.ask.places > 1]] = 1
    found = milp(
        gain,
        constraints=LinearConstraint(matrix, ub=np.array(upper)),
        bounds=Bounds(0, 1),
        integrality=whole,
        options={"time_limit": SECONDS},
    )
    # What the solver has proved, also when its time was up.
    proved = getattr(found, "mip_dual_bound", None)
    return float(len(counted)) if proved is None else min(float(len(counted)), -float(proved))


def _conflicts(world: World, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pairs of pairs that one helper can't both serve, however early one and late the other is answered."""
    arrivals = world.arrivals()
    of_helper: dict[int, list[int]] = defaultdict(list)
    for place, (row, _number) in enumerate(pairs):
        of_helper[row].append(place)
    found = []
    for row, places in of_helper.items():
        spans = [(arrivals[pairs[place][1]].at, arrivals[pairs[place][1]].deadline) for place in places]
        rests = [world.rest_hours(row, pairs[place][1]) for place in places]
        for first in range(len(places)):
            for second in range(first + 1, len(places)):
                this_then_that = spans[second][1] - spans[first][0] >= rests[second]
                that_then_this = spans[first][1] - spans[second][0] >= rests[first]
                if not this_then_that and not that_then_this:
                    found.append((places[first], places[second]))
    return found
