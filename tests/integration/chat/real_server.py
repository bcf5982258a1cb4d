"""Real server processes on the database of the tests: uvicorn with workers, a Redis of its own, and ways to hurt them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from tools.services import free_port

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 60.0


class Process:
    """A program on a port that can be killed and started again at the same place."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self._command, self._environment, self._log = command, environment, log
        self.started: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; whether it is ready is for who knows what it does."""
        with self._log.open("ab") as output:
            self.started = subprocess.Popen(
                self._command, env=self._environment, cwd=ROOT, stdout=output, stderr=output, start_new_session=True
            )

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        if self.started is not None:
            for pid in [*children_of(self.started.pid), self.started.pid]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.started.wait()

    def stop(self) -> None:
        """Ask it to end; after ten seconds it is killed."""
        if self.started is None or self.started.poll() is not None:
            return
        self.started.terminate()
        try:
            self.started.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def said(self) -> str:
        """Return what it printed."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""


class Server(Process):
    """The site, by uvicorn, as docs/operations.md says."""

    def __init__(self, folder: Path, *, workers: int, redis_url: str) -> None:
        self.port, self._workers = free_port(), workers
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test", "DATABASE_URL": database_url()}
        environment |= {"REDIS_URL": redis_url, "BUURT_VAR": str(folder), "WEB_CONCURRENCY": str(workers)}
        command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(self.port)]
        command += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", "16384"]
        command += ["--workers", str(workers), "--log-level", "warning", "--lifespan", "on"]
        super().__init__(command, environment, folder / "server.log")

    def start(self) -> None:
        """Start and wait until it answers."""
        super().start()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the site answers."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            with suppress(URLError, OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return
            assert self.started is not None
            assert self.started.poll() is None, self.said()
            assert time.monotonic() < deadline, f"the server did not start:\n{self.said()}"
            time.sleep(0.1)

    def workers(self) -> list[int]:
        """Return the ids of the processes that serve."""
        assert self.started is not None
        if self._workers == 1:
            return [self.started.pid]
        # The other child keeps count of what was shared; it has no sockets.
        return [pid for pid in children_of(self.started.pid) if "spawn_main" in _command_line(pid)]


class RedisProcess(Process):
    """A Redis that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(folder)]
        super().__init__(command, dict(os.environ), folder / "redis.log")

    @property
    def url(self) -> str:
        """Return its REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers."""
        super().start()
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(["redis-cli", "-p", str(self.port), "ping"], capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)


@contextmanager
def running(*processes: Process) -> Iterator[None]:
    """Start these, in order; stop them afterwards, whatever happened."""
    try:
        for process in processes:
            process.start()
        yield
    finally:
        for process in reversed(processes):
            process.stop()


def database_url() -> str:
    """Return the address of the database that the tests use now."""
    now = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{now['NAME']}"
    user, password = quote(str(now["USER"])), quote(str(now["PASSWORD"]))
    return f"postgres://{user}:{password}@{now['HOST']}:{now['PORT']}/{now['NAME']}"


def own_backend() -> int:
    """Return the id of PostgreSQL's process for the connection of this thread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def postgres_processes(backend: int) -> list[int]:
    """Return the ids of PostgreSQL's processes, the one that starts the others first; `backend` is one of them."""
    parent = next(line for line in Path(f"/proc/{backend}/status").read_text().splitlines() if line.startswith("PPid"))
    postmaster = int(parent.split()[1])
    return [postmaster, *children_of(postmaster)]


@contextmanager
def paused(pids: list[int]) -> Iterator[None]:
    """Hold these processes still, as a machine that swaps or a network that is cut would."""
    held = []
    try:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
                held.append(pid)
        yield
    finally:
        for pid in held:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def cut_connections(*, but: int) -> None:
    """Break every connection to the database but two, as a restart of PostgreSQL does: ours, and the one named."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid NOT IN (pg_backend_pid(), %s)",
            [but],
        )


def children_of(pid: int) -> list[int]:
    """Return the ids of the children of a process."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def cookies_for(people: list[int]) -> dict[int, str]:
    """Return a logged-in session for each of these residents, by id."""
    from importlib import import_module

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from buurt.residents.models import Resident

    made = {}
    for person in Resident.objects.filter(pk__in=people):
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        made[person.pk] = str(session.session_key)
    return made
