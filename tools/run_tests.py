"""Run the whole suite on both sets of parts, every part even when one fails, and sum up in the last line.

    python -m tools.run_tests           everything
    python -m tools.run_tests --fast    unit and integration tests on the embedded default only

Browser tests have processes of their own: Playwright's sync API and async tests do not share one. The tests
find their database by DATABASE_URL and REDIS_URL; without those they run on SQLite, without Redis. Two parts run
at a time where there are two cores.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import needs
from tools.services import ServiceError, services, stop, stop_on_signals

ROOT = Path(__file__).resolve().parent.parent
# A developer's own settings must not reach the tests.
OURS = ("BUURT_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_ADDOPTS")
WITHOUT_BROWSER = ("--ignore=tests/browser", "-p", "no:playwright")


@dataclass(frozen=True)
class Part:
    """One pytest process."""

    name: str
    on_servers: bool
    arguments: tuple[str, ...]


FAST = Part("everything but the browser, SQLite", on_servers=False, arguments=("tests", *WITHOUT_BROWSER))
ON_SERVERS = (*WITHOUT_BROWSER, "--servers-only", "--ignore=tests/unit/tools")
# The longest first: the others fit beside it, and none is long enough to run alone at the end.
PARTS = (
    Part("browser, PostgreSQL and Redis", on_servers=True, arguments=("tests/browser",)),
    FAST,
    Part("integration, PostgreSQL and Redis", on_servers=True, arguments=("tests/integration", *ON_SERVERS)),
    Part(
        "the rest that uses them, PostgreSQL and Redis",
        on_servers=True,
        arguments=("tests", "--ignore=tests/integration", *ON_SERVERS),
    ),
    Part("browser, embedded default", on_servers=False, arguments=("tests/browser", "-m", "embedded")),
)
AT_ONCE = 2
SAY_EVERY_SECONDS = 30


@dataclass(frozen=True)
class Outcome:
    """What one process reported; `exit_code` decides, the counts are for people."""

    name: str
    exit_code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def _counts(report: Path) -> dict[str, int]:
    """Read pytest's report; a process that died before writing one counts as one failure."""
    try:
        suites = ElementTree.parse(report).getroot().findall("testsuite")  # noqa: S314 pytest wrote it
    except (OSError, ElementTree.ParseError):
        return {"failed": 1}
    total = {key: sum(int(suite.get(key, 0)) for suite in suites) for key in ("tests", "failures", "errors", "skipped")}
    failed = total["failures"] + total["errors"]
    return {
        "passed": total["tests"] - failed - total["skipped"],
        "failed": failed,
        "skipped": total["skipped"],
    }


class Running:
    """One part under way: its pytest process, its own servers, what it prints and what it reports."""

    def __init__(self, part: Part, folder: Path) -> None:
        self.part = part
        self.started = time.monotonic()
        name = re.sub(r"\W+", "-", part.name)
        self.printed = folder / f"{name}.log"
        self._report = folder / f"{name}.xml"
        # Servers of its own: two parts at once must not hear each other on Redis or share a test database.
        self._servers = ExitStack()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        if part.on_servers:
            environment |= self._servers.enter_context(services())
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--continue-on-collection-errors",
            f"--junitxml={self._report}",
            *part.arguments,
        ]
        with self.printed.open("wb") as output:
            self._process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )

    def progress(self) -> str:
        """Return how far it is, in pytest's own words."""
        shares = re.findall(r"\[ *(\d+%)\]", self.printed.read_text(errors="replace"))
        return f"{self.part.name} {shares[-1] if shares else '0%'}"

    def has_ended(self) -> bool:
        """Say whether the process is done."""
        return self._process.poll() is not None

    def end(self) -> Outcome:
        """Stop its servers, print what it printed and return what came of it."""
        seconds = time.monotonic() - self.started
        self._servers.close()
        print(f"\n== {self.part.name}\n{self.printed.read_text(errors='replace')}", flush=True)
        exit_code = self._process.wait()
        counts = _counts(self._report)
        if exit_code != 0 and not counts.get("failed"):
            counts["failed"] = 1  # for example no test found, or an error while collecting
        return Outcome(self.part.name, exit_code, seconds, **counts)

    def leave(self) -> None:
        """End it before its time: the tests get a moment to clean up too."""
        stop(self._process, signal.SIGINT)
        self._servers.close()
        print(f"\n== {self.part.name}, cut short\n{self.printed.read_text(errors='replace')}", flush=True)


def _begin(part: Part, folder: Path) -> Running | Outcome:
    try:
        return Running(part, folder)
    except ServiceError as error:
        print(error, file=sys.stderr)
        return Outcome(part.name, exit_code=1, seconds=0, failed=1)


def _run_all(parts: tuple[Part, ...], *, at_once: int) -> list[Outcome]:
    """Run the parts, the longest first, so many at a time; their output comes whole, as each ends."""
    outcomes: list[Outcome] = []
    running: list[Running] = []
    waiting = list(parts)
    said = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="buurt-tests-") as folder:
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    begun = _begin(waiting.pop(0), Path(folder))
                    if isinstance(begun, Running):
                        running.append(begun)
                    else:
                        outcomes.append(begun)
                for each in [each for each in running if each.has_ended()]:
                    running.remove(each)
                    outcomes.append(each.end())
                if time.monotonic() - said > SAY_EVERY_SECONDS:
                    said = time.monotonic()
                    print(" | ".join(each.progress() for each in running), flush=True)
                time.sleep(0.2)
        finally:
            for each in running:
                each.leave()
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the tests.")
    parser.add_argument("--fast", action="store_true", help="no browser, no servers")
    fast: bool = parser.parse_args().fast
    if not fast and not needs.ensure(needs.FOR_TESTS):
        return 1
    stop_on_signals()
    outcomes = _run_all((FAST,) if fast else PARTS, at_once=min(AT_ONCE, os.cpu_count() or 1))
    print()
    for outcome in outcomes:
        verdict = "ok" if outcome.exit_code == 0 else "FAILED"
        print(f"{outcome.name:<52}{verdict:<8}{outcome.passed:5} passed {outcome.seconds:7.1f} s")
    passed, failed, skipped = (sum(getattr(each, key) for each in outcomes) for key in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if any(outcome.exit_code for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
