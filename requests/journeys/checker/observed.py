"""What a route shows, as formulas: the answers with and without `vult_aan`, and the kinds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from journeys.checker.formula import Formula, either, formula
from journeys.checker.walk import Truths, Walker
from journeys.fileformat.model import Answer, Journey


@dataclass(frozen=True, slots=True)
class Observed:
    """Something a route shows or does not: a verdict over a few formulas."""

    name: str
    formulas: tuple[Formula, ...]
    verdict: Callable[[Truths], bool]

    @property
    def wishes(self) -> tuple[bool, ...]:
        """Which truths make it show: the first formula holds, and no other does."""
        return (True, *(False for _ in self.formulas[1:]))


def first(truths: Truths) -> bool:
    """The first formula holds."""
    return truths[0]


def first_only(truths: Truths) -> bool:
    """The first formula holds and the second does not."""
    return truths[0] and not truths[1]


class Shown:
    """The conditions of the answers of one journey, as formulas."""

    def __init__(self, journey: Journey, walker: Walker) -> None:
        """Make the formulas."""
        self.journey = journey
        self.own = {str(answer.id): formula(answer.condition, walker.order) for answer in journey.answers}
        zone = journey.no_neighbour
        self.no_neighbour = formula(zone.condition, walker.order) if zone else frozenset()

    def regular(self, kind: str) -> Formula:
        """Hold when an answer of the kind shows by itself."""
        return either(
            self.own[answer.id] for answer in self.journey.answers if answer.kind == kind and not answer.fallback
        )

    def any_of(self, kinds: Collection[str]) -> Formula:
        """Hold when an answer of these kinds shows; a fallback only stays away when its kind is not empty."""
        return either(self.own[answer.id] for answer in self.journey.answers if answer.kind in kinds)

    def answer(self, answer: Answer) -> Observed:
        """Observe one answer."""
        if answer.fallback:
            return Observed(answer.id, (self.own[answer.id], self.regular(answer.kind)), first_only)
        return Observed(answer.id, (self.own[answer.id],), first)

    def all(self) -> list[Observed]:
        """Observe everything a person can notice: each answer, fallbacks last, and whether open asks are offered."""
        found = [self.answer(answer) for answer in sorted(self.journey.answers, key=lambda one: one.fallback)]
        if self.journey.no_neighbour is not None:
            found.insert(0, Observed("zonder_buur", (self.no_neighbour,), first))
        return found
