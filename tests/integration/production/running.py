"""Programs of ours, started for a test: a Celery worker, its clock, the embedded server; all gone afterwards."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

# Patience, not pace: on a machine that does more than this a worker takes its time to start.
PATIENCE = 120
needs_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="Celery workers need Redis and PostgreSQL")
embedded_only = pytest.mark.skipif(
    bool(os.environ.get("REDIS_URL")), reason="the embedded default has no Redis; run once"
)


def wait(true: Callable[[], bool], *, patience: float = PATIENCE) -> None:
    """Wait until something is so, or fail."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def database_url() -> str:
    """Return the address of the test database, for another process."""
    facts = connection.settings_dict
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@contextmanager
def running(*command: str, project: Path, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of ours in its own process group; it is gone afterwards, whatever happened."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command] if command[0] != "manage.py" else [sys.executable, *command],
            cwd=project,
            # Not the tests' own settings, which this process has put in its environment.
            env={name: value for name, value in os.environ.items() if not name.startswith("BUURT_")} | environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def celery(project: Path, log: Path, *, beat: bool = True, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Celery worker with two processes, with or without the clock inside it."""
    command = ("celery", "-A", "config", "worker", "--concurrency=2", "--loglevel=warning")
    environment |= {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    clock = ("-B", "--schedule", str(log.with_suffix(".beat"))) if beat else ()
    with running(*command, *clock, project=project, log=log, **environment) as process:
        yield process


def get(address: str) -> tuple[int, str]:
    """Return status and body of a page, (0, "") when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""
