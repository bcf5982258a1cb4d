"""Reads the parts of a file that journeys and lists share, and notes every fault instead of stopping at one."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from journeys.fileformat.model import Editorial
from journeys.fileformat.text import Finding, Text
from journeys.fileformat.tree import Mapping, Node, Sequence
from journeys.fileformat.vocabulary import ANY_BLANK, YES_NO

IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
ADDRESS = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][^\s\"'<>\\@`]*)?")
MARKUP = re.compile(r"<[/!?a-zA-Z]|&#?\w+;")
BLANK = re.compile(r"\{\{(.*?)\}\}|\{\{|\}\}", re.DOTALL)
MAX_ID = 60
MAX_TEXT = 4000


class Reader:
    """Collects findings; each method returns a usable value even when the node is wrong."""

    def __init__(self, blanks: Collection[str]) -> None:
        """Start without findings; `blanks` are the names allowed in {{...}}."""
        self.findings: list[Finding] = []
        self.blanks = blanks

    def fault(self, line: int, text: str, code: str = "E01") -> None:
        """Note a fault."""
        self.findings.append(Finding(line, code, text))

    def fields(
        self, node: Node, where: str, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Node]:
        """Return the known keys of a map; unknown and missing ones are faults."""
        if not isinstance(node, Mapping):
            self.fault(node.line, f"{where}: hier horen sleutels te staan")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.items:
            if key in required or key in optional:
                found[str(key)] = value
            else:
                self.fault(key.line, f"{where}: de sleutel `{shown(key)}` bestaat niet")
        for key_name in required:
            if key_name not in found:
                self.fault(node.line, f"{where}: de sleutel `{key_name}` ontbreekt")
        return found

    def items(self, node: Node | None, where: str) -> tuple[Node, ...]:
        """Return the items of a list."""
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.fault(node.line, f"{where}: hier hoort een lijst te staan")
        return ()

    def raw(self, node: Node | None, where: str, line: int = 0) -> Text:
        """Return a single text that says something."""
        if node is None:
            return Text("", line)
        if not isinstance(node, Text):
            self.fault(node.line, f"{where}: hier hoort één tekst te staan")
            return Text("", node.line)
        if not node.strip():
            self.fault(node.line, f"{where}: deze tekst is leeg")
        elif len(node) > MAX_TEXT:
            self.fault(node.line, f"{where}: deze tekst is langer dan {MAX_TEXT} tekens")
        return node

    def prose(self, node: Node | None, where: str, line: int = 0) -> Text:
        """Return a text for people: no mark-up, and only the blanks that can be filled."""
        text = self.raw(node, where, line)
        if MARKUP.search(text):
            self.fault(text.line, f"{where}: HTML mag niet in een tekst")
        for found in BLANK.finditer(text):
            known = found.group(1) in self.blanks or self.blanks == ANY_BLANK
            if found.group(1) is None or not known:
                self.fault(text.line, f"{where}: {shown(found.group())} kan niet worden ingevuld")
        return text

    def identifier(self, node: Node | None, where: str, line: int = 0) -> Text:
        """Return an id: small letters, digits and dashes."""
        text = self.raw(node, where, line)
        if text and (len(text) > MAX_ID or not IDENTIFIER.fullmatch(text)):
            self.fault(text.line, f"{where}: `{shown(text)}` is geen id (kleine letters, cijfers, streepjes)")
        return text

    def identifiers(self, node: Node | None, where: str) -> tuple[Text, ...]:
        """Return a list of ids, each once."""
        found = tuple(self.identifier(item, where) for item in self.items(node, where))
        self.once(found, where)
        return found

    def once(self, names: Collection[Text], where: str) -> None:
        """Note every name that stands in a list for the second time."""
        seen: set[str] = set()
        for name in names:
            if name and name in seen:
                self.fault(name.line, f"{where}: `{shown(name)}` staat er twee keer", "E02")
            seen.add(name)

    def choice(self, node: Node | None, where: str, allowed: Collection[str], line: int = 0) -> Text:
        """Return one word of a closed list."""
        text = self.raw(node, where, line)
        if text and text not in allowed:
            self.fault(text.line, f"{where}: `{shown(text)}` bestaat niet; kies uit {', '.join(allowed)}")
        return text

    def yes(self, node: Node | None, where: str) -> bool:
        """Return whether the file says ja."""
        return self.choice(node, where, YES_NO) == YES_NO[0]

    def addresses(self, node: Node | None, where: str) -> tuple[Text, ...]:
        """Return a list of https addresses."""
        found = tuple(self.raw(item, where) for item in self.items(node, where))
        for text in found:
            if text and not ADDRESS.fullmatch(text):
                self.fault(text.line, f"{where}: `{shown(text)}` is geen adres dat met https:// begint")
        self.once(found, where)
        return found

    def language(self, node: Node | None) -> Text:
        """Return the language of the file."""
        text = self.raw(node, "taal")
        if text and not LANGUAGE.fullmatch(text):
            self.fault(text.line, f"taal: `{shown(text)}` is geen taalcode")
        return text

    def date(self, node: Node | None, where: str, line: int) -> Text:
        """Return a date written as 2026-11-23."""
        text = self.raw(node, where, line)
        if text and as_date(text) is None:
            self.fault(text.line, f"{where}: `{shown(text)}` is geen datum zoals 2026-11-23")
        return text

    def editorial(self, node: Node | None, line: int) -> Editorial:
        """Return who looks after the file."""
        names = ("eigenaar", "nagekeken_door", "nagekeken_op", "opnieuw_voor")
        found = {} if node is None else self.fields(node, "redactie", names)
        line = line if node is None else node.line
        return Editorial(
            owner=self.prose(found.get("eigenaar"), "eigenaar", line),
            checked_by=self.prose(found.get("nagekeken_door"), "nagekeken_door", line),
            checked_on=self.date(found.get("nagekeken_op"), "nagekeken_op", line),
            again_before=self.date(found.get("opnieuw_voor"), "opnieuw_voor", line),
        )


def as_date(text: str) -> date | None:
    """Return the date, if the text is one written as 2026-11-23."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def shown(text: str) -> str:
    """Return a text fit for one line of a report."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 50 else flat[:49] + "…"
