"""The most cards a route can show: W08."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.checker.formula import FALSE, TRUE, UNASKED, Formula, answered, is_decided
from journeys.checker.observed import Shown
from journeys.checker.walk import Path, Walker, told
from journeys.fileformat.model import Journey
from journeys.fileformat.text import Finding

MAX_CARDS = 12

# What is left of each condition, and the kinds that are known not to be empty.
Deck = tuple[tuple[Formula, ...], frozenset[str]]


def check_cards(journey: Journey, walker: Walker, shown: Shown) -> Iterator[Finding]:
    """Yield one warning when some route shows too many cards."""
    most, path = most_cards(journey, walker, shown)
    if most > MAX_CARDS:
        text = f"een route toont {most} kaarten, dat is meer dan {MAX_CARDS}: {told(path)}"
        yield Finding(journey.answers[0].id.line, "W08", text)


def most_cards(journey: Journey, walker: Walker, shown: Shown) -> tuple[int, Path]:
    """Return the highest number of cards on any route, with a route that has them."""
    own = [shown.own[answer.id] for answer in journey.answers]
    tracked = [*walker.asked, *own]
    fallbacks = [answer.kind for answer in journey.answers if answer.fallback]
    # Ticking more shows more, unless one card can push away two fallbacks of its kind.
    grows = walker.is_monotone(tracked) and len(set(fallbacks)) == len(fallbacks)
    extreme = "most" if grows else ""
    count = len(walker.asked)
    start, cards = _settled(journey, (tuple(tracked), frozenset()), count)
    states: dict[Deck, tuple[int, Path]] = {start: (cards, ())}
    for number, question in enumerate(journey.questions):
        choices = walker.values(number, tracked, extreme)
        after: dict[Deck, tuple[int, Path]] = {}
        for (left, filled), (seen, path) in states.items():
            walker.budget.spend(len(choices))
            for value in choices if left[0] == TRUE else [UNASKED]:
                rest = tuple(answered(made, number, value.hits) for made in left[1:])
                deck, more = _settled(journey, (rest, filled), count - number - 1)
                known = after.get(deck)
                if known is None or known[0] < seen + more:
                    after[deck] = (seen + more, (*path, (str(question.id), value.chosen)))
        states = after
    return max(
        ((seen + _fallbacks(journey, deck), path) for deck, (seen, path) in states.items()), key=lambda item: item[0]
    )


def _settled(journey: Journey, deck: Deck, ahead: int) -> tuple[Deck, int]:
    """Count the cards that are certain and forget them, so that more walks look alike."""
    left, filled = list(deck[0]), set(deck[1])
    cards = 0
    for place, answer in enumerate(journey.answers, start=ahead):
        if not answer.fallback and left[place] == TRUE:
            cards += 1
            left[place] = FALSE
            filled.add(str(answer.kind))
    for place, answer in enumerate(journey.answers, start=ahead):
        if answer.fallback and answer.kind in filled:
            left[place] = FALSE
    with_fallback = {str(answer.kind) for answer in journey.answers if answer.fallback}
    return (tuple(left), frozenset(filled & with_fallback)), cards


def _fallbacks(journey: Journey, deck: Deck) -> int:
    """Return how many fallbacks show at the end: those that hold in a kind that stayed empty."""
    left, filled = deck
    return sum(
        made == TRUE and answer.kind not in filled
        for answer, made in zip(journey.answers, left, strict=True)
        if answer.fallback and is_decided(made)
    )
