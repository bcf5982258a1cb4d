"""Many runs: every policy on every seed, one after the other or on several processes, kept in a file when asked."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

from matching.simulation.bound import hindsight
from matching.simulation.figures import Figures, figures_of
from matching.simulation.market import Market
from matching.simulation.neighbourhood import Neighbourhood
from matching.simulation.policies import POLICIES
from matching.simulation.scenario import Scenario, ScenarioError
from matching.simulation.world import World, world_class

BOUND = "hindsight-bound"
TWIN = "priced-pooled-true"


@dataclass(frozen=True)
class Task:
    """One run to be done."""

    scenario: Scenario
    policy: str
    seed: int
    world: str = ""

    def make_world(self) -> World:
        """Return the world of this task, fresh."""
        kind = world_class(self.world) if self.world else Neighbourhood
        return kind(self.seed, self.scenario)


@dataclass(frozen=True)
class Result:
    """What one run came to; the bound has only a percentage filled."""

    scenario: str
    policy: str
    seed: int
    seconds: float
    figures: Figures | None
    bound: float | None = None

    def as_line(self) -> str:
        """Return the result as one line of JSON."""
        return json.dumps(asdict(self))


def run_task(task: Task) -> Result:
    """Do one run."""
    start = time.perf_counter()
    world = task.make_world()
    if task.policy == BOUND:
        bound = hindsight(world, task.scenario.warm_days)
        return Result(task.scenario.name, BOUND, task.seed, time.perf_counter() - start, None, bound)
    market = Market(world, POLICIES[task.policy], task.seed)
    market.run()
    figures = figures_of(market, task.scenario.warm_days)
    return Result(task.scenario.name, task.policy, task.seed, time.perf_counter() - start, figures)


def tasks_of(
    scenario: Scenario, policies: Iterable[str], seeds: Iterable[int], *, world: str, bound: bool
) -> list[Task]:
    """Return the runs to be done; raises ScenarioError for a policy that is unknown or that this world can't have."""
    policies, seeds = list(policies), list(seeds)
    if unknown := set(policies) - set(POLICIES):
        raise ScenarioError(f"no policy {', '.join(sorted(unknown))}; there are: {', '.join(POLICIES)}")
    kind = world_class(world) if world else Neighbourhood
    if TWIN in policies and not kind.knows("chances"):
        raise ScenarioError(f"{world} does not tell its true chances (World.chances): leave out {TWIN}")
    wanted = policies + ([BOUND] if bound and kind.knows("would") else [])
    return [Task(scenario, policy, seed, world) for policy in wanted for seed in seeds]


def run_all(
    tasks: list[Task], *, jobs: int, keep: Path | None, done: Callable[[int, int, Result], None]
) -> list[Result]:
    """Do all runs and return them in the order of the tasks; `done` hears of each. `keep`: a second start goes on."""
    known = _kept(keep)
    results = {task: known[key] for task in tasks if (key := (task.scenario.name, task.policy, task.seed)) in known}
    missing = [task for task in tasks if task not in results]
    for number, (task, result) in enumerate(_running(missing, jobs), 1):
        results[task] = result
        if keep:
            with keep.open("a", encoding="utf-8") as file:
                file.write(result.as_line() + "\n")
        done(number, len(missing), result)
    return [results[task] for task in tasks]


def _running(tasks: list[Task], jobs: int) -> Iterator[tuple[Task, Result]]:
    if jobs <= 1 or len(tasks) <= 1:
        for task in tasks:
            yield task, run_task(task)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        waiting = {pool.submit(run_task, task): task for task in tasks}
        for future in as_completed(waiting):
            yield waiting[future], future.result()


def _kept(keep: Path | None) -> dict[tuple[str, str, int], Result]:
    if keep is None or not keep.exists():
        return {}
    found = {}
    for line in keep.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        figures = Figures(**row["figures"]) if row["figures"] else None
        result = Result(**{**row, "figures": figures})
        found[result.scenario, result.policy, result.seed] = result
    return found
