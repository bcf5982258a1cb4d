"""Builds a Journey from a tree. Faults of shape become findings (E01, E02); the rest is the checker's work."""

from __future__ import annotations

from journeys.fileformat import vocabulary as words
from journeys.fileformat.action_reader import read_action
from journeys.fileformat.model import (
    Answer,
    Clause,
    Condition,
    Example,
    Journey,
    NoNeighbour,
    Option,
    Pick,
    Question,
    Sentence,
    TurningPoint,
)
from journeys.fileformat.reader import Reader
from journeys.fileformat.text import Finding, Text
from journeys.fileformat.tree import Mapping, Node, Sequence

REQUIRED = [
    "wegwijzer",
    "id",
    "versie",
    "taal",
    "titel",
    "intro",
    "leefgebieden",
    "gevoelig",
    "redactie",
    "vragen",
    "antwoorden",
    "voorbeelden",
]


def build_journey(tree: Mapping) -> tuple[Journey, list[Finding]]:
    """Return the journey, as far as it can be understood, and every fault of shape."""
    read = Reader(words.PLACEHOLDERS)
    found = read.fields(tree, "wegwijzer", REQUIRED, ("zonder_buur", "herken"))
    line = tree.line
    read.choice(found.get("wegwijzer"), "wegwijzer", (words.FORMAT,))
    domains = read.identifiers(found.get("leefgebieden"), "leefgebieden")
    for domain in domains:
        read.choice(domain, "leefgebieden", words.DOMAINS)
    if isinstance(found.get("leefgebieden"), Sequence) and not domains:
        read.fault(found["leefgebieden"].line, "leefgebieden: noem er minstens één")
    sensitive = found.get("gevoelig")
    journey = Journey(
        id=read.identifier(found.get("id"), "id", line),
        version=read.prose(found.get("versie"), "versie", line),
        language=read.language(found.get("taal")),
        title=read.prose(found.get("titel"), "titel", line),
        intro=read.prose(found.get("intro"), "intro", line),
        domains=domains,
        sensitive=read.yes(sensitive, "gevoelig"),
        sensitive_line=sensitive.line if sensitive is not None else line,
        no_neighbour=_no_neighbour(read, found.get("zonder_buur")),
        editorial=read.editorial(found.get("redactie"), line),
        sentences=tuple(_sentence(read, item) for item in read.items(found.get("herken"), "herken")),
        questions=tuple(_question(read, item) for item in _some(read, found.get("vragen"), "vragen")),
        answers=tuple(read_answer(read, item) for item in _some(read, found.get("antwoorden"), "antwoorden")),
        examples=tuple(_example(read, item) for item in _some(read, found.get("voorbeelden"), "voorbeelden")),
    )
    read.once([question.id for question in journey.questions], "vragen")
    read.once([answer.id for answer in journey.answers], "antwoorden")
    return journey, read.findings


def _some(read: Reader, node: Node | None, where: str) -> tuple[Node, ...]:
    """Read a list that may not be empty."""
    items = read.items(node, where)
    if isinstance(node, Sequence) and not items:
        read.fault(node.line, f"{where}: hier hoort minstens één te staan")
    return items


def _no_neighbour(read: Reader, node: Node | None) -> NoNeighbour | None:
    """Read where no open ask may be offered."""
    if node is None:
        return None
    found = read.fields(node, "zonder_buur", ("als", "omdat"))
    condition = _condition(read, found.get("als"), "zonder_buur")
    reason = read.prose(found.get("omdat"), "zonder_buur: omdat", node.line)
    # Without a readable condition the careful side is: nowhere an open ask.
    return NoNeighbour(condition or Condition((Clause(()),)), reason)


def _sentence(read: Reader, node: Node) -> Sentence:
    """Read a recognisable sentence."""
    found = read.fields(node, "herken", ("zin", "zet", "van"))
    return Sentence(
        text=read.prose(found.get("zin"), "herken: zin", node.line),
        sets=_picks(read, found.get("zet"), "herken: zet"),
        source=read.prose(found.get("van"), "herken: van", node.line),
    )


def _question(read: Reader, node: Node) -> Question:
    """Read a question."""
    found = read.fields(node, "vraag", ("id", "vraag", "soort", "opties"), ("uitleg", "alleen", "als"))
    name = read.identifier(found.get("id"), "vraag: id", node.line)
    where = f"vraag {name}"
    if name == words.NOT:
        read.fault(name.line, "vraag: de id `niet` betekent al iets anders")
    kind = read.choice(found.get("soort"), f"{where}: soort", (words.ONE, words.MANY), name.line)
    if "alleen" in found and kind == words.ONE:
        read.fault(found["alleen"].line, f"{where}: `alleen` hoort bij een vraag met soort meer")
    return Question(
        id=name,
        text=read.prose(found.get("vraag"), f"{where}: vraag", name.line),
        kind=kind,
        options=_options(read, found.get("opties"), where),
        explanation=read.prose(found["uitleg"], f"{where}: uitleg") if "uitleg" in found else None,
        alone=read.identifier(found["alleen"], f"{where}: alleen") if "alleen" in found else None,
        condition=_condition(read, found.get("als"), where),
    )


