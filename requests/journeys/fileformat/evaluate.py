"""What somebody sees: the questions that are asked, and the answers that show, in order and with reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from journeys.fileformat.model import Answer, Choices, Journey, Option, Question
from journeys.fileformat.vocabulary import KINDS

# What comes in: per question id option ids, from a session or a form, so nothing in it is sure.
Given = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A choice of the person that made an answer show."""

    question: Question
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An answer that shows, why, and the answer its turning point leads to."""

    answer: Answer
    reasons: tuple[Reason, ...]
    beyond: Answer | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one route leads to; with `no_neighbour` no open ask may be offered anywhere."""

    cards: tuple[Card, ...]
    no_neighbour: bool

    def of_kind(self, kind: str) -> tuple[Card, ...]:
        """Return the cards of one kind, heaviest first."""
        return tuple(card for card in self.cards if card.answer.kind == kind)


def accepted(journey: Journey, given: Given) -> dict[str, frozenset[str]]:
    """Return what can count: options that exist, of questions that are asked. Anything else is left out.

    Who ticks "geen van deze" and something else is taken at the something else.
    """
    chosen: dict[str, frozenset[str]] = {}
    for question in journey.questions:
        if not question.is_asked(chosen):
            continue
        known = {str(option.id) for option in question.options}
        options = frozenset(map(str, given.get(question.id, ()))) & known
        if question.is_many and len(options) > 1:
            options -= {str(question.alone)}
        if question.allows(options):
            chosen[str(question.id)] = options
    return chosen


def visible_questions(journey: Journey, given: Given) -> tuple[Question, ...]:
    """Return the questions that are asked after these choices, in file order."""
    chosen = accepted(journey, given)
    return tuple(question for question in journey.questions if question.is_asked(chosen))


def open_questions(journey: Journey, given: Given) -> tuple[Question, ...]:
    """Return the questions that are asked and have no answer yet."""
    chosen = accepted(journey, given)
    return tuple(question for question in visible_questions(journey, chosen) if question.id not in chosen)


def outcome(journey: Journey, given: Given) -> Outcome:
    """Return the cards for these choices: by kind, the heaviest first, then in file order."""
    chosen = accepted(journey, given)
    shown = sorted(shown_answers(journey, chosen), key=lambda answer: (KINDS.index(answer.kind), -int(answer.weight)))
    cards = tuple(
        Card(
            answer,
            reasons(journey, answer, chosen),
            journey.answer(answer.turning_point.target) if answer.turning_point else None,
        )
        for answer in shown
    )
    zone = journey.no_neighbour
    return Outcome(cards, zone is not None and zone.condition.holds(chosen))


def shown_answers(journey: Journey, chosen: Choices) -> tuple[Answer, ...]:
    """Return the answers that show, in file order; a fallback only where its kind would be empty."""
    holding = [answer for answer in journey.answers if answer.holds(chosen)]
    filled = {str(answer.kind) for answer in holding if not answer.fallback}
    return tuple(answer for answer in holding if not (answer.fallback and answer.kind in filled))


def reasons(journey: Journey, answer: Answer, chosen: Choices) -> tuple[Reason, ...]:
    """Return the person's own choices that made the answer show; none when it shows to everybody."""
    if answer.condition is None:
        return ()
    because: dict[str, set[str]] = {}
    for clause in answer.condition.clauses:
        if not clause.holds(chosen):
            continue
        for pick in clause.picks:
            because.setdefault(str(pick.question), set()).update(set(pick.options) & chosen[pick.question])
        if not clause.picks:
            # Only a `niet`: then what was chosen instead is the reason.
            for pick in clause.unless:
                because.setdefault(str(pick.question), set()).update(chosen.get(pick.question, ()))
    return tuple(
        Reason(question, tuple(option for option in question.options if option.id in because[question.id]))
        for question in journey.questions
        if because.get(question.id)
    )


def all_routes(journey: Journey) -> Iterator[dict[str, frozenset[str]]]:
    """Yield every complete way through the questions; there can be very many."""
    yield from _onward(journey, 0, {})


def _onward(journey: Journey, number: int, chosen: dict[str, frozenset[str]]) -> Iterator[dict[str, frozenset[str]]]:
    """Yield the routes that go on from these choices."""
    if number == len(journey.questions):
        yield dict(chosen)
        return
    question = journey.questions[number]
    if not question.is_asked(chosen):
        yield from _onward(journey, number + 1, chosen)
        return
    for options in selections(question):
        yield from _onward(journey, number + 1, {**chosen, str(question.id): options})


def selections(question: Question) -> Iterator[frozenset[str]]:
    """Yield everything that can be chosen at a question."""
    names = [str(option.id) for option in question.options]
    yield from (frozenset({name}) for name in names)
    if question.is_many:
        free = [name for name in names if name != question.alone]
        for size in range(2, len(free) + 1):
            yield from (frozenset(some) for some in combinations(free, size))
