"""Everything a machine can say about the code without running it: two at a time, all of them, one verdict."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TEMPLATE_FOLDERS = ("templates", "buurt", "requests", "matching", "notifications", "config")


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: bool
    seconds: float
    output: str


def _commands() -> dict[str, list[str]]:
    manage = [sys.executable, "manage.py"]
    templates = sorted(
        str(path.relative_to(ROOT)) for folder in TEMPLATE_FOLDERS for path in (ROOT / folder).rglob("*.html")
    )
    # The slowest first: the others fit beside it.
    return {
        "mypy": [sys.executable, "-m", "mypy"],
        "ruff check": [sys.executable, "-m", "ruff", "check", "."],
        "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
        "import-linter": [str(BIN / "lint-imports")],
        "djade": [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates],
        "html (vnu)": [sys.executable, "-m", "tools.validate"],
        "messages": [sys.executable, "-m", "tools.messages", "check"],
        "readable": [sys.executable, "-m", "tools.readable"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "django check": [*manage, "check", "--fail-level", "WARNING"],
    }


def _check(name: str, command: list[str]) -> Outcome:
    started = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(name, result.returncode == 0, time.monotonic() - started, result.stdout)


def main() -> int:
    failed: list[str] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = [pool.submit(_check, name, command) for name, command in _commands().items()]
        for future in as_completed(running):
            outcome = future.result()
            if not outcome.passed:
                failed.append(outcome.name)
                print(outcome.output.rstrip())
            verdict = "ok" if outcome.passed else "FAILED"
            print(f"{outcome.name:<16}{verdict:<8}{outcome.seconds:5.1f} s", flush=True)
    print("check: all ok" if not failed else f"check: FAILED: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
