"""The ways to answer a question, as far as some formulas can tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from journeys.checker.formula import Hits, Target
from journeys.fileformat.model import Question

# Leaving out what is beaten is a shortcut; comparing everything with everything must not be the long way round.
MAX_COMPARED = 300
# So many additions weigh as much as one step of a walk.
LIGHT = 10


@dataclass(frozen=True, slots=True)
class Value:
    """A way to answer a question: what it hits, one selection that does so, and how many do."""

    hits: Hits
    chosen: tuple[str, ...]
    count: int


UNASKED = Value(frozenset(), (), 1)


@dataclass(frozen=True, slots=True)
class Sides:
    """The targets a walk wants hit and those it wants missed; some are both."""

    rising: Hits
    falling: Hits

    def beats(self, one: Value, other: Value) -> bool:
        """Say whether one answer is at least as good as the other in every wish."""
        return (
            one.hits & self.rising >= other.hits & self.rising and one.hits & self.falling <= other.hits & self.falling
        )

    def best(self, found: list[Value]) -> list[Value]:
        """Return the answers that no other one beats."""
        if len(found) > MAX_COMPARED:
            return found
        return [one for one in found if not any(self.beats(other, one) for other in found if other is not one)]


def free(_steps: int) -> None:
    """Spend nothing."""


def hit_by(chosen: Iterable[str], asked: Iterable[Target]) -> Hits:
    """Return which targets a selection hits."""
    given = set(chosen)
    return frozenset(target for target in asked if not given.isdisjoint(target))


def values(
    question: Question, asked: set[Target], sides: Sides | None = None, spend: Callable[[int], None] = free
) -> list[Value]:
    """Return every way to answer, those that hit the same taken together; with `sides` only the best.

    Exact: of 2**n selections those that nothing can tell apart merge while options are added one by one, and
    what is beaten stays beaten whatever is added to both.
    """
    made: dict[Hits, Value] = {}
    alone = str(question.alone) if question.is_many and question.alone is not None else None
    for option in question.options:
        name = str(option.id)
        if name == alone:
            continue
        own = hit_by([name], asked)
        grown = [Value(own, (name,), 1)]
        if question.is_many:
            grown += [Value(value.hits | own, (*value.chosen, name), value.count) for value in made.values()]
        spend(len(grown) // LIGHT)
        for value in grown:
            _add(made, value)
        if sides is not None:
            made = {value.hits: value for value in sides.best(list(made.values()))}
    if alone is not None:
        _add(made, Value(hit_by([alone], asked), (alone,), 1))
    found = list(made.values())
    return found if sides is None else sides.best(found)


def _add(made: dict[Hits, Value], value: Value) -> None:
    """Add a way to answer, or count it with those that hit the same."""
    known = made.get(value.hits)
    if known is None:
        made[value.hits] = value
    else:
        made[value.hits] = Value(known.hits, known.chosen, known.count + value.count)
