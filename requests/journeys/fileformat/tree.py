"""Strict YAML: a tree of texts, maps and lists with line numbers, or a FileError. Nothing is ever interpreted.

Aliases, anchors, tags, duplicate keys, several documents, deep nesting and big files are refused while the
events stream past, so a YAML bomb never becomes an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from journeys.fileformat.text import FileError, Text

MAX_BYTES = 256 * 1024
MAX_DEPTH = 10
MAX_NODES = 20_000

# What YAML cannot hold, what no reader can see, and what turns text around on the screen.
UNSAFE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list in the file."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map in the file, keys unique and in file order."""

    items: tuple[tuple[Text, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """Return the node under `key`, if the file has it."""
        return next((node for name, node in self.items if name == key), None)


Node = Text | Sequence | Mapping


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file of acceptable size; anything else is a FileError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileError.at(1, "het bestand bestaat niet") from error
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise FileError.at(1, "het bestand is niet te lezen") from error
    return data


def parse(data: bytes | str) -> Mapping:
    """Return the file as a tree; every scalar is the text as written."""
    source = _decoded(data)
    quotes = _Quotes()
    events = _events(source, quotes)
    try:
        tree = _document(events)
    except yaml.MarkedYAMLError as error:
        # Of a quote that is never closed, or by the next one, the beginning helps and not where it goes wrong.
        unclosed = error.context_mark if "quoted scalar" in (error.context or "") else quotes.open
        mark = unclosed or error.problem_mark or error.context_mark
        text = f"dit is geen geldige YAML; staat alle tekst tussen aanhalingstekens? ({error.problem or error.context})"
        raise FileError.at(mark.line + 1 if mark else 1, text) from error
    except (yaml.YAMLError, ValueError, OverflowError, LookupError, RecursionError) as error:
        raise FileError.at(1, f"dit is geen geldige YAML: {type(error).__name__}") from error
    if not isinstance(tree, Mapping):
        raise FileError.at(tree.line, 'het bestand moet beginnen met sleutels, zoals `wegwijzer: "1"`')
    return tree


def _decoded(data: bytes | str) -> str:
    """Return the text of the file, after the refusals that need no parser."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        raise FileError.at(1, f"het bestand is groter dan {MAX_BYTES // 1024} kB")
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError.at(line, "het bestand is geen UTF-8") from error
    source = source.replace("\r\n", "\n")
    found = UNSAFE.search(source)
    if found:
        line = source.count("\n", 0, found.start()) + 1
        raise FileError.at(line, f"een teken dat hier niet mag: U+{ord(found.group()):04X}")
    return source


class _Quotes:
    """Remembers where a quoted text began that goes on over lines, until the next text."""

    open: Any = None

    def see(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            begin, end = event.start_mark, event.end_mark
            goes_on = event.style in {"'", '"'} and begin is not None and end is not None and begin.line < end.line
            self.open = begin if goes_on else None


def _events(source: str, quotes: _Quotes) -> Iterator[yaml.Event]:
    """Yield the events of the file that carry content, refusing what could refer, convert or explode."""
    depth = count = 0
    # SafeLoader only names the scanner here: events are taken before anything is constructed.
    for event in yaml.parse(source, Loader=yaml.SafeLoader):
        line = _line(event)
        quotes.see(event)
        if isinstance(event, yaml.AliasEvent):
            raise FileError.at(line, "verwijzingen (*) mogen niet")
        if isinstance(event, yaml.NodeEvent):
            count += 1
            if event.anchor is not None:
                raise FileError.at(line, "ankers (&) mogen niet")
            if getattr(event, "tag", None) is not None:
                raise FileError.at(line, "tags (!) mogen niet")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise FileError.at(line, "het bestand is te diep of te groot")
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            raise FileError.at(line, "regels met % mogen niet")
        yield event


def _line(event: yaml.Event) -> int:
    """Return the line an event stands on, counted from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _document(events: Iterator[yaml.Event]) -> Node:
    """Read the one document of the file."""
    tree: Node | None = None
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            tree = _node(event, events)
        elif isinstance(event, yaml.DocumentStartEvent) and tree is not None:
            raise FileError.at(_line(event), "er mag maar één document in het bestand staan")
    if tree is None:
        raise FileError.at(1, "het bestand is leeg")
    return tree


def _node(event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
    """Read the node that starts with `event`; its depth is bounded by _events."""
    line = _line(event)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event, line)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(_node(inner, events))
        return Sequence(tuple(items), line)
    return _mapping(events, line)


def _scalar(event: yaml.ScalarEvent, line: int) -> Text:
    """Return the text as written, without characters that escapes could smuggle in."""
    found = UNSAFE.search(event.value)
    if found:
        raise FileError.at(line, f"een teken dat hier niet mag: U+{ord(found.group()):04X}")
    return Text(event.value, line)


def _mapping(events: Iterator[yaml.Event], line: int) -> Mapping:
    """Read a map up to its end; keys are texts and stand there once."""
    items: list[tuple[Text, Node]] = []
    seen: set[str] = set()
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _node(event, events)
        if not isinstance(key, Text):
            raise FileError.at(key.line, "een sleutel moet een woord zijn")
        if key in seen:
            raise FileError.at(key.line, f"de sleutel `{key}` staat er twee keer")
        seen.add(key)
        items.append((key, _node(next(events), events)))
    return Mapping(tuple(items), line)
