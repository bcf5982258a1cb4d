"""What holds on every route: E05, E06, E07, E12 (support), E15, E20."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.checker.formula import FALSE, either
from journeys.checker.library import Library
from journeys.checker.observed import Shown
from journeys.checker.walk import Walker, told
from journeys.fileformat.model import Answer, Journey
from journeys.fileformat.text import Finding
from journeys.fileformat.vocabulary import KINDS, SUPPORT_COUNTER, WMO_COUNTER


def check_routes(journey: Journey, walker: Walker, shown: Shown, library: Library) -> Iterator[Finding]:
    """Yield what goes wrong on some route."""
    yield from unreachable(journey, walker, shown)
    yield from dead_ends(journey, walker, shown)
    yield from missing_kinds(journey, walker, shown)
    yield from missing_support(journey, walker, shown)
    yield from open_neighbours(journey, walker, shown, library)


def unreachable_questions(journey: Journey, walker: Walker) -> set[str]:
    """Return the questions no route asks."""
    return {
        str(question.id)
        for question, asked in zip(journey.questions, walker.asked, strict=True)
        if (True,) not in walker.ends((asked,), (True,))
    }


def unreachable(journey: Journey, walker: Walker, shown: Shown) -> Iterator[Finding]:
    """Yield the questions and answers nobody ever sees."""
    lost = unreachable_questions(journey, walker)
    for question in journey.questions:
        if question.id in lost:
            yield Finding(question.id.line, "E05", f"vraag {question.id}: geen enkele route komt hier")
    for answer in journey.answers:
        seen = shown.answer(answer)
        ends = walker.ends(seen.formulas, seen.wishes)
        if not any(seen.verdict(truths) for truths in ends):
            yield Finding(answer.id.line, "E06", f"antwoord {answer.id}: geen enkele route toont dit")


def dead_ends(journey: Journey, walker: Walker, shown: Shown) -> Iterator[Finding]:
    """Yield a route that ends without an answer other than an emergency."""
    path = walker.ends((shown.any_of(KINDS[1:]),), (False,)).get((False,))
    if path is not None:
        line = journey.questions[0].id.line
        yield Finding(line, "E07", f"een route loopt dood, zonder antwoord anders dan nood: {told(path)}")


def missing_kinds(journey: Journey, walker: Walker, shown: Shown) -> Iterator[Finding]:
    """Yield a route without something to do yourself, something nearby, or a professional."""
    line = journey.questions[0].id.line
    for kinds, waived in ((("zelf",), False), (("buur", "initiatief"), True), (("professional",), False)):
        zone = shown.no_neighbour if waived else FALSE
        path = walker.ends((shown.any_of(kinds), zone), (False, False)).get((False, False))
        if path is not None:
            yield Finding(line, "E15", f"een route heeft geen antwoord soort {' of '.join(kinds)}: {told(path)}")


def missing_support(journey: Journey, walker: Walker, shown: Shown) -> Iterator[Finding]:
    """Yield the Wmo answers that can show without free client support beside them."""
    support = [answer for answer in journey.answers if _is_counter(answer, SUPPORT_COUNTER)]
    for answer in journey.answers:
        if not _is_counter(answer, WMO_COUNTER):
            continue
        # A supporter that only fills an empty kind may stay away just when it is needed; then it does not count.
        beside = either(shown.own[other.id] for other in support if not other.fallback)
        seen = shown.answer(answer)
        for truths, path in walker.ends((*seen.formulas, beside), (*seen.wishes, False)).items():
            if seen.verdict(truths) and not truths[-1]:
                text = f"antwoord {answer.id}: zonder gratis cliëntondersteuning ernaast: {told(path)}"
                yield Finding(answer.id.line, "E12", text)
                break


def open_neighbours(journey: Journey, walker: Walker, shown: Shown, library: Library) -> Iterator[Finding]:
    """Yield the answers that break `zonder_buur`."""
    if journey.no_neighbour is None:
        return
    for answer in journey.answers:
        problem = _breach(answer, library)
        if not problem:
            continue
        seen = shown.answer(answer)
        ends = walker.ends((*seen.formulas, shown.no_neighbour), (*seen.wishes, True))
        for truths, path in ends.items():
            if seen.verdict(truths) and truths[-1]:
                text = f"antwoord {answer.id}: {problem} op een route met zonder_buur: {told(path)}"
                yield Finding(answer.id.line, "E20", text)
                break


def _breach(answer: Answer, library: Library) -> str:
    """Return what would be wrong with the answer where no open ask may be offered."""
    if answer.action.main in ("hulp", "aanbod") and not answer.action.is_quiet:
        return "een open vraag of aanbod"
    if answer.action.main == "wegwijzer":
        other = library.journeys.get(answer.action.value)
        if other is not None and other.no_neighbour is None:
            return f"gaat naar `{other.id}`, die zelf geen zonder_buur heeft,"
    return ""


def _is_counter(answer: Answer, name: str) -> bool:
    """Say whether the answer leads to this counter."""
    return answer.action.main == "loket" and answer.action.value == name
