"""An overlay, "lokaal 1": other words for a wegwijzer or a list, by id; for a municipality or in another language.

Beside words a municipality may add answers, and hide one with a reason. Questions and options it cannot touch:
there is no way to write that down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from journeys.fileformat import vocabulary as words
from journeys.fileformat.journey_reader import read_answer
from journeys.fileformat.model import Answer, Editorial
from journeys.fileformat.reader import Reader, shown
from journeys.fileformat.text import Finding, Text
from journeys.fileformat.tree import Mapping as Branch
from journeys.fileformat.tree import Node, Sequence

KEY = "lokaal"
TEXTS_OF_JOURNEY = ("titel", "intro", "omdat", "herken", "vragen", "antwoorden")
TEXTS_OF_LIST = ("titel", "intro", "delen", "velden", "tekst", "waarna")
# Where a text stands: antwoorden, schuldhulp, titel. Items of a list go by their number, from 1.
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """An answer that does not show here, and why."""

    answer: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class Overlay:
    """Words over a core file; `community` is the slug of a municipality, empty for a translation."""

    of_list: bool
    target: Text
    version: Text
    language: Text
    community: Text
    editorial: Editorial
    texts: Mapping[Path, Text] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    added: tuple[Answer, ...] = ()


def build_overlay(tree: Branch) -> tuple[Overlay, list[Finding]]:
    """Return the overlay, as far as it can be understood, and every fault of shape."""
    of_list = tree.get("lijst") is not None
    roots = TEXTS_OF_LIST if of_list else TEXTS_OF_JOURNEY
    name = "lijst" if of_list else "wegwijzer"
    own = () if of_list else ("versie",)
    local = () if of_list else ("verberg", "erbij")
    # The blanks of the core are compared when the overlay is laid over it.
    read = Reader(words.ANY_BLANK)
    found = read.fields(tree, KEY, (KEY, name, "taal", "redactie", *own), ("gemeente", *roots, *local))
    line = tree.line
    read.choice(found.get(KEY), KEY, (words.FORMAT,))
    texts: dict[Path, Text] = {}
    for root in roots:
        for path, text in _leaves(read, (root,), found.get(root)):
            texts[path] = text
    added = tuple(read_answer(read, item) for item in read.items(found.get("erbij"), "erbij"))
    read.once([answer.id for answer in added], "erbij")
    community = found.get("gemeente")
    if (added or "verberg" in found) and community is None:
        read.fault(line, f"{KEY}: verbergen en toevoegen kan alleen voor een `gemeente`")
    return Overlay(
        of_list=of_list,
        target=read.identifier(found.get(name), name, line),
        version=read.prose(found.get("versie"), "versie", line) if own else Text("", line),
        language=read.language(found.get("taal")),
        community=read.identifier(community, "gemeente") if community is not None else Text("", line),
        editorial=read.editorial(found.get("redactie"), line),
        texts=texts,
        hidden=tuple(_hidden(read, item) for item in read.items(found.get("verberg"), "verberg")),
        added=added,
    ), read.findings


def _hidden(read: Reader, node: Node) -> Hidden:
    """Read which answer does not show, and why; without a reason it is not hidden."""
    found = read.fields(node, "verberg", ("antwoord", "omdat"))
    return Hidden(
        read.identifier(found.get("antwoord"), "verberg: antwoord", node.line),
        read.prose(found.get("omdat"), "verberg: omdat", node.line),
    )


def _leaves(read: Reader, path: Path, node: Node | None) -> Iterator[tuple[Path, Text]]:
    """Yield every text below a node, with where it stands."""
    if node is None:
        return
    if isinstance(node, Branch):
        for key, value in node.items:
            yield from _leaves(read, (*path, str(key)), value)
    elif isinstance(node, Sequence):
        for number, value in enumerate(node.items, start=1):
            yield from _leaves(read, (*path, str(number)), value)
    else:
        yield path, read.prose(node, ": ".join(shown(part) for part in path))
