"""Lays an overlay over a core file: the same questions, options and conditions in other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from journeys.fileformat.model import Action, Answer, Journey, ListFile, Question
from journeys.fileformat.overlay import Overlay, Path
from journeys.fileformat.text import Text

# What people read of what stands beside an action.
SAID = ("voorbeeld", "naam", "open")


def texts_of(made: Journey | ListFile) -> dict[Path, Text]:
    """Return every text that an overlay may replace, by where it stands."""
    return dict(_of_list(made) if isinstance(made, ListFile) else _of_journey(made))


def _of_list(made: ListFile) -> Iterator[tuple[Path, Text]]:
    yield ("titel",), made.title
    yield ("intro",), made.intro
    for number, part in enumerate(made.parts, start=1):
        yield ("delen", str(number), "kop"), part.heading
        for place, line in enumerate(part.lines, start=1):
            yield ("delen", str(number), "regels", str(place)), line
    for blank in made.fields:
        yield ("velden", str(blank.id)), blank.label
    if made.text is not None:
        yield ("tekst",), made.text
    yield ("waarna",), made.after


def _of_journey(made: Journey) -> Iterator[tuple[Path, Text]]:
    yield ("titel",), made.title
    yield ("intro",), made.intro
    if made.no_neighbour is not None:
        yield ("omdat",), made.no_neighbour.reason
    for number, sentence in enumerate(made.sentences, start=1):
        yield ("herken", str(number)), sentence.text
    for question in made.questions:
        yield ("vragen", str(question.id), "vraag"), question.text
        if question.explanation is not None:
            yield ("vragen", str(question.id), "uitleg"), question.explanation
        for option in question.options:
            yield ("vragen", str(question.id), "opties", str(option.id)), option.text
    for answer in made.answers:
        yield from _of_answer(answer)


def _of_answer(answer: Answer) -> Iterator[tuple[Path, Text]]:
    here: Path = ("antwoorden", str(answer.id))
    yield (*here, "titel"), answer.title
    yield (*here, "tekst"), answer.text
    for name, text in answer.action.extra:
        if name in SAID:
            yield (*here, str(name)), text
    if answer.turning_point is not None:
        yield (*here, "keerpunt"), answer.turning_point.text


def laid_over(core: Journey, overlay: Overlay) -> Journey:
    """Return the wegwijzer in the words of the overlay; what it does not say stays as it was."""
    said = overlay.texts
    hidden = {str(each.answer) for each in overlay.hidden if each.reason}
    zone = core.no_neighbour
    answers = [_answer(answer, said) for answer in core.answers if answer.id not in hidden]
    return replace(
        core,
        language=overlay.language if said else core.language,
        title=said.get(("titel",), core.title),
        intro=said.get(("intro",), core.intro),
        no_neighbour=replace(zone, reason=said.get(("omdat",), zone.reason)) if zone else None,
        sentences=tuple(
            replace(sentence, text=said.get(("herken", str(number)), sentence.text))
            for number, sentence in enumerate(core.sentences, start=1)
        ),
        questions=tuple(_question(question, said) for question in core.questions),
        answers=(*answers, *overlay.added),
    )


def list_laid_over(core: ListFile, overlay: Overlay) -> ListFile:
    """Return the list in the words of the overlay."""
    said = overlay.texts
    parts = [
        replace(
            part,
            heading=said.get(("delen", str(number), "kop"), part.heading),
            lines=tuple(
                said.get(("delen", str(number), "regels", str(place)), line)
                for place, line in enumerate(part.lines, start=1)
            ),
        )
        for number, part in enumerate(core.parts, start=1)
    ]
    fields = [replace(blank, label=said.get(("velden", str(blank.id)), blank.label)) for blank in core.fields]
    return replace(
        core,
        language=overlay.language,
        title=said.get(("titel",), core.title),
        intro=said.get(("intro",), core.intro),
        after=said.get(("waarna",), core.after),
        parts=tuple(parts),
        fields=tuple(fields),
        text=said.get(("tekst",), core.text) if core.text is not None else None,
    )


def _question(question: Question, said: Mapping[Path, Text]) -> Question:
    here: Path = ("vragen", str(question.id))
    explanation = question.explanation
    return replace(
        question,
        text=said.get((*here, "vraag"), question.text),
        explanation=said.get((*here, "uitleg"), explanation) if explanation is not None else None,
        options=tuple(
            replace(option, text=said.get((*here, "opties", str(option.id)), option.text))
            for option in question.options
        ),
    )


def _answer(answer: Answer, said: Mapping[Path, Text]) -> Answer:
    here: Path = ("antwoorden", str(answer.id))
    point = answer.turning_point
    return replace(
        answer,
        title=said.get((*here, "titel"), answer.title),
        text=said.get((*here, "tekst"), answer.text),
        action=_action(answer.action, here, said),
        turning_point=replace(point, text=said.get((*here, "keerpunt"), point.text)) if point else None,
    )


def _action(action: Action, here: Path, said: Mapping[Path, Text]) -> Action:
    extra = tuple((name, said.get((*here, str(name)), text) if name in SAID else text) for name, text in action.extra)
    return replace(action, extra=extra)
