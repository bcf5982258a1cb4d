"""Run the whole suite on both sets of parts, every part even when one fails, and sum up in the last line.

    python -m tools.run_tests           everything
    python -m tools.run_tests --fast    unit and integration tests on the embedded default only

Browser tests have processes of their own: Playwright's sync API and async tests do not share one. The tests
find their database by DATABASE_URL and REDIS_URL; without those they run on SQLite, without Redis.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import needs
from tools.services import ServiceError, run_to_the_end, services, stop_on_signals

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
PARTS = (
    FAST,
    Part(
        "what uses them, PostgreSQL and Redis",
        on_servers=True,
        arguments=("tests", *WITHOUT_BROWSER, "--servers-only", "--ignore=tests/unit/tools"),
    ),
    Part("browser, PostgreSQL and Redis", on_servers=True, arguments=("tests/browser",)),
    Part("browser, embedded default", on_servers=False, arguments=("tests/browser", "-m", "embedded")),
)


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


def _run(part: Part, addresses: dict[str, str], folder: Path) -> Outcome:
    print(f"\n== {part.name}", flush=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    if part.on_servers:
        environment |= addresses
    report = folder / f"{PARTS.index(part)}.xml"
    started = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--continue-on-collection-errors",
        f"--junitxml={report}",
        *part.arguments,
    ]
    exit_code = run_to_the_end(command, env=environment, cwd=ROOT)
    counts = _counts(report)
    if exit_code != 0 and not counts.get("failed"):
        counts["failed"] = 1  # for example no test found, or an error while collecting
    return Outcome(part.name, exit_code, time.monotonic() - started, **counts)


def _run_all(parts: tuple[Part, ...]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="buurt-tests-")))
        addresses: dict[str, str] | None = {}
        if any(part.on_servers for part in parts):
            try:
                addresses = stack.enter_context(services())
            except ServiceError as error:
                print(error, file=sys.stderr)
                addresses = None
        for part in parts:
            if part.on_servers and addresses is None:
                outcomes.append(Outcome(part.name, exit_code=1, seconds=0, failed=1))
            else:
                outcomes.append(_run(part, addresses or {}, folder))
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the tests.")
    parser.add_argument("--fast", action="store_true", help="no browser, no servers")
    fast: bool = parser.parse_args().fast
    if not fast and not needs.ensure(needs.FOR_TESTS):
        return 1
    stop_on_signals()
    outcomes = _run_all((FAST,) if fast else PARTS)
    print()
    for outcome in outcomes:
        verdict = "ok" if outcome.exit_code == 0 else "FAILED"
        print(f"{outcome.name:<52}{verdict:<8}{outcome.passed:5} passed {outcome.seconds:7.1f} s")
    passed, failed, skipped = (sum(getattr(each, key) for each in outcomes) for key in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if any(outcome.exit_code for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
