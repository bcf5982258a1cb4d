"""Questions and options that change nothing: E13, W05. What does not matter may not be asked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from journeys.checker.formula import Hits, targets
from journeys.checker.observed import Shown
from journeys.checker.walk import Label, Pairs, Tracked, Walker
from journeys.checker.ways import hit_by
from journeys.fileformat.model import Journey, Question
from journeys.fileformat.text import Finding


def check_useless(journey: Journey, walker: Walker, shown: Shown, unreachable: set[str]) -> Iterator[Finding]:
    """Yield the questions and options no answer ever depends on."""
    for number, question in enumerate(journey.questions):
        if question.id in unreachable:
            continue
        labels = _labels(question)
        matters = _matters(walker, shown, number, labels)
        if not matters:
            text = f"vraag {question.id}: het antwoord verandert niets; vraag het dan niet"
            yield Finding(question.id.line, "E13", text)
        else:
            yield from _options(question, labels - matters)


def _options(question: Question, same: set[Label]) -> Iterator[Finding]:
    """Yield the options that could be one, or could go."""
    idle = {label[0] for label in same if len(label) == 1}
    done: set[str] = set()
    for option in question.options:
        where = f"vraag {question.id}"
        if option.id in idle:
            yield Finding(option.id.line, "W05", f"{where}: de optie `{option.id}` verandert niets")
            continue
        twins = [
            other.id
            for other in question.options
            if other.id not in idle and ((option.id, other.id) in same or (other.id, option.id) in same)
        ]
        if twins and option.id not in done:
            names = ", ".join(f"`{name}`" for name in (option.id, *twins))
            yield Finding(option.id.line, "W05", f"{where}: de opties {names} maken nooit verschil")
            done.update(twins)


def _labels(question: Question) -> set[Label]:
    """Return what is to be shown to matter: every two options, and each option of a multiple choice."""
    names = [str(option.id) for option in question.options if not (question.is_many and option.id == question.alone)]
    found: set[Label] = set(combinations(names, 2))
    if question.is_many:
        found |= {(name,) for name in names}
    return found


def _matters(walker: Walker, shown: Shown, number: int, labels: set[Label]) -> set[Label]:
    """Return the labels that can change something, looking at one thing observed at a time."""
    found: set[Label] = set()
    for observed in shown.all():
        if number not in walker.relevant(observed.formulas):
            continue
        # By the time fallbacks are looked at, what is still unknown makes no regular answer differ: then a
        # fallback can only differ where its kind is empty.
        wishes = (None, *observed.wishes[1:])
        pairs = _pairs(walker, number, walker.tracked_twins(number, observed.formulas, wishes), labels - found)
        found |= walker.differing(number, observed.formulas, pairs, observed.verdict, wishes=wishes)
        if found == labels:
            break
    return found


def _pairs(walker: Walker, number: int, tracked: Tracked, labels: set[Label]) -> Pairs:
    """Return for every label the pairs of answers that differ in just that."""
    pairs: Pairs = {}
    question = walker.journey.questions[number]
    asked = targets(tracked, number)

    def add(one: Hits, other: Hits, label: Label) -> None:
        if one != other:
            pairs.setdefault((one, other), set()).add(label)

    for label in sorted(labels):
        if not question.is_many:
            add(hit_by(label[:1], asked), hit_by(label[1:], asked), label)
            continue
        own = [hit_by([name], asked) for name in label]
        nothing = frozenset() if question.alone is None else hit_by([question.alone], asked)
        if own == [nothing] == [frozenset()] or len(set(own)) < len(label):
            continue  # nothing asks about just these
        beside = {value.hits for value in walker.values(number, tracked, _without(question, label))}
        if len(label) == 1:
            if question.alone is not None:
                add(nothing, own[0], label)
            for hits in beside:
                add(hits, hits | own[0], label)
        else:
            for hits in beside | {frozenset()}:
                add(hits | own[0], hits | own[1], label)
    return pairs


def _without(question: Question, names: Label) -> Question:
    """Return the multiple choice without these options and without the excluding one."""
    left = tuple(option for option in question.options if option.id not in names and option.id != question.alone)
    return Question(question.id, question.text, question.kind, left)
