"""The other files a wegwijzer may point at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from journeys.fileformat.loader import read_file
from journeys.fileformat.model import Journey, ListFile
from journeys.fileformat.text import FileError
from journeys.fileformat.tree import read_bytes

DATA = Path(__file__).resolve().parent.parent / "data"
ADOPTED = DATA / "wegwijzers"
LISTS = DATA / "lijsten"
# Translations stand in a folder with the code of their language, a municipality's own words below this one.
LOCAL = DATA / "lokaal"


@dataclass(frozen=True, slots=True)
class Library:
    """Wegwijzers and lists by id."""

    journeys: Mapping[str, Journey] = field(default_factory=dict)
    lists: Mapping[str, ListFile] = field(default_factory=dict)


def adopted() -> list[Path]:
    """Return the wegwijzers this installation brings along."""
    return sorted(ADOPTED.glob("*.yaml"))


def everything() -> list[Path]:
    """Return the wegwijzers and the lists this installation brings along."""
    return [*adopted(), *sorted(LISTS.glob("*.yaml"))]


def overlays() -> list[Path]:
    """Return the translations, and then the words of municipalities, so that those come over them."""
    found = sorted(path for path in DATA.glob("*/*/*.yaml") if path.parent.parent != LOCAL)
    return [*found, *sorted(LOCAL.glob("*/*.yaml"))]


def collect(files: Iterable[Path]) -> Library:
    """Return the library: what is adopted, and over that the given files. Unreadable files are left out."""
    journeys: dict[str, Journey] = {}
    lists: dict[str, ListFile] = {}
    for path in [*everything(), *files]:
        try:
            made, _ = read_file(read_bytes(path))
        except FileError:
            continue  # the check of that file itself says so
        if isinstance(made, Journey):
            journeys[str(made.id)] = made
        elif isinstance(made, ListFile):
            lists[str(made.id)] = made
    return Library(journeys, lists)
