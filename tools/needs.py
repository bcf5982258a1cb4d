"""What must stand on the machine itself, and how it gets there: by apt where allowed, else one line to run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tools.services import postgres_bin

POLICY = Path("/usr/sbin/policy-rc.d")


def chromium() -> str | None:
    """Return the path of a browser for the tests: the one named in CHROMIUM, else the lightest installed."""
    names = [
        os.environ.get("CHROMIUM", ""),
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    ]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def _noto() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    return any(next(folder.rglob("NotoSans-Regular.*"), None) for folder in folders if folder.is_dir())


@dataclass(frozen=True)
class Need:
    """Something that pip cannot bring: what it is, whether it is here, and Debian's package of it."""

    what: str
    present: Callable[[], bool]
    package: str


VENV = Need("Python's venv", lambda: find_spec("ensurepip") is not None, "python3-venv")
FOR_TESTS = (
    Need("PostgreSQL", lambda: postgres_bin() is not None, "postgresql"),
    Need("Redis", lambda: shutil.which("redis-server") is not None, "redis-server"),
    Need("a headless Chromium", lambda: chromium() is not None, "chromium-headless-shell"),
    Need("fonts beyond Latin", _noto, "fonts-noto-core"),
)


def _apt_prefix() -> list[str] | None:
    """Return what goes before `apt-get` when we may use it without asking, else None."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


@contextmanager
def _without_starting_servers() -> Iterator[None]:
    """Keep Debian from starting the servers it installs: the tests start their own, on their own ports."""
    if os.geteuid() != 0 or POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def ensure(needs: Sequence[Need]) -> bool:
    """Make sure everything is here; install what is missing when allowed. False after saying what to run."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return True
    packages = " ".join(need.package for need in missing)
    install = f"apt-get install -y --no-install-recommends {packages}"
    prefix = _apt_prefix()
    if prefix is not None:
        print(f"Installing {packages} (Debian packages) ...", flush=True)
        _apt(prefix, packages.split())
        missing = [need for need in needs if not need.present()]
    if missing:
        print(f"Missing: {', '.join(need.what for need in missing)}. Run this, then try again:", file=sys.stderr)
        print(f"  sudo sh -c 'apt-get update && {install}'", file=sys.stderr)
    return not missing


def _apt(prefix: list[str], packages: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages])
    with _without_starting_servers():
        for step in steps:
            result = subprocess.run(
                [*prefix, "apt-get", *step],
                env=quiet,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if result.returncode != 0:
                print(result.stdout[-3000:], file=sys.stderr)
