"""What answers lead to: E09, E12 (the sharing and the line), E17, E18, E19."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeys.checker.library import Library
from journeys.fileformat import vocabulary as words
from journeys.fileformat.model import Answer, Journey, Question
from journeys.fileformat.reader import ADDRESS, shown
from journeys.fileformat.text import Finding

TELEPHONE = re.compile(r"[0-9][0-9 -]{1,18}[0-9]")
TARGETS = {
    "hulp": (words.CATEGORIES, "categorie"),
    "aanbod": (words.CATEGORIES, "categorie"),
    "initiatief": (words.INITIATIVES, "initiatief"),
    "loket": (words.COUNTERS, "loket"),
}


def check_actions(journey: Journey, library: Library) -> Iterator[Finding]:
    """Yield what is wrong with actions."""
    for answer in journey.answers:
        yield from _target(answer)
        yield from _call(answer)
        yield from _sharing(answer)
        yield from _onward(journey, answer, library)


def _target(answer: Answer) -> Iterator[Finding]:
    """Check that the action fits and its target exists."""
    action, where = answer.action, f"antwoord {answer.id}"
    fitting = words.FITTING.get(answer.kind)
    if action.main and fitting is not None and action.main not in fitting:
        text = f"{where}: de actie {action.main} past niet bij soort {answer.kind}"
        yield Finding(action.main.line, "E09", text)
    if action.main in TARGETS and action.value:
        known, noun = TARGETS[action.main]
        if action.value not in known:
            text = f"{where}: er is geen {noun} `{shown(action.value)}`"
            yield Finding(action.value.line, "E09", text)
    if action.main == "link" and action.value and not ADDRESS.fullmatch(action.value):
        text = f"{where}: `{shown(action.value)}` is geen adres dat met https:// begint"
        yield Finding(action.value.line, "E09", text)


def _call(answer: Answer) -> Iterator[Finding]:
    """Check that somebody who calls knows the number, the cost and the hours."""
    action, where = answer.action, f"antwoord {answer.id}"
    if action.main != "bel":
        return
    if action.value and not TELEPHONE.fullmatch(action.value):
        yield Finding(action.value.line, "E19", f"{where}: `{shown(action.value)}` is geen telefoonnummer")
    for name in ("kosten", "open"):
        if not action.get(name):
            yield Finding(action.main.line, "E19", f"{where}: bij bel hoort `{name}`")
    costs = action.get("kosten")
    if costs and costs not in words.COSTS:
        text = f"{where}: kosten is `{shown(costs)}`; kies uit {', '.join(words.COSTS)}"
        yield Finding(costs.line, "E19", text)


def _sharing(answer: Answer) -> Iterator[Finding]:
    """Check where answers may go along, and that the Wmo counter says its line."""
    action, where = answer.action, f"antwoord {answer.id}"
    if answer.shares and action.main and action.main not in words.SHARING_ACTIONS:
        text = f"{where}: `deel` mag alleen bij een loket of een initiatief"
        yield Finding(answer.shares[0].line, "E12", text)
    if action.main == "loket" and action.value == words.WMO_COUNTER and words.WMO_LINE not in answer.text:
        yield Finding(answer.text.line, "E12", f'{where}: hier hoort de zin "{words.WMO_LINE}" bij')


def _onward(journey: Journey, answer: Answer, library: Library) -> Iterator[Finding]:
    """Check lists and other wegwijzers."""
    action, where = answer.action, f"antwoord {answer.id}"
    if not action.value:
        return
    if action.main == "lijst" and action.value not in library.lists:
        yield Finding(action.value.line, "E17", f"{where}: er is geen lijst `{shown(action.value)}`")
    if action.main != "wegwijzer":
        return
    if action.value == journey.id:
        yield Finding(action.value.line, "E18", f"{where}: de wegwijzer gaat naar zichzelf")
        return
    other = library.journeys.get(action.value)
    if other is None:
        yield Finding(action.value.line, "E18", f"{where}: er is geen wegwijzer `{shown(action.value)}`")
        return
    for name in action.carries:
        mine, theirs = journey.question(name), other.question(name)
        if mine is None or theirs is None:
            missing = "deze wegwijzer" if mine is None else f"`{other.id}`"
            text = f"{where}: neemt_mee: de vraag `{shown(name)}` staat niet in {missing}"
            yield Finding(name.line, "E18", text)
        elif _options(mine) != _options(theirs):
            text = f"{where}: neemt_mee: de opties van `{name}` zijn in `{other.id}` anders"
            yield Finding(name.line, "E18", text)


def _options(question: Question) -> tuple[str, str | None, dict[str, str]]:
    """Return what must be equal in both files."""
    options = {str(option.id): str(option.text) for option in question.options}
    return question.kind, question.alone, options
