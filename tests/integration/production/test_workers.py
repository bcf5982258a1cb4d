"""Real workers: Celery with Redis and PostgreSQL, and the embedded server; both survive kill -9."""

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

from buurt.ledger.models import Heartbeat, Job
from buurt.residents.models import Resident
from matching.models import Invitation
from notifications.models import Delivery
from posts.drafts import PostDraft
from posts.services import publish_post
from tools.services import free_port

pytestmark = [pytest.mark.slow]
PATIENCE = 40
needs_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="Celery workers need Redis and PostgreSQL")


def _wait(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def _database_url() -> str:
    facts = connection.settings_dict
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@contextmanager
def _running(*command: str, project: Path, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
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
def _celery(project: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = ("celery", "-A", "config", "worker", "--concurrency=2", "--loglevel=warning")
    environment = {
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
    }
    beat = ("-B", "--schedule", str(log.with_suffix(".beat")))
    with _running(*command, *beat, project=project, log=log, **environment) as process:
        yield process


def _ask(anna: Resident) -> None:
    publish_post(by=anna, draft=PostDraft(kind="ask", category="transport", text="Wie rijdt mij naar de markt?"))


@needs_redis
@pytest.mark.django_db(transaction=True)
def test_celery_carries_an_ask_to_the_helper_and_survives_kill(
    anna: Resident, bilal: Resident, project: Path, tmp_path: Path
) -> None:
    log = tmp_path / "celery.log"
    with _celery(project, log) as first:
        _wait(lambda: Heartbeat.objects.filter(name="clock").exists())
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()

    _ask(anna)  # nobody is listening: only rows are left behind
    assert Job.objects.filter(task="matching.start", state=Job.State.WAITING).count() == 1

    with _celery(project, log):
        _wait(lambda: Invitation.objects.filter(helper=bilal).count() == 1)
        _wait(lambda: Delivery.objects.filter(resident=bilal, channel="email", state=Delivery.State.SENT).exists())
    assert Invitation.objects.count() == 1
    assert "Traceback" not in log.read_text()


def _get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


@pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="the embedded default has no Redis; run once")
def test_serve_shows_the_demo_works_off_its_jobs_and_stops_cleanly(project: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "serve.log"
    environment = {
        "BUURT_MODE": "demo",
        "BUURT_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    base = f"http://localhost:{port}"

    for stop in (signal.SIGKILL, signal.SIGINT):
        with _running("manage.py", "serve", "--port", str(port), project=project, log=log, **environment) as server:
            _wait(lambda: _get(f"{base}/readyz")[0] == 200)
            assert "Lift in Krommenie" in _get(f"{base}/prikbord")[1]
            if stop is signal.SIGINT:
                # What the killed server left behind is worked off by this one: helpers got their mail.
                _wait(lambda: "Kun jij" in _get(f"{base}/demo/mail?aan=bilal")[1])
            os.killpg(server.pid, stop)
            code = server.wait(timeout=20)
    assert code == 0
    assert "Traceback" not in log.read_text()
