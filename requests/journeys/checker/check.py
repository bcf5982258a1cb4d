"""The whole check of one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from journeys.checker.actions import check_actions
from journeys.checker.cards import check_cards
from journeys.checker.examples import check_examples
from journeys.checker.library import Library
from journeys.checker.observed import Shown
from journeys.checker.overlays import check_overlay
from journeys.checker.routes import check_routes, unreachable_questions
from journeys.checker.sources import check_sources
from journeys.checker.structure import check_structure, is_walkable
from journeys.checker.useless import check_useless
from journeys.checker.walk import TooManyRoutes, Walker
from journeys.checker.wording import check_wording
from journeys.fileformat.loader import read_file
from journeys.fileformat.model import Journey
from journeys.fileformat.overlaid import laid_over
from journeys.fileformat.overlay import Overlay
from journeys.fileformat.text import FileError, Finding


def check_file(data: bytes | str, *, library: Library, today: date) -> list[Finding]:
    """Return every finding of a file, in line order; never raises, whatever the file holds."""
    try:
        made, findings = read_file(data)
    except FileError as error:
        return error.findings
    found = set(findings)
    if isinstance(made, Overlay):
        found.update(check_whole_overlay(made, library) if not findings else check_overlay(made, library))
        return sorted(found)
    found.update(check_wording(made))
    found.update(check_sources(made, today))
    if isinstance(made, Journey):
        found.update(check_journey(made, library))
    return sorted(found)


def check_whole_overlay(overlay: Overlay, library: Library) -> Iterator[Finding]:
    """Yield what is wrong with an overlay, and with the wegwijzer it is laid over."""
    own = list(check_overlay(overlay, library))
    yield from own
    if not any(finding.is_error for finding in own):
        yield from _check_laid_over(overlay, library)


def _check_laid_over(overlay: Overlay, library: Library) -> Iterator[Finding]:
    """Yield what a municipality's own and hidden answers break; what the core says already is not its fault."""
    core = library.journeys.get(overlay.target)
    if overlay.of_list or core is None or not (overlay.hidden or overlay.added):
        return
    known = {(finding.code, finding.text) for finding in check_journey(core, library)}
    lines = {str(answer.id): answer.id.line for answer in overlay.added}
    for finding in check_journey(laid_over(core, overlay), library):
        if (finding.code, finding.text) in known or finding.code == "E10":
            continue  # the examples of the core speak about the core
        named = finding.text.removeprefix("antwoord ").split(":")[0]
        yield Finding(lines.get(named, overlay.target.line), finding.code, finding.text)


def check_journey(journey: Journey, library: Library) -> Iterator[Finding]:
    """Yield what is wrong with the meaning of a journey."""
    if not journey.questions:
        return  # the shape says so already; every reference would be broken
    yield from check_structure(journey)
    yield from check_actions(journey, library)
    if not is_walkable(journey):
        return  # the findings so far say why; routes through broken references mean nothing
    yield from check_examples(journey)
    try:
        yield from check_all_routes(journey, library)
    except TooManyRoutes:
        text = "deze vragen en voorwaarden zijn samen te groot om precies na te gaan; maak de wegwijzer kleiner"
        yield Finding(journey.questions[0].id.line, "E01", text)


def check_all_routes(journey: Journey, library: Library) -> Iterator[Finding]:
    """Yield what is wrong on some route, exactly."""
    walker = Walker(journey)
    shown = Shown(journey, walker)
    yield from check_routes(journey, walker, shown, library)
    yield from check_useless(journey, walker, shown, unreachable_questions(journey, walker))
    yield from check_cards(journey, walker, shown)
