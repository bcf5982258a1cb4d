"""References inside the file: E03, E04, E08, E10 (names), E11, E14, E16, W07."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from journeys.fileformat.model import Condition, Journey, Pick, Question
from journeys.fileformat.reader import shown
from journeys.fileformat.text import Finding
from journeys.fileformat.vocabulary import KINDS, NONE_OF_THESE

MAX_QUESTIONS = 7


def check_structure(journey: Journey) -> Iterator[Finding]:
    """Yield what is wrong with references between questions, options and answers."""
    for number, question in enumerate(journey.questions):
        earlier = {str(item.id) for item in journey.questions[:number]}
        yield from _condition(journey, question.condition, f"vraag {question.id}", earlier)
        yield from _none_of_these(question, str(journey.language))
    if journey.no_neighbour is not None:
        yield from _condition(journey, journey.no_neighbour.condition, "zonder_buur")
    for answer in journey.answers:
        yield from _condition(journey, answer.condition, f"antwoord {answer.id}")
        for name in answer.shares:
            if journey.question(name) is None:
                yield Finding(name.line, "E04", f"antwoord {answer.id}: deel: er is geen vraag `{shown(name)}`")
    for sentence in journey.sentences:
        yield from _choices(journey, sentence.sets, "herken")
    for example in journey.examples:
        yield from _choices(journey, example.picks, f"voorbeeld {shown(example.name)}")
    yield from _turning_points(journey)
    if journey.sensitive and not any(answer.kind == "nood" for answer in journey.answers):
        yield Finding(journey.sensitive_line, "E11", "een gevoelige wegwijzer heeft minstens één antwoord soort nood")
    if len(journey.questions) > MAX_QUESTIONS:
        line = journey.questions[MAX_QUESTIONS].id.line
        yield Finding(line, "W07", f"{len(journey.questions)} vragen; vraag er hoogstens {MAX_QUESTIONS}")


def is_walkable(journey: Journey) -> bool:
    """Say whether routes mean something: unique ids, complete questions, conditions that can be decided."""
    names = [question.id for question in journey.questions]
    answers = [answer.id for answer in journey.answers]
    if not names or len(set(names)) != len(names) or len(set(answers)) != len(answers):
        return False
    if any(not question.options or question.kind not in ("een", "meer") for question in journey.questions):
        return False
    if any(answer.kind not in KINDS for answer in journey.answers):
        return False  # what counts as help on a route cannot be known
    conditions = [question.condition for question in journey.questions]
    conditions += [answer.condition for answer in journey.answers]
    if not all(says for condition in conditions if condition is not None for says in _says(condition)):
        return False
    if any(item.alone and item.alone not in {option.id for option in item.options} for item in journey.questions):
        return False
    broken = {"E03", "E04", "E08"}
    return not any(finding.code in broken for finding in check_structure(journey))


def _says(condition: Condition) -> Iterator[bool]:
    """Yield for each clause whether it says something."""
    for clause in condition.clauses:
        picks = (*clause.picks, *clause.unless)
        yield bool(picks) and all(pick.options for pick in picks)


def _condition(
    journey: Journey, condition: Condition | None, where: str, earlier: set[str] | None = None
) -> Iterator[Finding]:
    """Check one condition; `earlier` are the questions it may ask about, None when all."""
    if condition is None:
        return
    for clause in condition.clauses:
        for pick in (*clause.picks, *clause.unless):
            yield from _options(journey, pick, where)
            if earlier is not None and pick.question not in earlier and journey.question(pick.question):
                text = f"{where}: een voorwaarde kijkt alleen terug; `{pick.question}` komt pas later"
                yield Finding(pick.question.line, "E03", text)
        for pick in clause.unless:
            question = journey.question(pick.question)
            if question is not None and question.is_many:
                text = f"{where}: `niet` mag alleen over een vraag met één antwoord, niet over `{pick.question}`"
                yield Finding(pick.question.line, "E08", text)


def _options(journey: Journey, pick: Pick, where: str) -> Iterator[Finding]:
    """Check that the question and the options of a pick exist."""
    question = journey.question(pick.question)
    if question is None:
        yield Finding(pick.question.line, "E04", f"{where}: er is geen vraag `{shown(pick.question)}`")
        return
    known = {option.id for option in question.options}
    for name in pick.options:
        if name not in known:
            text = f"{where}: de vraag `{question.id}` heeft geen optie `{shown(name)}`"
            yield Finding(name.line, "E04", text)


def _choices(journey: Journey, picks: Iterable[Pick], where: str) -> Iterator[Finding]:
    """Check that somebody could choose this."""
    for pick in picks:
        missing = list(_options(journey, pick, where))
        yield from missing
        question = journey.question(pick.question)
        if question is not None and not missing and not question.allows(frozenset(pick.options)):
            text = f"{where}: deze antwoorden op `{question.id}` gaan niet samen"
            yield Finding(pick.question.line, "E04", text)


def _none_of_these(question: Question, language: str) -> Iterator[Finding]:
    """Check the excluding option of a multiple choice."""
    if not question.is_many:
        return
    if question.alone is None:
        yield Finding(question.id.line, "E14", f'vraag {question.id}: noem met `alleen` de optie "Geen van deze"')
        return
    text = next((option.text for option in question.options if option.id == question.alone), None)
    if text is None:
        yield Finding(
            question.alone.line, "E14", f"vraag {question.id}: `alleen` noemt geen optie: `{shown(question.alone)}`"
        )
    elif language == "nl" and NONE_OF_THESE not in text.lower():
        yield Finding(text.line, "E14", f'vraag {question.id}: de optie van `alleen` zegt niet "geen van deze"')


def _turning_points(journey: Journey) -> Iterator[Finding]:
    """Check that informal help knows where it ends."""
    for answer in journey.answers:
        where = f"antwoord {answer.id}"
        point = answer.turning_point
        if point is None:
            if answer.is_informal:
                yield Finding(answer.id.line, "E16", f"{where}: het keerpunt ontbreekt")
            continue
        target = journey.answer(point.target)
        if target is None:
            text = f"{where}: het keerpunt gaat naar `{shown(point.target)}`, dat is er niet"
            yield Finding(point.target.line, "E16", text)
        elif not target.is_formal:
            text = f"{where}: een keerpunt gaat naar een antwoord soort professional of nood, niet {target.kind}"
            yield Finding(point.target.line, "E16", text)
