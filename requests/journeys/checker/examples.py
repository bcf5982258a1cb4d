"""The what-if examples: E10."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.fileformat.evaluate import accepted, shown_answers, visible_questions
from journeys.fileformat.model import Example, Journey
from journeys.fileformat.reader import shown
from journeys.fileformat.text import Finding


def check_examples(journey: Journey) -> Iterator[Finding]:
    """Yield what an example says that does not hold."""
    for example in journey.examples:
        yield from _choices(journey, example)
        got = {str(answer.id) for answer in shown_answers(journey, accepted(journey, example.choices))}
        known = {str(answer.id) for answer in journey.answers}
        for name in (*example.gets, *example.gets_not):
            if name not in known:
                yield _finding(example, name.line, f"er is geen antwoord `{shown(name)}`")
        for name in example.gets:
            if name in known - got:
                yield _finding(example, name.line, f"krijgt `{name}` niet")
        for name in example.gets_not:
            if name in known & got:
                yield _finding(example, name.line, f"krijgt `{name}` wel")


def _choices(journey: Journey, example: Example) -> Iterator[Finding]:
    """Yield where the choices are not one whole route."""
    chosen = example.choices
    asked = {str(question.id) for question in visible_questions(journey, chosen)}
    for pick in example.picks:
        if pick.question not in asked:
            yield _finding(example, pick.question.line, f"de vraag `{pick.question}` wordt niet gesteld")
    for name in sorted(asked - set(chosen)):
        yield _finding(example, example.name.line, f"de vraag `{name}` wordt wel gesteld, maar heeft geen antwoord")


def _finding(example: Example, line: int, text: str) -> Finding:
    """Return a finding about one example."""
    return Finding(line, "E10", f'voorbeeld "{shown(example.name)}": {text}')
