"""Lay matching policies beside each other in a simulated neighbourhood: the production engine and what others do."""

import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.simulation.bound import need_scipy
from matching.simulation.policies import POLICIES
from matching.simulation.report import Report, need_matplotlib, plot
from matching.simulation.runs import BOUND, Result, run_all, tasks_of
from matching.simulation.scenario import NAMED, Scenario, ScenarioError, scenario_named

USUAL = ("board-only", "score-once", "waves-withdrawn", "priced-pooled")
BAR = 30


class Command(BaseCommand):
    """`manage.py simulate_matching --scenario base --policy waves-withdrawn --policy priced-pooled --seeds 1-10`."""

    help = "Simulate matching policies and compare them (docs/matching-results.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to simulate and how to show it."""
        parser.add_argument(
            "--scenario", default="base", help=f"{', '.join([*NAMED, 'zaanstad'])}, or a YAML or JSON file"
        )
        parser.add_argument(
            "--policy",
            action="append",
            nargs="+",
            metavar="NAME",
            help=f'"all", or some of {", ".join(POLICIES)}; usual: {", ".join(USUAL)}',
        )
        parser.add_argument("--seeds", default="1-3", help="1-10, or 1,4,7 (usual: 1-3)")
        parser.add_argument("--world", default="", help="module:Class of another world (matching/simulation/world.py)")
        parser.add_argument("--radius", type=float, help="what if every helper said this many kilometres")
        parser.add_argument("--helpers", type=int, help="what if there were this many helpers")
        parser.add_argument(
            "--without", action="append", default=[], metavar="KIND", help="what if nobody asked for KIND"
        )
        parser.add_argument("--days", type=int, help="how many days")
        parser.add_argument("--no-bound", action="store_true", help="leave the hindsight bound out (it needs scipy)")
        parser.add_argument("--jobs", type=int, default=1, help="processes at once (usual: 1)")
        parser.add_argument(
            "--keep", type=Path, help="keep finished runs in this file; a second start goes on from there"
        )
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
        parser.add_argument(
            "--plot", type=Path, help="draw asks filled against alerts, into this file (needs matplotlib)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run everything and print it."""
        try:
            report = self._report(options)
            if options["plot"]:
                plot(report, options["plot"])
        except (ScenarioError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(report.as_json() if options["json"] else report.as_table())

    def _report(self, options: dict[str, Any]) -> Report:
        if options["plot"]:
            need_matplotlib()
        if not options["no_bound"]:
            need_scipy()
        scenario = changed(scenario_named(options["scenario"]), options)
        named = [name for group in options["policy"] or [USUAL] for one in group for name in one.split(",") if name]
        policies = list(POLICIES) if "all" in named else list(dict.fromkeys(named))
        seeds = seeds_of(options["seeds"])
        tasks = tasks_of(scenario, policies, seeds, world=options["world"], bound=not options["no_bound"])
        progress = Progress()
        results = run_all(tasks, jobs=max(1, options["jobs"]), keep=options["keep"], done=progress)
        progress.end()
        return Report(scenario.name, results)


def changed(scenario: Scenario, options: dict[str, Any]) -> Scenario:
    """Return the scenario with the what-ifs; its name says which."""
    names = [scenario.name]
    if options["helpers"] is not None:
        scenario = replace(scenario, helpers=options["helpers"])
        names.append(f"{options['helpers']} helpers")
    if options["radius"] is not None:
        scenario = replace(scenario, distances=(options["radius"],), distance_shares=(1.0,))
        names.append(f"{options['radius']:g} km")
    if options["days"] is not None:
        scenario = replace(scenario, days=options["days"], warm_days=min(scenario.warm_days, options["days"] // 4))
        names.append(f"{options['days']} days")
    for kind in options["without"]:
        scenario = scenario.without(kind)
        names.append(f"without {kind}")
    return replace(scenario, name=", ".join(names))


def seeds_of(text: str) -> list[int]:
    """Return the seeds that "1-10" or "1,4,7" names."""
    found: list[int] = []
    try:
        for part in text.split(","):
            first, dash, last = part.partition("-")
            found += range(int(first), int(last) + 1) if dash else [int(first)]
    except ValueError as problem:
        raise ScenarioError(f'--seeds is written "1-10" or "1,4,7", not "{text}"') from problem
    if not found:
        raise ScenarioError(f'--seeds "{text}" names none')
    return sorted(set(found))


class Progress:
    """A bar on standard error: how many runs are done, what came last, and about how long it will take."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.is_terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int, result: Result) -> None:
        """Show that one more run is done."""
        spent = time.monotonic() - self.start
        left = spent / done * (total - done)
        bar = "#" * (BAR * done // total)
        filled = result.bound if result.policy == BOUND else result.figures.filled if result.figures else None
        said = "" if filled is None else f" {filled:.1f} %"
        line = f"[{bar:<{BAR}}] {done}/{total} {result.policy} seed {result.seed}{said}, about {left:.0f} s left"
        print(
            f"\r\033[K{line}" if self.is_terminal else line,
            end="" if self.is_terminal else "\n",
            file=sys.stderr,
            flush=True,
        )

    def end(self) -> None:
        """Leave the line."""
        if self.is_terminal:
            print(file=sys.stderr)
