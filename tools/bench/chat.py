"""The chat beside its floor: a chat server by hand, without Django, authentication, encryption, rules or read marks.

Same machine, same PostgreSQL (with fsync) and Redis, same sockets, in turn. The figure to compare is CPU per message of
the server's processes with PostgreSQL's and Redis's share; rates and delays swing with whatever else the machine does.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

import psycopg
from redis import Redis

from tools.bench._chat_processes import can_hold, cpu_seconds, family, held, memory_kb, workers_of
from tools.services import free_port, services, stop_on_signals

ROOT = Path(__file__).resolve().parent.parent.parent
PAIRS = 1_000
ROUNDS = int(os.environ.get("BUURT_BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BUURT_BENCH_SECONDS", "4"))
SHARE = 0.2
# Twice as many talk where each worker is held back: writing many at once is cheaper, so two need enough to do as well.
HELD_SOCKETS = 200
Pipes = tuple[IO[str] | None, IO[str] | None]


@dataclass
class Outcome:
    """One measurement: what the people counted, and the CPU it took."""

    counted: dict[str, Any]
    server_us: float
    database_us: float
    redis_us: float
    kb_a_socket: float = 0.0

    @property
    def total_us(self) -> float:
        """Return CPU microseconds for a message, everybody's together."""
        return self.server_us + self.database_us + self.redis_us


# -- processes ---------------------------------------------------------------------------------------------------


