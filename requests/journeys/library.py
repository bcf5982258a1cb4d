"""The wegwijzers and lists of this installation: read and checked once, then kept."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from journeys.checker.check import check_whole_overlay
from journeys.checker.library import Library, everything, overlays
from journeys.fileformat.loader import read_file
from journeys.fileformat.model import Journey, ListFile
from journeys.fileformat.overlaid import laid_over, list_laid_over
from journeys.fileformat.overlay import Overlay
from journeys.fileformat.text import FileError
from journeys.fileformat.tree import read_bytes

logger = logging.getLogger(__name__)


CORE_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that can be shown, by id; and what is laid over it, in the order it is laid."""

    journeys: dict[str, Journey] = field(default_factory=dict)
    lists: dict[str, ListFile] = field(default_factory=dict)
    overlays: list[Overlay] = field(default_factory=list)


@cache
def shelf() -> Shelf:
    """Return the shelf of this installation; the first visitor after a start waits for it."""
    return fill([*everything(), *overlays()])


def fill(paths: Iterable[Path]) -> Shelf:
    """Return the shelf with these files on it. A faulty file is left out and named in the log, never half shown.

    Overlays come after what they are laid over.
    """
    filled = Shelf()
    for path in paths:
        try:
            made, findings = read_file(read_bytes(path))
            if isinstance(made, Overlay) and not findings:
                found = check_whole_overlay(made, Library(filled.journeys, filled.lists))
                findings = [finding for finding in found if finding.is_error]
            if findings:
                raise FileError(findings)
        except FileError as error:
            logger.error("%s is left out: %s", path.name, error)
            continue
        if isinstance(made, Overlay):
            filled.overlays.append(made)
        elif isinstance(made, Journey):
            filled.journeys[str(made.id)] = made
        else:
            filled.lists[str(made.id)] = made
    return filled


def all_journeys(language: str = CORE_LANGUAGE, community: str = "") -> list[Journey]:
    """Return the wegwijzers by title."""
    found = [find_journey(name, language, community) for name in shelf().journeys]
    return sorted((each for each in found if each is not None), key=lambda journey: str(journey.title))


def find_journey(name: str, language: str = CORE_LANGUAGE, community: str = "") -> Journey | None:
    """Return the wegwijzer with this id: in this language if it has the words, with what the municipality changed."""
    if name not in shelf().journeys:
        return None
    return _worded(name, language, community)


@cache
def _worded(name: str, language: str, community: str) -> Journey:
    journey = shelf().journeys[name]
    for overlay in shelf().overlays:
        if overlay.of_list or overlay.target != name or overlay.community not in {"", community}:
            continue
        if overlay.language != language:
            # What a municipality adds or hides counts in every language; its words in their own.
            journey = laid_over(journey, replace(overlay, texts={}))
        else:
            journey = laid_over(journey, overlay)
    return journey


def find_list(name: str, language: str = CORE_LANGUAGE, community: str = "") -> ListFile | None:
    """Return the list with this id, in this language if it has the words."""
    return _worded_list(name, language, community) if name in shelf().lists else None


@cache
def _worded_list(name: str, language: str, community: str) -> ListFile:
    found = shelf().lists[name]
    for overlay in shelf().overlays:
        fits = overlay.of_list and overlay.target == name and overlay.community in {"", community}
        if fits and overlay.language == language:
            found = list_laid_over(found, overlay)
    return found
