"""Conditions as sets of clauses over questions, and what is left of them once a question is answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from journeys.fileformat.model import Condition, Journey, Pick

# The options a condition asks about; the answer hits it or not.
Target = frozenset[str]
Hits = frozenset[Target]


@dataclass(frozen=True, slots=True)
class Literal:
    """The answer to question number `question` hits `target`, or does not."""

    question: int
    target: Target
    positive: bool


Term = frozenset[Literal]
Formula = frozenset[Term]  # one of the terms holds; a term holds when all its literals do

TRUE: Formula = frozenset({frozenset()})
FALSE: Formula = frozenset()


def formula(condition: Condition | None, order: dict[str, int]) -> Formula:
    """Return a condition as a formula; `order` numbers the questions."""
    if condition is None:
        return TRUE
    terms: set[Term] = set()
    for clause in condition.clauses:
        term = frozenset(_literal(pick, order, positive=True) for pick in clause.picks)
        if not clause.unless:
            terms.add(term)
        # niet (a and b) is the same as: not a, or not b.
        terms.update(term | {_literal(pick, order, positive=False)} for pick in clause.unless)
    return _absorbed(terms)


def _literal(pick: Pick, order: dict[str, int], *, positive: bool) -> Literal:
    """Return one pick as a literal."""
    return Literal(order[pick.question], frozenset(map(str, pick.options)), positive)


def either(formulas: Iterable[Formula]) -> Formula:
    """Return the formula that holds when one of these does."""
    return _absorbed(term for made in formulas for term in made)


def _absorbed(terms: Iterable[Term]) -> Formula:
    """Drop the terms that a weaker term makes needless, so that equal meanings more often look equal."""
    kept: list[Term] = []
    for term in sorted(set(terms), key=len):
        if not any(weaker <= term for weaker in kept):
            kept.append(term)
    return frozenset(kept)


@lru_cache(maxsize=200_000)
def answered(made: Formula, question: int, hits: Hits) -> Formula:
    """Return what is left of the formula when this question's answer hits exactly these targets."""
    left: set[Term] = set()
    for term in made:
        rest: set[Literal] = set()
        for literal in term:
            if literal.question != question:
                rest.add(literal)
            elif (literal.target in hits) != literal.positive:
                break
        else:
            left.add(frozenset(rest))
    return _absorbed(left)


def targets(formulas: Iterable[Formula], question: int) -> set[Target]:
    """Return what these formulas ask about one question."""
    return {literal.target for made in formulas for term in made for literal in term if literal.question == question}


def mentioned(made: Formula) -> set[int]:
    """Return the questions a formula asks about."""
    return {literal.question for term in made for literal in term}


def numbered(journey: Journey) -> dict[str, int]:
    """Return the questions by number, in file order."""
    return {str(question.id): number for number, question in enumerate(journey.questions)}
