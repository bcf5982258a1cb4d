"""The wegwijzer and the list as frozen data, in the order of the file. All strings are Text and know their line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from journeys.fileformat.text import Text
from journeys.fileformat.vocabulary import FORMAL, INFORMAL, MANY, YES_NO

# What somebody chose: per question the option ids.
Choices = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Pick:
    """A question with options: any of them. `listed` remembers that the file wrote a list."""

    question: Text
    options: tuple[Text, ...]
    listed: bool = False

    def holds(self, chosen: Choices) -> bool:
        """Say whether one of the options was chosen; a question nobody asked never holds."""
        given = chosen.get(self.question, frozenset())
        return any(option in given for option in self.options)


@dataclass(frozen=True, slots=True)
class Clause:
    """All picks hold, and the picks of `unless` (`niet`) do not all hold."""

    picks: tuple[Pick, ...]
    unless: tuple[Pick, ...] = ()

    def holds(self, chosen: Choices) -> bool:
        """Say whether the clause is true for these choices."""
        if self.unless and all(pick.holds(chosen) for pick in self.unless):
            return False
        return all(pick.holds(chosen) for pick in self.picks)

    @property
    def line(self) -> int:
        """The line of its first word."""
        first = (*self.picks, *self.unless)
        return first[0].question.line if first else 0


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the clauses holds. `listed` remembers that the file wrote a list."""

    clauses: tuple[Clause, ...]
    listed: bool = False

    def holds(self, chosen: Choices) -> bool:
        """Say whether the condition is true for these choices."""
        return any(clause.holds(chosen) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer to a question."""

    id: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `alone` is the option of a multiple choice that excludes the others."""

    id: Text
    text: Text
    kind: Text
    options: tuple[Option, ...]
    explanation: Text | None = None
    alone: Text | None = None
    condition: Condition | None = None

    @property
    def is_many(self) -> bool:
        """Say whether more than one option may be chosen."""
        return self.kind == MANY

    def is_asked(self, chosen: Choices) -> bool:
        """Say whether the question is visible after these choices."""
        return self.condition is None or self.condition.holds(chosen)

    def allows(self, options: frozenset[str]) -> bool:
        """Say whether exactly these options can be chosen together."""
        if not options or not options <= {option.id for option in self.options}:
            return False
        return len(options) == 1 or (self.is_many and self.alone not in options)


@dataclass(frozen=True, slots=True)
class Action:
    """What an answer leads to: `main` names the kind of action, `value` its target."""

    main: Text
    value: Text
    extra: tuple[tuple[Text, Text], ...] = ()
    carries: tuple[Text, ...] = ()

    def get(self, key: str) -> Text | None:
        """Return the extra under `key`, as in kosten, open, voorbeeld, stil, upn, naam."""
        return next((value for name, value in self.extra if name == key), None)

    @property
    def is_quiet(self) -> bool:
        """Say whether the ask is quiet from the start."""
        return self.get("stil") == YES_NO[0]


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """When informal help is no longer the answer, and which answer is."""

    text: Text
    target: Text


@dataclass(frozen=True, slots=True)
class Answer:
    """One card of the result."""

    id: Text
    kind: Text
    domain: Text
    weight: Text
    title: Text
    text: Text
    action: Action
    fallback: bool = False
    condition: Condition | None = None
    turning_point: TurningPoint | None = None
    shares: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = ()

    @property
    def is_informal(self) -> bool:
        """Say whether it needs a turning point."""
        return self.kind in INFORMAL

    @property
    def is_formal(self) -> bool:
        """Say whether a turning point may lead here."""
        return self.kind in FORMAL

    def holds(self, chosen: Choices) -> bool:
        """Say whether its own condition is true; a fallback also needs an empty kind."""
        return self.condition is None or self.condition.holds(chosen)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A recognisable sentence that presets answers."""

    text: Text
    sets: tuple[Pick, ...]
    source: Text


@dataclass(frozen=True, slots=True)
class Example:
    """A named person with choices, and which answers that person must and must not get."""

    name: Text
    picks: tuple[Pick, ...]
    gets: tuple[Text, ...]
    gets_not: tuple[Text, ...] = ()

    @property
    def choices(self) -> dict[str, frozenset[str]]:
        """The choices of this person."""
        return {str(pick.question): frozenset(map(str, pick.options)) for pick in self.picks}


@dataclass(frozen=True, slots=True)
class NoNeighbour:
    """Where no open ask may be offered, and why."""

    condition: Condition
    reason: Text


@dataclass(frozen=True, slots=True)
class Editorial:
    """Who owns the file, who looked at it, when, and by when again."""

    owner: Text
    checked_by: Text
    checked_on: Text
    again_before: Text


@dataclass(frozen=True, slots=True)
class Journey:
    """One wegwijzer."""

    id: Text
    version: Text
    language: Text
    title: Text
    intro: Text
    domains: tuple[Text, ...]
    sensitive: bool
    editorial: Editorial
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...]
    examples: tuple[Example, ...]
    sentences: tuple[Sentence, ...] = ()
    no_neighbour: NoNeighbour | None = None
    sensitive_line: int = field(default=0, compare=False)

    def question(self, name: str) -> Question | None:
        """Return the question with this id."""
        return next((question for question in self.questions if question.id == name), None)

    def answer(self, name: str) -> Answer | None:
        """Return the answer with this id."""
        return next((answer for answer in self.answers if answer.id == name), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A group of lines in a list; `sign` only in a sum."""

    heading: Text
    lines: tuple[Text, ...]
    sign: Text | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A blank in a letter."""

    id: Text
    label: Text


@dataclass(frozen=True, slots=True)
class ListFile:
    """One list: lines to tick, a sum, a letter with blanks, or questions to take along."""

    id: Text
    language: Text
    title: Text
    kind: Text
    intro: Text
    after: Text
    editorial: Editorial
    parts: tuple[Part, ...] = ()
    fields: tuple[Field, ...] = ()
    text: Text | None = None
    sources: tuple[Text, ...] = ()
