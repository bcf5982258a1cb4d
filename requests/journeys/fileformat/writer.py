"""Writes a model in the one canonical form: the same model gives the same bytes, wherever it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from journeys.fileformat.model import (
    Action,
    Answer,
    Condition,
    Editorial,
    Example,
    Journey,
    ListFile,
    Pick,
    Question,
    Sentence,
)
from journeys.fileformat.reader import IDENTIFIER
from journeys.fileformat.vocabulary import FORMAT, YES_NO

# Extras of an action that are words, not prose.
PLAIN_EXTRAS = frozenset({"stil"})
# Main keys whose value is an id.
PLAIN_MAINS = frozenset({"hulp", "aanbod", "initiatief", "loket", "lijst", "wegwijzer"})


def write_journey(journey: Journey) -> str:
    """Return the file of a wegwijzer."""
    return "\n".join(_journey(journey)) + "\n"


def write_list(made: ListFile) -> str:
    """Return the file of a list."""
    return "\n".join(_list(made)) + "\n"


def _journey(journey: Journey) -> Iterator[str]:
    """Yield the lines of a wegwijzer."""
    yield f"wegwijzer: {quoted(FORMAT)}"
    yield f"id: {word(journey.id)}"
    yield f"versie: {quoted(journey.version)}"
    yield f"taal: {word(journey.language)}"
    yield f"titel: {quoted(journey.title)}"
    yield from prose("intro", journey.intro)
    yield f"leefgebieden: {listed(journey.domains)}"
    yield f"gevoelig: {YES_NO[0] if journey.sensitive else YES_NO[1]}"
    if journey.no_neighbour:
        yield "zonder_buur:"
        yield from indented(condition(journey.no_neighbour.condition), 2)
        yield f"  omdat: {quoted(journey.no_neighbour.reason)}"
    yield from editorial_lines(journey.editorial)
    if journey.sentences:
        yield "herken:"
        for sentence in journey.sentences:
            yield from item(_sentence(sentence))
    yield from ("", "vragen:")
    for question in journey.questions:
        yield from item(_question(question))
    yield from ("", "antwoorden:")
    for answer in journey.answers:
        yield from item(answer_lines(answer))
    yield from ("", "voorbeelden:")
    for example in journey.examples:
        yield from item(_example(example))


def editorial_lines(editorial: Editorial) -> Iterator[str]:
    """Yield the lines of who looks after the file."""
    yield "redactie:"
    yield f"  eigenaar: {quoted(editorial.owner)}"
    yield f"  nagekeken_door: {quoted(editorial.checked_by)}"
    yield f"  nagekeken_op: {quoted(editorial.checked_on)}"
    yield f"  opnieuw_voor: {quoted(editorial.again_before)}"


def _sentence(sentence: Sentence) -> Iterator[str]:
    """Yield the lines of a recognisable sentence."""
    yield f"zin: {quoted(sentence.text)}"
    yield f"zet: {picks(sentence.sets)}"
    yield f"van: {quoted(sentence.source)}"


def _question(question: Question) -> Iterator[str]:
    """Yield the lines of a question."""
    yield f"id: {word(question.id)}"
    yield f"vraag: {quoted(question.text)}"
    if question.explanation is not None:
        yield f"uitleg: {quoted(question.explanation)}"
    yield f"soort: {word(question.kind)}"
    if question.alone is not None:
        yield f"alleen: {word(question.alone)}"
    yield from condition(question.condition)
    yield "opties:"
    for option in question.options:
        yield f"  {word(option.id)}: {quoted(option.text)}"


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield the lines of an answer."""
    yield f"id: {word(answer.id)}"
    yield f"soort: {word(answer.kind)}"
    yield f"leefgebied: {word(answer.domain)}"
    yield f"zwaarte: {quoted(answer.weight)}"
    if answer.fallback:
        yield f"vult_aan: {YES_NO[0]}"
    yield from condition(answer.condition)
    yield f"titel: {quoted(answer.title)}"
    yield f"tekst: {quoted(answer.text)}"
    yield "actie:"
    yield from indented(_action(answer.action), 2)
    if answer.turning_point is not None:
        yield "keerpunt:"
        yield f"  tekst: {quoted(answer.turning_point.text)}"
        yield f"  naar: {word(answer.turning_point.target)}"
    if answer.shares:
        yield f"deel: {listed(answer.shares)}"
    if answer.sources:
        yield from _sources(answer.sources)


