"""Walks through the questions. Of a walk only what later questions and conditions still need is remembered, so
walks that nothing can tell apart merge; every route is covered and none is listed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from journeys.checker.formula import (
    TRUE,
    Formula,
    Hits,
    Target,
    answered,
    formula,
    mentioned,
    numbered,
    targets,
)
from journeys.checker.ways import UNASKED, Sides, Value, values
from journeys.fileformat.model import Journey, Question

MAX_STEPS = 200_000

Path = tuple[tuple[str, tuple[str, ...]], ...]
Truths = tuple[bool, ...]
# For every condition what is left of it; first those of the questions still to come, then the ones asked about.
State = tuple[Formula, ...]
# What is looked for in each formula: True, False, or None where both matter; nothing at all means None for all.
Wishes = tuple[bool | None, ...]
Tracked = dict[Formula, bool | None]
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

    def values(self, number: int, tracked: Tracked, question: Question | None = None) -> list[Value]:
        """Return the ways to answer that can matter: not those that another one beats in every wish.

        With `question` the options are those of that question instead.
        """
        asked = targets(tracked, number)
        sides = None
        if set(tracked.values()) != {None} and self._is_plain(tracked):
            sides = _sides(tracked, number)
        return values(question or self.journey.questions[number], asked, sides, self.budget.spend)

    def _is_plain(self, formulas: Iterable[Formula]) -> bool:
        """Say whether answers only add: no `niet` about a question that may stay unasked."""
        return all(
            literal.positive or self.asked[literal.question] == TRUE
            for made in formulas
            for term in made
            for literal in term
        )

    def tracked(self, numbers: Iterable[int], formulas: tuple[Formula, ...], wishes: Wishes) -> Tracked:
        """Return everything a walk keeps, with what is wished for it.

        A question is wished for like everything else, when all wishes are the same; else its being asked
        may not change.
        """
        wished = wishes or (None,) * len(formulas)
        common = wished[0] if len(set(wished)) == 1 else None
        found: Tracked = {}
        for made, wish in (*((self.asked[number], common) for number in numbers), *zip(formulas, wished, strict=True)):
            found[made] = wish if found.get(made, wish) == wish else None
        return found

    def tracked_twins(self, number: int, formulas: tuple[Formula, ...], wishes: Wishes) -> Tracked:
        """Return what a walk of twins keeps: there every question's being asked matters both ways."""
        numbers = self.relevant(formulas, [number])
        tracked = self.tracked(numbers, formulas, wishes)
        return tracked | dict.fromkeys((self.asked[item] for item in numbers), None)

    def ends(self, formulas: tuple[Formula, ...], wishes: Wishes = ()) -> dict[Truths, Path]:
        """Return every combination of truths the formulas can end with, each with a route that leads there.

        `wishes` says which truths are looked for, so that routes that cannot be better are left out: True or
        False for each formula, None where both matter.
        """
        numbers = self.relevant(formulas)
        tracked = self.tracked(numbers, formulas, wishes)
        states: dict[State, Path] = {(*(self.asked[number] for number in numbers), *formulas): ()}
        for number in numbers:
            choices = self.values(number, tracked)
            name = str(self.journey.questions[number].id)
            after: dict[State, Path] = {}
            for state, path in states.items():
                self.budget.spend(len(choices))
                for value in choices if state[0] == TRUE else [UNASKED]:
                    after.setdefault(_step(state, number, value.hits), (*path, (name, value.chosen)))
            states = after
        return {_truths(state): path for state, path in states.items()}

    def count(self) -> int:
        """Return the number of routes: complete, different ways through the questions."""
        numbers = list(range(len(self.asked)))
        states: dict[State, int] = {tuple(self.asked): 1}
        for number in numbers:
            choices = values(self.journey.questions[number], targets(self.asked, number), spend=self.budget.spend)
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
        *,
        wishes: Wishes = (),
    ) -> set[Label]:
        """Return the labels of those pairs of answers to one question that can lead to another verdict.

        Both copies of the walk make the same choices elsewhere; a question only one of them sees is answered
        by that one alone.
        """
        numbers = self.relevant(formulas, [number])
        tracked = self.tracked_twins(number, formulas, wishes)
        before: set[State] = {(*(self.asked[item] for item in numbers), *formulas)}
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

    def _steps(self, state: State, number: int, tracked: Tracked) -> set[State]:
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
        self, twins: dict[tuple[State, State], set[Label]], number: int, tracked: Tracked
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


def _sides(tracked: Tracked, number: int) -> Sides:
    """Return which targets of a question a walk wants hit, and which it wants missed; some are both."""
    rising: set[Target] = set()
    falling: set[Target] = set()
    for made, wish in tracked.items():
        for literal in (literal for term in made for literal in term if literal.question == number):
            if wish is None or wish == literal.positive:
                rising.add(literal.target)
            if wish is None or wish != literal.positive:
                falling.add(literal.target)
    return Sides(frozenset(rising), frozenset(falling))


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
