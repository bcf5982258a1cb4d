"""Builds a ListFile from a tree; faults become findings."""

from __future__ import annotations

from journeys.fileformat import vocabulary as words
from journeys.fileformat.model import Field, ListFile, Part
from journeys.fileformat.reader import BLANK, Reader
from journeys.fileformat.text import Finding
from journeys.fileformat.tree import Mapping, Node

REQUIRED = ["lijst", "id", "taal", "titel", "soort", "intro", "waarna", "bron", "redactie"]


def build_list(tree: Mapping) -> tuple[ListFile, list[Finding]]:
    """Return the list, as far as it can be understood, and every fault of shape."""
    names = _field_names(tree)
    read, letter = Reader(()), Reader(names)
    found = read.fields(tree, "lijst", REQUIRED, ("delen", "velden", "tekst"))
    line = tree.line
    read.choice(found.get("lijst"), "lijst", (words.FORMAT,))
    kind = read.choice(found.get("soort"), "soort", words.LIST_KINDS, line)
    _check_kind(read, found, kind == "brief", line)
    text = letter.prose(found["tekst"], "tekst") if "tekst" in found else None
    made = ListFile(
        id=read.identifier(found.get("id"), "id", line),
        language=read.language(found.get("taal")),
        title=read.prose(found.get("titel"), "titel", line),
        kind=kind,
        intro=read.prose(found.get("intro"), "intro", line),
        after=read.prose(found.get("waarna"), "waarna", line),
        editorial=read.editorial(found.get("redactie"), line),
        parts=tuple(_part(read, item, kind == "som") for item in read.items(found.get("delen"), "delen")),
        fields=tuple(_field(read, item) for item in read.items(found.get("velden"), "velden")),
        text=text,
        sources=read.addresses(found.get("bron"), "bron"),
    )
    read.once([field.id for field in made.fields], "velden")
    used = {blank.group(1) for blank in BLANK.finditer(text or "")}
    for field in made.fields:
        if field.id not in used:
            read.fault(field.id.line, f"velden: `{field.id}` komt niet voor in de tekst")
    return made, read.findings + letter.findings


def _check_kind(read: Reader, found: dict[str, Node], is_letter: bool, line: int) -> None:
    """Note what this kind of list needs or cannot have."""
    needed = ("velden", "tekst") if is_letter else ("delen",)
    for name in ("velden", "tekst", "delen"):
        if name in needed and name not in found:
            read.fault(line, f"lijst: de sleutel `{name}` ontbreekt")
        if name not in needed and name in found:
            read.fault(found[name].line, f"lijst: de sleutel `{name}` hoort niet bij deze soort")


def _field_names(tree: Mapping) -> set[str]:
    """Return the names of the blanks, before the reading proper."""
    node = tree.get("velden")
    items = Reader(()).items(node, "velden")
    return {str(item.get("id")) for item in items if isinstance(item, Mapping) and item.get("id") is not None}


def _part(read: Reader, node: Node, is_sum: bool) -> Part:
    """Read a group of lines."""
    found = read.fields(node, "deel", ("kop", "regels", *(("teken",) if is_sum else ())))
    lines = tuple(read.prose(item, "regel") for item in read.items(found.get("regels"), "regels"))
    if "regels" in found and not lines:
        read.fault(found["regels"].line, "regels: hier hoort minstens één regel te staan")
    sign = read.choice(found.get("teken"), "teken", words.SIGNS, node.line) if is_sum else None
    return Part(read.prose(found.get("kop"), "kop", node.line), lines, sign)


def _field(read: Reader, node: Node) -> Field:
    """Read a blank of a letter."""
    found = read.fields(node, "veld", ("id", "label"))
    return Field(
        read.identifier(found.get("id"), "veld: id", node.line),
        read.prose(found.get("label"), "veld: label", node.line),
    )
