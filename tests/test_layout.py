"""The layout that imports, migrations and readers rely on."""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import AppConfig, apps

LONGEST_FILE = 300
OUR_LABELS = (
    *("ledger", "communities", "organisations", "residents", "moderation"),
    *("posts", "chat", "journeys", "matching", "notifications", "config"),
)
# Folders of one machine, and the place beside the checkout that nobody else has.
FORBIDDEN = re.compile(r"\.\./shared\b|/(?:home/[a-z]|Users/[A-Z]|root/)")


def _our_apps() -> list[AppConfig]:
    return [apps.get_app_config(label) for label in OUR_LABELS]


def _tracked(project: Path, *patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=project, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [project / name for name in listed.stdout.split("\0") if name and (project / name).is_file()]


def test_requests_folder_holds_apps_only(project: Path) -> None:
    """A module in requests/ (an __init__.py above all) would shadow the HTTP library of that name."""
    assert list((project / "requests").glob("*.py")) == []


def test_import_requests_is_the_library(project: Path) -> None:
    spec = find_spec("requests")

    assert spec is not None
    assert spec.origin is not None
    assert not Path(spec.origin).is_relative_to(project / "requests")


@pytest.mark.parametrize("label", OUR_LABELS)
def test_app_is_ours(label: str, project: Path) -> None:
    """No dependency may shadow `chat` or `notifications`."""
    folder = Path(apps.get_app_config(label).path)

    assert folder.is_relative_to(project)
    assert ".venv" not in folder.parts


def test_app_with_models_has_migrations_package() -> None:
    """Without migrations/__init__.py makemigrations sees nothing, and its check is green."""
    missing = [
        app.label
        for app in _our_apps()
        if list(app.get_models()) and not (Path(app.path) / "migrations" / "__init__.py").exists()
    ]

    assert missing == []


def test_python_files_are_short(project: Path) -> None:
    files = [path for path in _tracked(project, "*.py") if "migrations" not in path.parts]
    long = {str(path.relative_to(project)): lines for path in files if (lines := _lines(path)) > LONGEST_FILE}

    assert files
    assert long == {}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_nothing_names_a_folder_of_one_machine(project: Path) -> None:
    found = []
    for path in _tracked(project):
        if path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(project)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if FORBIDDEN.search(line)
        ]

    assert found == []


def test_lock_files_name_no_registry(project: Path) -> None:
    """Whoever installs chooses the registry; a lock file must not remember the one of this machine."""
    address = re.compile(r"https?://|--(?:extra-)?index.url|--find.links|file://")
    lines = [
        f"{path.name}: {line}"
        for path in _tracked(project, "constraints.txt", "assets/package-lock.json")
        for line in path.read_text(encoding="utf-8").splitlines()
        if address.search(line)
    ]

    assert lines == []
