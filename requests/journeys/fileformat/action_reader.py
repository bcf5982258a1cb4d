"""Reads an action: exactly one main key and what may stand beside it."""

from __future__ import annotations

from journeys.fileformat import vocabulary as words
from journeys.fileformat.model import Action
from journeys.fileformat.reader import Reader, shown
from journeys.fileformat.text import Text
from journeys.fileformat.tree import Mapping, Node

NOTHING = Action(Text(""), Text(""))
CARRIES = "neemt_mee"


def read_action(read: Reader, node: Node | None, where: str, line: int) -> Action:
    """Return the action; without exactly one main key it is empty and E09 says so."""
    if node is None:
        return Action(Text("", line), Text("", line))
    if not isinstance(node, Mapping):
        read.fault(node.line, f"{where}: een actie ziet er zo uit: `loket: huisarts`")
        return NOTHING
    mains = [key for key, _ in node.items if key in words.ACTIONS]
    if len(mains) != 1:
        named = ", ".join(mains) or "geen"
        read.fault(node.line, f"{where}: een actie heeft precies één hoofdsleutel (hier: {named})", "E09")
    main = mains[0] if mains else Text("", node.line)
    allowed = words.ACTIONS.get(main, {})
    for name, required in allowed.items():
        if required and node.get(name) is None:
            read.fault(node.line, f"{where}: bij de actie {main} hoort `{name}`")
    extra: list[tuple[Text, Text]] = []
    carries: tuple[Text, ...] = ()
    for key, value in node.items:
        if key in mains:
            continue
        if key not in allowed:
            read.fault(key.line, f"{where}: de sleutel `{shown(key)}` hoort niet bij deze actie")
        elif key == CARRIES:
            carries = read.identifiers(value, f"{where}: {CARRIES}")
        else:
            extra.append((key, _extra(read, key, value, where)))
    # In the order of the format, so that two files that say the same are the same.
    extra.sort(key=lambda item: list(allowed).index(item[0]))
    value_node = node.get(main)
    value = read.raw(value_node, f"{where}: {main}", node.line) if main else Text("", node.line)
    return Action(main, value, tuple(extra), carries)


def _extra(read: Reader, key: Text, value: Node, where: str) -> Text:
    """Read what stands beside the main key."""
    if key == "stil":
        return read.choice(value, f"{where}: stil", words.YES_NO)
    return read.prose(value, f"{where}: {key}", key.line)
