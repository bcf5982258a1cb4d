"""How far somebody is in a wegwijzer: what was chosen, and what we filled in that they have not looked at yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from journeys.fileformat.evaluate import accepted, visible_questions
from journeys.fileformat.model import Journey, Question, Sentence


@dataclass(frozen=True, slots=True)
class Progress:
    """Choices per question; those of `preset` we filled in ourselves, and the person still passes them."""

    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    preset: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, object]:
        """Return plain values that the cache can keep."""
        return {"choices": {name: sorted(some) for name, some in self.choices.items()}, "preset": sorted(self.preset)}

    @classmethod
    def from_json(cls, kept: object) -> Progress:
        """Return what to_json wrote; anything else counts as nothing chosen yet."""
        if not isinstance(kept, dict) or not isinstance(kept.get("choices"), dict):
            return cls()
        choices = {str(name): frozenset(map(str, some)) for name, some in kept["choices"].items()}
        return cls(choices, frozenset(map(str, kept.get("preset", ()))))


def begin(journey: Journey, recognised: Collection[Sentence], carried: Progress) -> Progress:
    """Return the start: what came along from another wegwijzer, and over that what the sentences fill in.

    Where two sentences say something else about one question, nothing is filled in: the person chooses.
    """
    said: dict[str, frozenset[str]] = {}
    for question in journey.questions:
        picks = [pick for sentence in recognised for pick in sentence.sets if pick.question == question.id]
        options = frozenset(str(option) for pick in picks for option in pick.options)
        if question.allows(options):
            said[str(question.id)] = options
    filled = {**carried.choices, **said}
    return Progress(filled, frozenset(filled))


def choose(progress: Progress, question: Question, options: frozenset[str]) -> Progress:
    """Return the progress after the person answered a question."""
    name = str(question.id)
    return replace(progress, choices={**progress.choices, name: options}, preset=progress.preset - {name})


def offered(question: Question, given: Iterable[str]) -> frozenset[str]:
    """Return the options that this question has and that go together; empty when nothing usable was given."""
    options = frozenset(given) & {str(option.id) for option in question.options}
    if question.is_many and len(options) > 1:
        options -= {str(question.alone)}
    return options if question.allows(options) else frozenset()


def first_open(journey: Journey, progress: Progress) -> int | None:
    """Return the number, counted from 1, of the first question that is asked and not answered by the person."""
    chosen = accepted(journey, progress.choices)
    for number, question in enumerate(visible_questions(journey, progress.choices), start=1):
        if question.id not in chosen or question.id in progress.preset:
            return number
    return None


def avoids_neighbours(journey: Journey, progress: Progress) -> bool:
    """Say whether no open ask may be offered after these choices."""
    zone = journey.no_neighbour
    return zone is not None and zone.condition.holds(accepted(journey, progress.choices))
