"""Writes an overlay in its one canonical form: the same overlay gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeys.fileformat.overlay import KEY, Overlay
from journeys.fileformat.vocabulary import FORMAT
from journeys.fileformat.writer import answer_lines, editorial_lines, indented, item, prose, quoted, word

# Stands on lines of its own, whatever its length.
BLOCKS = frozenset({"intro", "tekst"})


def write_overlay(made: Overlay) -> str:
    """Return the file of an overlay."""
    return "\n".join(_overlay(made)) + "\n"


def _overlay(made: Overlay) -> Iterator[str]:
    yield f"{KEY}: {quoted(FORMAT)}"
    yield f"{'lijst' if made.of_list else 'wegwijzer'}: {word(made.target)}"
    if not made.of_list:
        yield f"versie: {quoted(made.version)}"
    yield f"taal: {word(made.language)}"
    if made.community:
        yield f"gemeente: {word(made.community)}"
    yield from editorial_lines(made.editorial)
    yield from _branch(_tree(made), top=True)
    if made.hidden:
        yield "verberg:"
        for each in made.hidden:
            yield from item([f"antwoord: {word(each.answer)}", f"omdat: {quoted(each.reason)}"])
    if made.added:
        yield "erbij:"
        for answer in made.added:
            yield from item(answer_lines(answer))


def _tree(made: Overlay) -> dict[str, Any]:
    """Return the texts as maps in maps again."""
    tree: dict[str, Any] = {}
    for path, text in made.texts.items():
        branch = tree
        for part in path[:-1]:
            branch = branch.setdefault(part, {})
        branch[path[-1]] = text
    return tree


def _branch(tree: dict[str, Any], *, top: bool = False) -> Iterator[str]:
    for name, below in tree.items():
        if not isinstance(below, dict):
            yield from prose(name, below) if top and name in BLOCKS else [f"{word(name)}: {quoted(below)}"]
        elif (top and name in {"herken", "delen"}) or name == "regels":
            yield f"{name}:"
            yield from indented(_items(below), 2)
        else:
            yield f"{word(name)}:"
            yield from indented(_branch(below), 2)


def _items(tree: dict[str, Any]) -> Iterator[str]:
    for below in tree.values():
        if isinstance(below, dict):
            first, *rest = _branch(below)
            yield f"- {first}"
            yield from indented(rest, 2)
        else:
            yield f"- {quoted(below)}"
