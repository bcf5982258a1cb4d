"""The most cards a route can show: W08."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from journeys.checker.formula import FALSE, TRUE, Formula, answered
from journeys.checker.observed import Shown
from journeys.checker.walk import Budget, Path, TooManyRoutes, Walker, told
from journeys.checker.ways import UNASKED
from journeys.fileformat.model import Journey
from journeys.fileformat.text import Finding

MAX_CARDS = 12
MAX_STEPS = 40_000

# What is left of each condition, and the kinds that are known not to be empty.
Deck = tuple[tuple[Formula, ...], frozenset[str]]
# A deck with the number of cards that are certain, and the route so far.
Walk = tuple[Deck, int, Path]


def check_cards(journey: Journey, walker: Walker, shown: Shown) -> Iterator[Finding]:
    """Yield one warning when some route shows too many cards, or when that is too much to find out."""
    count = _Count(journey, walker, shown)
    most, path = count.greedy()
    sure = True
    try:
        most, path = count.most(most)
    except TooManyRoutes:
        sure = False
    line = journey.answers[0].id.line
    if most > MAX_CARDS:
        words = "toont" if sure else "toont minstens"
        yield Finding(line, "W08", f"een route {words} {most} kaarten, dat is meer dan {MAX_CARDS}: {told(path)}")
    elif not sure:
        yield Finding(
            line, "W08", f"misschien toont een route meer dan {MAX_CARDS} kaarten; dat is te veel om na te gaan"
        )


class _Count:
    """Counts the cards along the routes of one journey."""

    def __init__(self, journey: Journey, walker: Walker, shown: Shown) -> None:
        """Make ready what every step needs."""
        own = tuple(shown.own[answer.id] for answer in journey.answers)
        fallbacks = Counter(str(answer.kind) for answer in journey.answers if answer.fallback)
        # More is better, unless one card can push away two fallbacks of its kind.
        wishes = tuple(answer.fallback or fallbacks[answer.kind] < 2 or None for answer in journey.answers)
        numbers = range(len(walker.asked))
        tracked = walker.tracked(numbers, own, wishes)
        self.names = [str(question.id) for question in journey.questions]
        self.choices = [walker.values(number, tracked) for number in numbers]
        self.kinds = [(str(answer.kind), answer.fallback) for answer in journey.answers]
        self.with_fallback = frozenset(fallbacks)
        self.start = self._settled(((*walker.asked, *own), frozenset()), 0, ())

    def greedy(self) -> tuple[int, Path]:
        """Return the cards of a good route, which may not be the best."""
        walk = self.start
        for number in range(len(self.names)):
            walk = max(self._steps(walk, number), key=lambda one: (self._bound(one), one[1]))
        return self._bound(walk), walk[2]

    def most(self, at_least: int) -> tuple[int, Path]:
        """Return the highest number of cards on any route, given that some route has so many."""
        budget = Budget(MAX_STEPS)
        walks: Iterable[Walk] = [self.start]
        for number in range(len(self.names)):
            after: dict[Deck, Walk] = {}
            for walk in walks:
                for step in self._steps(walk, number):
                    budget.spend(1)
                    known = after.get(step[0])
                    if self._bound(step) >= at_least and (known is None or known[1] < step[1]):
                        after[step[0]] = step
            walks = after.values()
        best = max(walks, key=self._bound)
        return self._bound(best), best[2]

    def _steps(self, walk: Walk, number: int) -> Iterator[Walk]:
        """Yield where a walk can go at this question."""
        (left, filled), cards, path = walk
        for value in self.choices[number] if left[0] == TRUE else [UNASKED]:
            rest = tuple(answered(made, number, value.hits) for made in left[1:])
            yield self._settled((rest, filled), cards, (*path, (self.names[number], value.chosen)))

    def _settled(self, deck: Deck, cards: int, path: Path) -> Walk:
        """Count the cards that are certain and forget them, so that more walks look alike."""
        left, filled = list(deck[0]), set(deck[1])
        ahead = len(left) - len(self.kinds)
        for place, (kind, fallback) in enumerate(self.kinds, start=ahead):
            if not fallback and left[place] == TRUE:
                cards += 1
                left[place] = FALSE
                filled.add(kind)
        for place, (kind, fallback) in enumerate(self.kinds, start=ahead):
            if fallback and kind in filled:
                left[place] = FALSE
        return (tuple(left), frozenset(filled & self.with_fallback)), cards, path

    def _bound(self, walk: Walk) -> int:
        """Return how many cards this walk can still get to at most; at the end, how many it has.

        What is left then are the fallbacks of kinds that stayed empty.
        """
        (left, _), cards, _ = walk
        return cards + sum(made != FALSE for made in left[len(left) - len(self.kinds) :])
