"""Overlays: E21 names what is not there, E22 does what it may not; W11 not translated, W12 another version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeys.checker.library import Library
from journeys.checker.wording import check_words, texts_of_answer
from journeys.fileformat.model import Answer, Journey, ListFile
from journeys.fileformat.overlaid import laid_over, texts_of
from journeys.fileformat.overlay import Overlay, Path
from journeys.fileformat.reader import BLANK, shown
from journeys.fileformat.text import Finding, Text

CORE_LANGUAGE = "nl"
# Telephone numbers, and other figures that nobody writes out.
FIGURES = re.compile(r"\d[\d-]+\d")


def check_overlay(overlay: Overlay, library: Library) -> Iterator[Finding]:
    """Yield what is wrong with an overlay itself."""
    core = (library.lists if overlay.of_list else library.journeys).get(overlay.target)
    if core is None:
        noun = "lijst" if overlay.of_list else "wegwijzer"
        yield Finding(overlay.target.line, "E21", f"er is geen {noun} `{shown(overlay.target)}`")
        return
    known = texts_of(core)
    for path, text in overlay.texts.items():
        if path not in known:
            yield Finding(text.line, "E21", f"{_named(path)}: deze tekst is er niet in `{core.id}`")
        else:
            yield from _same_figures(path, known[path], text)
        yield from check_words(text, overlay.language)
    if not overlay.community and overlay.language != CORE_LANGUAGE:
        yield from _untranslated(overlay, core)
    if isinstance(core, Journey):
        yield from _of_journey(overlay, core)


def _untranslated(overlay: Overlay, core: Journey | ListFile) -> Iterator[Finding]:
    """Yield the texts that a translation leaves in the first language."""
    for path in texts_of(core).keys() - overlay.texts.keys():
        yield Finding(overlay.target.line, "W11", f"{_named(path)}: nog niet vertaald")


def _same_figures(path: Path, core: Text, said: Text) -> Iterator[Finding]:
    """Check that no telephone number and no blank got lost or changed."""
    for pattern in (FIGURES, BLANK):
        before = {found.group() for found in pattern.finditer(core)}
        after = {found.group() for found in pattern.finditer(said)}
        for name in sorted(before ^ after):
            what = "ontbreekt" if name in before else "staat er niet in de eigen tekst van de wegwijzer"
            yield Finding(said.line, "E22", f"{_named(path)}: `{shown(name)}` {what}")


def _of_journey(overlay: Overlay, core: Journey) -> Iterator[Finding]:
    """Check what a municipality changes beside words."""
    if overlay.version and overlay.version != core.version:
        text = f"gemaakt voor versie {shown(overlay.version)}; `{core.id}` is nu {core.version}"
        yield Finding(overlay.version.line, "W12", text)
    if overlay.community:
        yield from _emergencies(overlay, core)
    for each in overlay.hidden:
        answer = core.answer(each.answer)
        if answer is None:
            yield Finding(each.answer.line, "E21", f"verberg: er is geen antwoord `{shown(each.answer)}`")
        elif answer.kind == "nood":
            yield Finding(each.answer.line, "E22", f"verberg: `{answer.id}` is nood en blijft staan")
        else:
            yield from _leads_here(overlay, core, answer, each.answer.line)
    for answer in overlay.added:
        for text in texts_of_answer(answer):
            yield from check_words(text, overlay.language)
        if core.answer(answer.id) is not None:
            yield Finding(answer.id.line, "E02", f"erbij: het antwoord `{answer.id}` is er al")
    if overlay.hidden and not any(answer.kind == "professional" for answer in laid_over(core, overlay).answers):
        yield Finding(overlay.hidden[0].answer.line, "E22", "verberg: de laatste professional blijft staan")


def _emergencies(overlay: Overlay, core: Journey) -> Iterator[Finding]:
    """Check that a municipality leaves the words of emergency answers alone."""
    for path, text in overlay.texts.items():
        answer = core.answer(path[1]) if path[0] == "antwoorden" and len(path) > 1 else None
        if answer is not None and answer.kind == "nood":
            yield Finding(text.line, "E22", f"{_named(path)}: de tekst van een antwoord soort nood verandert niet")


def _leads_here(overlay: Overlay, core: Journey, hidden: Answer, line: int) -> Iterator[Finding]:
    """Check that no turning point leads to what is hidden."""
    for answer in laid_over(core, overlay).answers:
        if answer.turning_point is not None and answer.turning_point.target == hidden.id:
            yield Finding(line, "E22", f"verberg: het keerpunt van `{answer.id}` gaat naar `{hidden.id}`")


def _named(path: Path) -> str:
    """Return where a text stands, in a report."""
    return shown(": ".join(path))
