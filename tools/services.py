"""A private PostgreSQL and a private Redis for as long as one command runs, and not a second longer.

    python tools/services.py run -- pytest tests/integration

Both listen on free ports of 127.0.0.1 only and keep everything in one temporary folder. They are stopped by
their process id, also after Ctrl-C or an exception, and by the kernel when this program is killed.
"""

import argparse
import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 15
GRACE_SECONDS = 3
ATTEMPTS = 3
PORTS = (20_000, 32_000)

# Debian keeps PostgreSQL's server programs off the PATH, a folder per version.
POSTGRES_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


class ServiceError(RuntimeError):
    """A server is not installed, or did not come up; the text says which and what it printed."""


def postgres_bin() -> Path | None:
    """Return the folder with the newest PostgreSQL server programs, or None."""
    found = [path for pattern in POSTGRES_FOLDERS for path in Path("/").glob(pattern.lstrip("/"))]
    found = [path for path in found if (path / "postgres").exists() and (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: [int(part) for part in path.parent.name.split(".") if part.isdigit()])
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    """Return a port that nobody listens on now; whoever starts on it must be ready to lose the race.

    Below the ports that a kernel gives to outgoing connections: those come and go by the thousand while tests run, also
    while a server is away for a moment and means to come back on its own port.
    """
    while True:
        port = random.SystemRandom().randrange(*PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _as_unprivileged(command: list[str], user: str | None) -> list[str]:
    """Wrap a command: run it as `user` when given, and let the kernel end it when we are killed."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command if user is None else ["runuser", "-u", user, "--", *command]
    change = [] if user is None else ["--reuid", user, "--regid", user, "--clear-groups"]
    return [setpriv, *change, "--pdeathsig", "INT", "--", *command]


def _answers(*question: str) -> bool:
    """Say whether a client program reaches its server; both servers listen before they are ready."""
    return subprocess.run(question, capture_output=True, check=False).returncode == 0


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            message = f"a server did not start; it said:\n{log.read_text(errors='replace')[-2000:]}"
            raise ServiceError(message)
        time.sleep(0.05)


def stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """End one process by its id: first politely, then for certain."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _running(command: list[str], *, log: Path, stop_by: signal.Signals) -> Iterator[subprocess.Popen[bytes]]:
    # A session of its own: Ctrl-C in the terminal reaches the tests first, and the server only through us.
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        stop(process, stop_by)


def _make_cluster(bin_folder: Path, folder: Path, user: str | None) -> str:
    """Run initdb and return the password of its one user."""
    password = secrets.token_urlsafe(16)
    password_file = folder / "password"
    password_file.write_text(password)
    if user is not None:
        account = pwd.getpwnam(user)
        for path in (folder, password_file):
            os.chown(path, account.pw_uid, account.pw_gid)
    result = subprocess.run(
        _as_unprivileged(
            [
                str(bin_folder / "initdb"),
                *("-D", str(folder / "data"), "--username=buurt", f"--pwfile={password_file}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            user,
        ),
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    if result.returncode != 0:
        message = f"initdb failed:\n{result.stdout}{result.stderr}"
        raise ServiceError(message)
    return password


@contextmanager
def postgres(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh PostgreSQL; fsync is off, its data is worth nothing.

    `durable` leaves everything as a real one has it, for measurements.
    """
    bin_folder = postgres_bin()
    if bin_folder is None:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        raise ServiceError(message)
    # PostgreSQL refuses to run as root; the Debian package brings the user it wants.
    user = "postgres" if os.geteuid() == 0 else None
    place = folder / "postgres"
    place.mkdir(mode=0o700)
    password = _make_cluster(bin_folder, place, user)
    options = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "shared_buffers": "64MB",
        "max_connections": "100",
        "timezone": "UTC",
    }
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = _as_unprivileged([str(bin_folder / "postgres"), "-D", str(place / "data"), *settings], user)
    log = place / "log"
    address = ("-h", "127.0.0.1", "-p")
    with _on_a_free_port(
        lambda port: [*command, "-p", str(port)],
        ready=lambda port: _answers(str(bin_folder / "pg_isready"), *address, str(port)),
        log=log,
        stop_by=signal.SIGINT,
    ) as port:
        subprocess.run(
            [str(bin_folder / "createdb"), *address, str(port), "-U", "buurt", "buurt"],
            env={**os.environ, "PGPASSWORD": password},
            check=True,
        )
        yield f"postgres://buurt:{password}@127.0.0.1:{port}/buurt"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Yield the REDIS_URL of a fresh, empty Redis that writes nothing to disk."""
    program = shutil.which("redis-server")
    if program is None:
        message = "Redis is not installed: apt-get install redis-server"
        raise ServiceError(message)
    place = folder / "redis"
    place.mkdir(mode=0o700)
    command = _as_unprivileged([program, "--bind", "127.0.0.1", "--save", "", "--dir", str(place)], None)
    with _on_a_free_port(
        lambda port: [*command, "--port", str(port)],
        ready=lambda port: _answers("redis-cli", "-p", str(port), "ping"),
        log=place / "log",
        stop_by=signal.SIGTERM,
    ) as port:
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _on_a_free_port(
    command_for: Callable[[int], list[str]],
    *,
    ready: Callable[[int], bool],
    log: Path,
    stop_by: signal.Signals,
) -> Iterator[int]:
    """Start a server on a free port, another one when somebody else was quicker; stop it at the end."""
    with ExitStack() as stack:
        for attempt in range(1, ATTEMPTS + 1):
            port = free_port()
            try:
                with ExitStack() as trial:
                    process = trial.enter_context(_running(command_for(port), log=log, stop_by=stop_by))
                    _wait_until(partial(ready, port), process, log)
                    stack.push(trial.pop_all())
                break
            except ServiceError:
                if attempt == ATTEMPTS:
                    raise
        yield port


@contextmanager
def services(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Yield {DATABASE_URL, REDIS_URL} of two private servers; afterwards nothing of them is left."""
    folder = Path(tempfile.mkdtemp(prefix="buurt-services-"))
    folder.chmod(0o711)  # the user that PostgreSQL runs as must be able to walk through
    try:
        with postgres(folder, durable=durable) as database_url, redis(folder) as redis_url:
            yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stop_on_signals() -> None:
    """Turn Ctrl-C, SIGTERM and SIGHUP into an ordinary exit, so that every `finally` runs."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    # Also SIGINT: whoever runs us in the background left it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def run_to_the_end(command: Sequence[str], *, env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Run a command and return its exit code; when we have to leave, it gets the time to clean up too."""
    with subprocess.Popen(command, env=env, cwd=cwd) as process:
        try:
            return process.wait()
        except BaseException:
            with suppress(subprocess.TimeoutExpired):
                process.wait(GRACE_SECONDS)  # Ctrl-C in a terminal reached it as well
            stop(process, signal.SIGINT)
            raise


def main() -> int:
    parser = argparse.ArgumentParser(description="Run a command with a private PostgreSQL and Redis.")
    parser.add_argument("action", choices=["run"])
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- COMMAND [ARGUMENTS]")
    arguments = parser.parse_args()
    command: list[str] = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if not command:
        parser.error("say what to run: tools/services.py run -- COMMAND")
    stop_on_signals()
    try:
        with services() as addresses:
            return run_to_the_end(command, env={**os.environ, **addresses})
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
