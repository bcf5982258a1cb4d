"""What processes take, and how to give each a small share of a core, so that they and not the machine are narrow.

With two cores for the people, the server, PostgreSQL and Redis together a second process finds no room: then only this
shows whether two of them carry twice as much as one. Where the kernel's cgroups (version 1) may be written.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CPU = Path("/sys/fs/cgroup/cpu")
PERIOD_US = 10_000
TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return the ids of a process and of everything it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def cpu_seconds(pid: int) -> float:
    """Return the CPU seconds of a process and its children, those that ended included."""
    ticks = 0
    for one in family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICK


def memory_kb(pid: int) -> int:
    """Return the memory that a process and its children hold, in kilobytes."""
    total = 0
    for one in family(pid):
        status = Path(f"/proc/{one}/status").read_text()
        total += int(status.partition("VmRSS:")[2].split()[0])
    return total


def can_hold() -> bool:
    """Say whether shares can be given here."""
    return os.access(CPU / "cgroup.procs", os.W_OK) and (CPU / "cpu.cfs_quota_us").exists()


def workers_of(server: int) -> list[int]:
    """Return the ids of uvicorn's processes that serve: its children, or itself when it has none."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    serving = [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return serving or [server]


@contextmanager
def held(pids: list[int], share: float) -> Iterator[None]:
    """Hold each of these processes to a share of one core (0.2 is a fifth)."""
    folders: dict[int, Path] = {}
    try:
        for pid in pids:
            folders[pid] = CPU / f"buurt-bench-{pid}"
            folders[pid].mkdir()
            (folders[pid] / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (folders[pid] / "cpu.cfs_quota_us").write_text(str(int(PERIOD_US * share)))
            (folders[pid] / "cgroup.procs").write_text(str(pid))
        yield
    finally:
        for pid, folder in folders.items():
            with suppress(OSError):  # it ended
                (CPU / "cgroup.procs").write_text(str(pid))
            with suppress(OSError):
                folder.rmdir()