def _options(read: Reader, node: Node | None, where: str) -> tuple[Option, ...]:
    """Read the options of a question."""
    if node is None:
        return ()
    if not isinstance(node, Mapping) or not node.items:
        read.fault(node.line, f'{where}: opties horen er zo uit te zien: `ja: "Ja"`')
        return ()
    return tuple(
        Option(read.identifier(key, f"{where}: optie"), read.prose(value, f"{where}: optie {key}", key.line))
        for key, value in node.items
    )


def read_answer(read: Reader, node: Node) -> Answer:
    """Read an answer."""
    required = ("id", "soort", "leefgebied", "zwaarte", "titel", "tekst", "actie")
    optional = (words.FALLBACK_KEY, "als", "keerpunt", "deel", "bron")
    found = read.fields(node, "antwoord", required, optional)
    name = read.identifier(found.get("id"), "antwoord: id", node.line)
    where = f"antwoord {name}"
    return Answer(
        id=name,
        kind=read.choice(found.get("soort"), f"{where}: soort", words.KINDS, name.line),
        domain=read.choice(found.get("leefgebied"), f"{where}: leefgebied", words.DOMAINS, name.line),
        weight=read.choice(found.get("zwaarte"), f"{where}: zwaarte", words.WEIGHTS, name.line),
        fallback=words.FALLBACK_KEY in found and read.yes(found[words.FALLBACK_KEY], f"{where}: vult_aan"),
        condition=_condition(read, found.get("als"), where),
        title=read.prose(found.get("titel"), f"{where}: titel", name.line),
        text=read.prose(found.get("tekst"), f"{where}: tekst", name.line),
        action=read_action(read, found.get("actie"), where, name.line),
        turning_point=_turning_point(read, found.get("keerpunt"), where),
        shares=read.identifiers(found.get("deel"), f"{where}: deel"),
        sources=read.addresses(found.get("bron"), f"{where}: bron"),
    )


def _turning_point(read: Reader, node: Node | None, where: str) -> TurningPoint | None:
    """Read when informal help is no longer the answer."""
    if node is None:
        return None
    found = read.fields(node, f"{where}: keerpunt", ("tekst", "naar"))
    return TurningPoint(
        text=read.prose(found.get("tekst"), f"{where}: keerpunt", node.line),
        target=read.identifier(found.get("naar"), f"{where}: keerpunt: naar", node.line),
    )


def _example(read: Reader, node: Node) -> Example:
    """Read a what-if example."""
    found = read.fields(node, "voorbeeld", ("naam", "kiest", "krijgt"), ("krijgt_niet",))
    return Example(
        name=read.prose(found.get("naam"), "voorbeeld: naam", node.line),
        picks=_picks(read, found.get("kiest"), "voorbeeld: kiest"),
        gets=read.identifiers(found.get("krijgt"), "voorbeeld: krijgt"),
        gets_not=read.identifiers(found.get("krijgt_niet"), "voorbeeld: krijgt_niet"),
    )


def _condition(read: Reader, node: Node | None, where: str) -> Condition | None:
    """Read a condition: a map, or a list of maps."""
    if node is None:
        return None
    if isinstance(node, Mapping):
        return Condition((_clause(read, node, where),))
    items = read.items(node, f"{where}: als")
    if isinstance(node, Sequence) and not items:
        read.fault(node.line, f"{where}: deze voorwaarde is leeg; laat `als` dan weg")
    clauses = tuple(_clause(read, item, where) for item in items)
    return Condition(clauses, listed=True) if clauses else None


def _clause(read: Reader, node: Node, where: str) -> Clause:
    """Read one map of a condition."""
    if not isinstance(node, Mapping):
        read.fault(node.line, f"{where}: een voorwaarde ziet er zo uit: `als: {{post: dicht}}`")
        return Clause(())
    if not node.items:
        read.fault(node.line, f"{where}: deze voorwaarde is leeg; laat `als` dan weg")
    unless = node.get(words.NOT)
    rest = Mapping(tuple(item for item in node.items if item[0] != words.NOT), node.line)
    excluded = () if unless is None else _picks(read, unless, f"{where}: niet")
    if unless is not None and not excluded:
        read.fault(unless.line, f"{where}: `niet` is leeg")
        return Clause(())  # what was meant is not known
    return Clause(_picks(read, rest, where), excluded)


def _picks(read: Reader, node: Node | None, where: str) -> tuple[Pick, ...]:
    """Read a map of questions with one option or a list of options."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        read.fault(node.line, f"{where}: hier hoort `vraag: optie` te staan")
        return ()
    return tuple(_pick(read, key, value, where) for key, value in node.items)


def _pick(read: Reader, key: Text, value: Node, where: str) -> Pick:
    """Read one question with its options."""
    question = read.identifier(key, where)
    if isinstance(value, Sequence):
        options = read.identifiers(value, f"{where}: {key}")
        if not options:
            read.fault(value.line, f"{where}: bij `{key}` staat geen optie")
        return Pick(question, options, listed=True)
    return Pick(question, (read.identifier(value, f"{where}: {key}", key.line),))
