"""From bytes to a model. `load_*` refuses a faulty file, `read_*` tells every fault of shape."""

from __future__ import annotations

from journeys.fileformat.journey_reader import build_journey
from journeys.fileformat.list_reader import build_list
from journeys.fileformat.model import Journey, ListFile
from journeys.fileformat.overlay import KEY, Overlay, build_overlay
from journeys.fileformat.text import FileError, Finding
from journeys.fileformat.tree import parse


def read_file(data: bytes | str) -> tuple[Journey | ListFile | Overlay, list[Finding]]:
    """Return what the file holds and its faults of shape; FileError when it does not load at all."""
    tree = parse(data)
    if tree.get(KEY) is not None:
        return build_overlay(tree)
    if tree.get("lijst") is not None and tree.get("wegwijzer") is None:
        return build_list(tree)
    return build_journey(tree)


def load_journey(data: bytes | str) -> Journey:
    """Return the wegwijzer in the file, or raise FileError."""
    journey, findings = build_journey(parse(data))
    if findings:
        raise FileError(findings)
    return journey


def load_list(data: bytes | str) -> ListFile:
    """Return the list in the file, or raise FileError."""
    made, findings = build_list(parse(data))
    if findings:
        raise FileError(findings)
    return made