def _action(action: Action) -> Iterator[str]:
    """Yield the lines of an action."""
    value = word(action.value) if action.main in PLAIN_MAINS else quoted(action.value)
    yield f"{action.main}: {value}"
    for name, text in action.extra:
        yield f"{name}: {word(text) if name in PLAIN_EXTRAS else quoted(text)}"
    if action.carries:
        yield f"neemt_mee: {listed(action.carries)}"


def _example(example: Example) -> Iterator[str]:
    """Yield the lines of a what-if example."""
    yield f"naam: {quoted(example.name)}"
    yield f"kiest: {picks(example.picks)}"
    yield f"krijgt: {listed(example.gets)}"
    if example.gets_not:
        yield f"krijgt_niet: {listed(example.gets_not)}"


def _list(made: ListFile) -> Iterator[str]:
    """Yield the lines of a list."""
    yield f"lijst: {quoted(FORMAT)}"
    yield f"id: {word(made.id)}"
    yield f"taal: {word(made.language)}"
    yield f"titel: {quoted(made.title)}"
    yield f"soort: {word(made.kind)}"
    yield from prose("intro", made.intro)
    if made.parts:
        yield "delen:"
    for part in made.parts:
        yield f"  - kop: {quoted(part.heading)}"
        if part.sign is not None:
            yield f"    teken: {word(part.sign)}"
        yield "    regels:"
        yield from (f"      - {quoted(line)}" for line in part.lines)
    if made.fields:
        yield "velden:"
    for field in made.fields:
        yield f"  - id: {word(field.id)}"
        yield f"    label: {quoted(field.label)}"
    if made.text is not None:
        yield from prose("tekst", made.text)
    yield f"waarna: {quoted(made.after)}"
    yield from _sources(made.sources)
    yield from editorial_lines(made.editorial)


def _sources(sources: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the sources."""
    lines = [f"  - {quoted(source)}" for source in sources]
    yield "bron:" if lines else "bron: []"
    yield from lines


def condition(made: Condition | None) -> Iterator[str]:
    """Yield the lines of a condition."""
    if made is None:
        return
    maps = [picks(clause.picks, clause.unless) for clause in made.clauses]
    if made.listed:
        yield "als:"
        yield from (f"  - {text}" for text in maps)
    else:
        yield f"als: {maps[0]}"


def picks(made: Sequence[Pick], unless: Sequence[Pick] = ()) -> str:
    """Return picks as one inline map."""
    parts = [
        f"{word(pick.question)}: {listed(pick.options) if pick.listed else word(pick.options[0])}" for pick in made
    ]
    if unless:
        parts.append(f"niet: {picks(unless)}")
    return "{" + ", ".join(parts) + "}"


def listed(names: Iterable[str]) -> str:
    """Return words as one inline list."""
    return "[" + ", ".join(map(word, names)) + "]"


def word(text: str) -> str:
    """Return an id bare, and anything else quoted."""
    return str(text) if IDENTIFIER.fullmatch(text) else quoted(text)


def quoted(text: str) -> str:
    """Return a text between double quotes."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def prose(key: str, text: str) -> Iterator[str]:
    """Yield a text of whole lines as a literal block, and any other text quoted."""
    lines = text.split("\n")
    is_block = (
        lines[-1] == ""
        and bool(lines[0])
        and not text.endswith("\n\n")
        and not lines[0].startswith(" ")
        and all(line == line.rstrip() for line in lines)
        and "\t" not in text
    )
    if not is_block:
        yield f"{key}: {quoted(text)}"
        return
    yield f"{key}: |"
    yield from (f"  {line}" if line else "" for line in lines[:-1])


def item(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines as an item of a block list."""
    first, *rest = lines
    yield f"  - {first}"
    yield from indented(rest, 4)


def indented(lines: Iterable[str], by: int) -> Iterator[str]:
    """Yield the lines further to the right."""
    yield from (" " * by + line for line in lines)
