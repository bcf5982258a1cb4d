"""Plain language: W01 long sentences, W02 jargon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeys.checker.jargon import JARGON
from journeys.fileformat.model import Answer, Journey, ListFile, Question
from journeys.fileformat.reader import shown
from journeys.fileformat.text import Finding, Text

MAX_WORDS = 20
# A sentence ends at a stop with space after it, or where a line or a quoted part ends.
ENDS = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n\s*\n|\n(?=\s*[-•])")
WORD = re.compile(r"[\w{}]+(?:[-'’.@][\w{}]+)*")


def check_wording(made: Journey | ListFile) -> Iterator[Finding]:
    """Yield long sentences, and words that have a plainer one."""
    for text in texts(made):
        yield from check_words(text, made.language)


def check_words(text: Text, language: str) -> Iterator[Finding]:
    """Yield what is too long or too hard in one text."""
    yield from long_sentences(text)
    told: list[tuple[int, int]] = []
    for pattern, plain in JARGON.get(language, ()):
        found = pattern.search(text)
        if found and not any(start < found.end() and found.start() < end for start, end in told):
            told.append(found.span())
            yield Finding(text.line, "W02", f"`{found.group()}`: schrijf liever {plain}")


def texts(made: Journey | ListFile) -> Iterator[Text]:
    """Yield every text a resident reads."""
    yield from (made.title, made.intro)
    if isinstance(made, ListFile):
        yield made.after
        for part in made.parts:
            yield from (part.heading, *part.lines)
        yield from (field.label for field in made.fields)
        if made.text is not None:
            yield made.text
        return
    if made.no_neighbour is not None:
        yield made.no_neighbour.reason
    yield from (sentence.text for sentence in made.sentences)
    for question in made.questions:
        yield from _question(question)
    for answer in made.answers:
        yield from texts_of_answer(answer)


def _question(question: Question) -> Iterator[Text]:
    """Yield the texts of a question."""
    yield question.text
    if question.explanation is not None:
        yield question.explanation
    yield from (option.text for option in question.options)


def texts_of_answer(answer: Answer) -> Iterator[Text]:
    """Yield the texts of an answer."""
    yield from (answer.title, answer.text)
    yield from (text for name, text in answer.action.extra if name in ("voorbeeld", "naam", "open"))
    if answer.turning_point is not None:
        yield answer.turning_point.text


def long_sentences(text: Text) -> Iterator[Finding]:
    """Yield the sentences that are too long."""
    for sentence in ENDS.split(text):
        count = len(WORD.findall(sentence))
        if count > MAX_WORDS:
            yield Finding(text.line, "W01", f"een zin van {count} woorden: {shown(sentence)}")
