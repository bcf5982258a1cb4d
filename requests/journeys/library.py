"""The wegwijzers and lists of this installation: read and checked once, then kept."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from journeys.checker.library import everything
from journeys.fileformat.loader import read_file
from journeys.fileformat.model import Journey, ListFile
from journeys.fileformat.text import FileError
from journeys.fileformat.tree import read_bytes

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that can be shown, by id."""

    journeys: dict[str, Journey] = field(default_factory=dict)
    lists: dict[str, ListFile] = field(default_factory=dict)


@cache
def shelf() -> Shelf:
    """Return the shelf of this installation; the first visitor after a start waits for it."""
    return fill(everything())


def fill(paths: Iterable[Path]) -> Shelf:
    """Return the shelf with these files on it. A faulty file is left out and named in the log, never half shown."""
    filled = Shelf()
    for path in paths:
        try:
            made, findings = read_file(read_bytes(path))
            if findings:
                raise FileError(findings)
        except FileError as error:
            logger.error("%s is left out: %s", path.name, error)
            continue
        if isinstance(made, Journey):
            filled.journeys[str(made.id)] = made
        else:
            filled.lists[str(made.id)] = made
    return filled


def all_journeys() -> list[Journey]:
    """Return the wegwijzers by title."""
    return sorted(shelf().journeys.values(), key=lambda journey: str(journey.title))


def find_journey(name: str) -> Journey | None:
    """Return the wegwijzer with this id."""
    return shelf().journeys.get(name)


def find_list(name: str) -> ListFile | None:
    """Return the list with this id."""
    return shelf().lists.get(name)
