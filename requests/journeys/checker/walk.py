"""Walks through the questions. Of a walk only what later questions and conditions still need is remembered, so
walks that nothing can tell apart merge; every route is covered and none is listed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from journeys.checker.formula import (
    TRUE,
    UNASKED,
    Formula,
    Hits,
    Literal,
    Value,
    answered,
    formula,
    mentioned,
    numbered,
    targets,
    values,
)
from journeys.fileformat.model import Journey

MAX_STEPS = 400_000

Path = tuple[tuple[str, tuple[str, ...]], ...]
Truths = tuple[bool, ...]
# For every condition what is left of it; first those of the questions still to come, then the ones asked about.
State = tuple[Formula, ...]
# What a pair of answers to one question is about, and the pairs that show it.
Label = tuple[str, ...]
Pairs = dict[tuple[Hits, Hits], set[Label]]


class TooManyRoutes(Exception):
    """The file is too large to be checked exactly; it is never checked by halves."""


@dataclass(slots=True)
class Budget:
    """Counts steps, so that no file keeps the checker busy for ever."""

    left: int = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Take steps from the budget, or refuse."""
        self.left -= steps
        if self.left < 0:
            raise TooManyRoutes


class Walker:
    """The questions of one journey, ready to be walked."""

    def __init__(self, journey: Journey) -> None:
        """Number the questions and make formulas of their conditions."""
        self.journey = journey
        self.order = numbered(journey)
        self.asked = [formula(question.condition, self.order) for question in journey.questions]
        self.budget = Budget()

    def relevant(self, formulas: Iterable[Formula], also: Iterable[int] = ()) -> list[int]:
        """Return the questions the formulas depend on, those that make these visible included, in file order."""
        todo = {number for made in formulas for number in mentioned(made)} | set(also)
        found: set[int] = set()
        while todo:
            number = todo.pop()
            found.add(number)
            todo |= mentioned(self.asked[number]) - found
        return sorted(found)

    def values(self, number: int, formulas: Iterable[Formula], extreme: str = "") -> list[Value]:
        """Return the ways to answer that these formulas can tell apart; `extreme` keeps the least or the most."""
        found = values(self.journey.questions[number], targets(formulas, number))
        if not extreme or not self.journey.questions[number].is_many:
            return found
        if extreme == "least":
            return [value for value in found if not any(other.hits < value.hits for other in found)]
        return [value for value in found if not any(other.hits > value.hits for other in found)]

    def is_monotone(self, formulas: Iterable[Formula]) -> bool:
        """Say whether choosing more can only make more true: no `niet` about a question that may stay unasked."""

        def harmless(literal: Literal) -> bool:
            return literal.positive or self.asked[literal.question] == TRUE

        return all(harmless(literal) for made in formulas for term in made for literal in term)

    def ends(self, formulas: tuple[Formula, ...], extreme: str = "") -> dict[Truths, Path]:
        """Return every combination of truths the formulas can end with, each with a route that leads there.

        `extreme` says that only the smallest ("least") or largest ("most") truths matter.
        """
        numbers = self.relevant(formulas)
        tracked = [*(self.asked[number] for number in numbers), *formulas]
        if extreme and not self.is_monotone(tracked):
            extreme = ""
        states: dict[State, Path] = {tuple(tracked): ()}
        for number in numbers:
            choices = self.values(number, tracked, extreme)
            after: dict[State, Path] = {}
            for state, path in states.items():
                visible = state[0] == TRUE
                self.budget.spend(len(choices))
                for value in choices if visible else [UNASKED]:
                    new = _step(state, number, value.hits)
                    if new not in after:
                        after[new] = (*path, (str(self.journey.questions[number].id), value.chosen))
            states = after
        return {_truths(state): path for state, path in states.items()}

    def count(self) -> int:
        """Return the number of routes: complete, different ways through the questions."""
        numbers = list(range(len(self.asked)))
        states: dict[State, int] = {tuple(self.asked): 1}
        for number in numbers:
            choices = self.values(number, self.asked)
            after: dict[State, int] = {}
            for state, ways in states.items():
                self.budget.spend(len(choices))
                for value in choices if state[0] == TRUE else [UNASKED]:
                    new = _step(state, number, value.hits)
                    after[new] = after.get(new, 0) + ways * value.count
            states = after
        return sum(states.values())

    def differing(
        self,
        number: int,
        formulas: tuple[Formula, ...],
        pairs: Pairs,
        verdict: Callable[[Truths], bool],
    ) -> set[Label]:
        """Return the labels of those pairs of answers to one question that can lead to another verdict.

        Both copies of the walk make the same choices elsewhere; a question only one of them sees is answered
        by that one alone.
        """
        numbers = self.relevant(formulas, [number])
        tracked = [*(self.asked[item] for item in numbers), *formulas]
        before: set[State] = {tuple(tracked)}
        twins: dict[tuple[State, State], set[Label]] = {}
        for item in numbers:
            if item == number:
                twins = self._split(before, number, pairs)
            elif item < number:
                before = {state for one in before for state in self._steps(one, item, tracked)}
            else:
                twins = self._step_twins(twins, item, tracked)
        found: set[Label] = set()
        for (one, other), labels in twins.items():
            if verdict(_truths(one)) != verdict(_truths(other)):
                found |= labels
        return found

    def _steps(self, state: State, number: int, tracked: list[Formula]) -> set[State]:
        """Return where one state can go when this question has had its turn."""
        choices = self.values(number, tracked) if state[0] == TRUE else [UNASKED]
        self.budget.spend(len(choices))
        return {_step(state, number, value.hits) for value in choices}

    def _split(self, states: set[State], number: int, pairs: Pairs) -> dict[tuple[State, State], set[Label]]:
        """Return the twins that answer this question differently, those left that are not the same again."""
        twins: dict[tuple[State, State], set[Label]] = {}
        for state in states:
            if state[0] != TRUE:
                continue
            self.budget.spend(len(pairs))
            for (one, other), labels in pairs.items():
                twin = (_step(state, number, one), _step(state, number, other))
                if twin[0] != twin[1]:
                    twins.setdefault(twin, set()).update(labels)
        return twins

    def _step_twins(
        self, twins: dict[tuple[State, State], set[Label]], number: int, tracked: list[Formula]
    ) -> dict[tuple[State, State], set[Label]]:
        """Return where twins can go; twins that became the same are done."""
        choices = self.values(number, tracked)
        after: dict[tuple[State, State], set[Label]] = {}
        for twin, labels in twins.items():
            seen = tuple(state[0] == TRUE for state in twin)
            self.budget.spend(len(choices))
            for value in choices if any(seen) else [UNASKED]:
                hits = [value.hits if sees else UNASKED.hits for sees in seen]
                new = (_step(twin[0], number, hits[0]), _step(twin[1], number, hits[1]))
                if new[0] != new[1]:
                    after.setdefault(new, set()).update(labels)
        return after


def _step(state: State, number: int, hits: Hits) -> State:
    """Return what is left after this question, its own condition no longer included."""
    return tuple(answered(made, number, hits) for made in state[1:])


def _truths(state: State) -> Truths:
    """Return the truths of formulas that are all decided."""
    return tuple(made == TRUE for made in state)


def told(path: Path) -> str:
    """Return a route in words for a finding."""
    parts = [f"{name}={'+'.join(chosen)}" for name, chosen in path if chosen]
    return ", ".join(parts) if parts else "elke route"
