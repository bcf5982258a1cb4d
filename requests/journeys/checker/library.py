"""The other files a wegwijzer may point at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from journeys.fileformat.loader import read_file
from journeys.fileformat.model import Journey
from journeys.fileformat.text import FileError
from journeys.fileformat.tree import read_bytes

DATA = Path(__file__).resolve().parent.parent / "data"
ADOPTED = DATA / "wegwijzers"
LISTS = DATA / "lijsten"


@dataclass(frozen=True, slots=True)
class Library:
    """Wegwijzers by id, and the ids of the lists."""

    journeys: Mapping[str, Journey] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()


def adopted() -> list[Path]:
    """Return the wegwijzers this installation brings along."""
    return sorted(ADOPTED.glob("*.yaml"))


def everything() -> list[Path]:
    """Return the wegwijzers and the lists this installation brings along."""
    return [*adopted(), *sorted(LISTS.glob("*.yaml"))]


def collect(files: Iterable[Path]) -> Library:
    """Return the library: what is adopted, and over that the given files. Unreadable files are left out."""
    journeys: dict[str, Journey] = {}
    lists: set[str] = set()
    for path in [*everything(), *files]:
        try:
            made, _ = read_file(read_bytes(path))
        except FileError:
            continue  # the check of that file itself says so
        if isinstance(made, Journey):
            journeys[str(made.id)] = made
        else:
            lists.add(str(made.id))
    return Library(journeys, frozenset(lists))