@contextmanager
def _server(application: str, workers: int, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve, and give the port and the id of the process."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), "--workers", str(workers)]
    command += ["--loop", "uvloop", "--http", "httptools", "--ws", "websockets-sansio"]
    command += ["--ws-per-message-deflate", "false", "--lifespan", "on", "--log-level", "warning", "--backlog", "4096"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            _wait_for(port, process, workers)
            yield port, process.pid
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                for one in reversed(family(process.pid)):
                    os.kill(one, 9)


def _wait_for(port: int, process: subprocess.Popen[bytes], workers: int) -> None:
    deadline, answers = time.monotonic() + 90, 0
    while answers < workers * 4:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            answers += 1
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                message = "the server did not start"
                raise RuntimeError(message) from error
            time.sleep(0.2)
    time.sleep(1.0 if workers > 1 else 0.2)  # the second worker has its own start


# -- one measurement -----------------------------------------------------------------------------------------------


class Bench:
    """Everything that stays the same between measurements."""

    def __init__(self, addresses: dict[str, str], folder: Path) -> None:
        self.environment = {**os.environ, **addresses, "BUURT_MODE": "demo", "BUURT_VAR": str(folder)}
        self.environment |= {"BUURT_LOG_LEVEL": "WARNING"}
        with psycopg.connect(addresses["DATABASE_URL"]) as database:
            self.postgres = int(_parent_of(database.info.backend_pid))
        self.redis = int(Redis.from_url(addresses["REDIS_URL"]).info()["process_id"])
        (folder / "static").mkdir()  # or WhiteNoise warns of it
        manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(manage, env=self.environment, cwd=ROOT, check=True)
        made = subprocess.run(
            [sys.executable, "-m", "tools.bench._chat_people", str(PAIRS)],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.people = [[cookie, talk] for cookie, talk, _ in json.loads(made.stdout.splitlines()[-1])]

    def measure(
        self, name: str, *, workers: int = 1, sockets: int = 100, mode: str = "saturate", share: float = 0.0
    ) -> Outcome:
        """Serve one application, let people talk with it, and return what it took; `share` holds each worker back."""
        site = name == "buurt"
        environment = {**self.environment, "WEB_CONCURRENCY": str(workers)}
        with _server(f"tools.bench._chat_{'site' if site else 'floor'}:application", workers, environment) as (
            port,
            pid,
        ):
            people = [["/ws" if site else f"/ws?u={n}", *self.people[n]] for n in range(sockets)]
            order = {"port": port, "people": people, "mode": mode, "every": 3.0, "site": site}
            order |= {"seconds": SECONDS if mode == "saturate" else SECONDS * 2, "warm": 1.5}
            with held(workers_of(pid), share) if share else nullcontext():
                return self._with_load(order, pid)

    def _with_load(self, order: dict[str, Any], server: int) -> Outcome:
        before = memory_kb(server)
        with subprocess.Popen(
            [sys.executable, "-m", "tools.bench._chat_load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as load:
            pipes = load.stdin, load.stdout
            self._say(pipes, json.dumps(order))
            self._hear(pipes, "opened")
            time.sleep(0.5)
            memory = (memory_kb(server) - before) / len(order["people"])
            self._say(pipes, "talk")
            self._hear(pipes, "warm")
            began = [cpu_seconds(pid) for pid in (server, self.postgres, self.redis)]
            self._hear(pipes, "talked")
            took = [
                cpu_seconds(pid) - start for pid, start in zip((server, self.postgres, self.redis), began, strict=True)
            ]
            counted = json.loads(self._line(pipes))
        spent = [seconds / max(1, counted["messages"]) * 1e6 for seconds in took]
        return Outcome(counted, spent[0], spent[1], spent[2], memory)

    @staticmethod
    def _say(pipes: Pipes, line: str) -> None:
        if pipes[0] is not None:
            pipes[0].write(line + "\n")
            pipes[0].flush()

    @staticmethod
    def _line(pipes: Pipes) -> str:
        return "" if pipes[1] is None else pipes[1].readline().strip()

    @classmethod
    def _hear(cls, pipes: Pipes, word: str) -> None:
        said = cls._line(pipes)
        if said != word:
            message = f"the people did not come to {word!r}: {said!r}"
            raise RuntimeError(message)


def _parent_of(pid: int) -> str:
    return Path(f"/proc/{pid}/status").read_text().partition("PPid:")[2].split()[0]


# -- the table -----------------------------------------------------------------------------------------------------


def _median(outcomes: list[Outcome], name: str) -> float:
    return float(statistics.median(getattr(outcome, name) for outcome in outcomes))


def _row(label: str, outcomes: list[Outcome], floor: float) -> None:
    rates = [outcome.counted["rate"] for outcome in outcomes]
    delays = [statistics.median(outcome.counted["p"][place] for outcome in outcomes) for place in range(3)]
    total = _median(outcomes, "total_us")
    parts = " + ".join(f"{_median(outcomes, part):.0f}" for part in ("server_us", "database_us", "redis_us"))
    lost = sum(outcome.counted["lost"] + outcome.counted["unheard"] for outcome in outcomes)
    print(
        f"{label:<24}{statistics.median(rates):>7.0f} ({max(rates):.0f})".ljust(40)
        + f"{parts:>18} = {total:<6.0f}{total / floor:>6.2f}"
        + f"{delays[0]:>9.0f}/{delays[1]:.0f}/{delays[2]:.0f}".ljust(20)
        + f"{lost:>6}"
    )


def _in_turn(bench: Bench, rounds: int, asked: dict[str, dict[str, Any]]) -> dict[str, list[Outcome]]:
    """Measure each of these in every round, so that a noisy minute hits all of them."""
    found: dict[str, list[Outcome]] = {label: [] for label in asked}
    for _ in range(rounds):
        for label, how in asked.items():
            found[label].append(bench.measure(how["name"], **how["with"]))
    return found


def _print_all(saturated: dict[str, list[Outcome]], paced: dict[str, list[Outcome]]) -> None:
    floor = _median(saturated["floor, 1 worker"], "total_us")
    print(
        f"{'':<24}{'messages/s (max)':<16}{'CPU us: server+PG+Redis':>24}{'x floor':>10}"
        f"{'p50/p95/p99 ms':>18}{'lost':>8}"
    )
    print("saturation: 100 sockets, 50 conversations with one message under way each")
    for label, outcomes in saturated.items():
        _row(label, outcomes, floor)
    print("2,000 sockets, everybody sends every 3 seconds")
    floor = _median(paced["floor, 1 worker"], "total_us")
    for label, outcomes in paced.items():
        _row(label, outcomes, floor)
    for label, outcomes in paced.items():
        print(f"{label:<24}{_median(outcomes, 'kb_a_socket'):.1f} MB for 1,000 idle sockets")
    one, two = saturated["buurt, 1 worker"], saturated["buurt, 2 workers"]
    rate = [statistics.median(outcome.counted["rate"] for outcome in outcomes) for outcomes in (one, two)]
    room = 2 * _median(one, "server_us") / _median(two, "server_us")
    print(f"two workers: {rate[1] / rate[0]:.2f} times the messages of one here; {room:.2f} times by CPU per message")


def _print_held(bench: Bench) -> None:
    """Print how two workers compare with one where they, and not the machine, are the narrow place."""
    how: dict[str, Any] = {"share": SHARE, "sockets": HELD_SOCKETS}
    names = {f"buurt, {n} worker{'s' * (n > 1)} held": {"name": "buurt", "with": {"workers": n, **how}} for n in (1, 2)}
    found = _in_turn(bench, ROUNDS, names)
    print(f"saturation with {HELD_SOCKETS} sockets, each worker held to {SHARE:.0%} of a core")
    one, two = found.values()
    for label, outcomes in found.items():
        _row(label, outcomes, _median(one, "total_us"))
    rate = [statistics.median(outcome.counted["rate"] for outcome in outcomes) for outcomes in (one, two)]
    print(f"two workers: {rate[1] / rate[0]:.2f} times the messages of one")


def main() -> int:
    """Measure, print the table; the exit code is 1 when a message was lost."""
    stop_on_signals()
    began = time.monotonic()
    with services(durable=True) as addresses, tempfile.TemporaryDirectory(prefix="buurt-bench-") as folder:
        bench = Bench(addresses, Path(folder))
        print(f"load average {os.getloadavg()[0]:.1f} at the start, {os.cpu_count()} processors, {ROUNDS} rounds")
        print(f"{PAIRS * 2:,} people made after {time.monotonic() - began:.0f} s", flush=True)
        saturated = _in_turn(
            bench,
            ROUNDS,
            {
                f"{name}, {workers} worker{'s' * (workers > 1)}": {"name": name, "with": {"workers": workers}}
                for workers in (1, 2)
                for name in ("floor", "buurt")
            },
        )
        print(f"with 100 sockets measured after {time.monotonic() - began:.0f} s", flush=True)
        paced = _in_turn(
            bench,
            max(1, ROUNDS - 1),
            {
                f"{name}, 1 worker": {"name": name, "with": {"sockets": PAIRS * 2, "mode": "pace"}}
                for name in ("floor", "buurt")
            },
        )
        _print_all(saturated, paced)
        if can_hold():
            _print_held(bench)
        print(f"load average {os.getloadavg()[0]:.1f} at the end, after {time.monotonic() - began:.0f} s in all")
    ours = [each for found in (saturated, paced) for label, all_ in found.items() for each in all_ if "buurt" in label]
    return int(any(each.counted["lost"] for each in ours))


if __name__ == "__main__":
    sys.exit(main())
