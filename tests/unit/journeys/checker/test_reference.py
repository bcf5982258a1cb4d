"""The exact checks say what trying everything says: a slow reference on small random wegwijzers."""

from collections.abc import Iterator
from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.checker.check import check_all_routes
from journeys.checker.library import Library
from journeys.checker.walk import Walker
from journeys.fileformat.evaluate import all_routes
from journeys.fileformat.loader import load_journey
from journeys.fileformat.model import Answer, Condition, Journey, Pick, Question
from journeys.fileformat.writer import write_journey

Chosen = dict[str, frozenset[str]]
Result = tuple[frozenset[str], bool]
# Of a question: its id, whether more may be chosen, and the number of options.
Known = list[tuple[str, bool, int]]

HEAD = """wegwijzer: "1"
id: klein
versie: "1"
taal: nl
titel: "Klein"
intro: "Klein."
leefgebieden: [geld]
gevoelig: nee
{zone}redactie: {{eigenaar: "x", nagekeken_door: "x", nagekeken_op: "2026-01-01", opnieuw_voor: "2030-01-01"}}
vragen:
{questions}antwoorden:
{answers}voorbeelden:
  - {{naam: "x", kiest: {{}}, krijgt: []}}
"""
ACTIONS = {
    "nood": ['bel: "112"', "loket: wmo-loket"],
    "zelf": ["lijst: x", "wegwijzer: veilig", "wegwijzer: open"],
    "buur": ["hulp: admin, voorbeeld: x", "hulp: admin, voorbeeld: x, stil: ja", "aanbod: admin, voorbeeld: x"],
    "initiatief": ["initiatief: taalhuis"],
    "professional": ["loket: wmo-loket", "loket: clientondersteuning", "loket: huisarts"],
}


@st.composite
def conditions(draw: st.DrawFn, earlier: Known) -> str:
    """Draw a condition over earlier questions, in the language of the file."""
    clauses = []
    for _ in range(draw(st.integers(1, 2))):
        parts, used = [], draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True))
        for name, _, count in used:
            options = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=count, unique=True))
            parts.append(f"{name}: [{', '.join(f'o{option}' for option in options)}]")
        single = [item for item in earlier if not item[1]]
        if single and draw(st.integers(0, 3)) == 0:
            nots = draw(st.lists(st.sampled_from(single), min_size=1, max_size=2, unique=True))
            inner = ", ".join(f"{name}: o{draw(st.integers(0, count - 1))}" for name, _, count in nots)
            parts = [*parts[: draw(st.integers(0, 2))], f"niet: {{{inner}}}"]
        clauses.append("{" + ", ".join(parts) + "}")
    return "[" + ", ".join(clauses) + "]"


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """Draw a small wegwijzer, with every kind of condition and fault of meaning."""
    known: Known = []
    questions = answers = zone = ""
    for number in range(draw(st.integers(1, 4))):
        many, count = draw(st.booleans()), draw(st.integers(1, 3))
        questions += f'  - id: q{number}\n    vraag: "x"\n    soort: {"meer" if many else "een"}\n'
        questions += f"    alleen: o{count - 1}\n" if many else ""
        if known and draw(st.integers(0, 2)) > 0:
            questions += f"    als: {draw(conditions(known))}\n"
        texts = ", ".join(f'o{option}: "Geen van deze"' for option in range(count))
        questions += f"    opties: {{{texts}}}\n"
        known.append((f"q{number}", many, count))
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(sorted(ACTIONS)))
        answers += f'  - id: a{number}\n    soort: {kind}\n    leefgebied: geld\n    zwaarte: "1"\n'
        answers += "    vult_aan: ja\n" if draw(st.integers(0, 3)) == 0 else ""
        if draw(st.integers(0, 4)):
            answers += f"    als: {draw(conditions(known))}\n"
        answers += f'    titel: "x"\n    tekst: "x"\n    actie: {{{draw(st.sampled_from(ACTIONS[kind]))}}}\n'
    if draw(st.booleans()):
        zone = f'zonder_buur: {{als: {draw(conditions(known))}, omdat: "x"}}\n'
    made = load_journey(HEAD.format(zone=zone, questions=questions, answers=answers))
    # Through the writer and back, so that lines belong to the file that is checked.
    return load_journey(write_journey(made))


def holds(condition: Condition | None, chosen: Chosen) -> bool:
    """The definition, word for word."""

    def hit(pick: Pick) -> bool:
        return not chosen.get(pick.question, frozenset()).isdisjoint(pick.options)

    return condition is None or any(
        all(hit(pick) for pick in clause.picks)
        and not (clause.unless != () and all(hit(pick) for pick in clause.unless))
        for clause in condition.clauses
    )


def ways(question: Question) -> list[frozenset[str]]:
    """Everything that can be chosen."""
    names = [str(option.id) for option in question.options]
    if question.kind == "een":
        return [frozenset({name}) for name in names]
    free = [name for name in names if name != question.alone]
    some = chain.from_iterable(combinations(free, size) for size in range(1, len(free) + 1))
    return [frozenset({str(question.alone)}), *map(frozenset, some)]


def effective(journey: Journey, assigned: Chosen) -> Chosen:
    """What counts of an assignment to all questions: the answers to questions that are asked."""
    chosen: Chosen = {}
    for question in journey.questions:
        if holds(question.condition, chosen):
            chosen[str(question.id)] = assigned[str(question.id)]
    return chosen


def shown(journey: Journey, chosen: Chosen) -> frozenset[str]:
    """The answers that show."""
    own = [answer for answer in journey.answers if holds(answer.condition, chosen)]
    regular = {str(answer.kind) for answer in own if not answer.fallback}
    return frozenset(str(answer.id) for answer in own if not answer.fallback or answer.kind not in regular)


def assignments(journey: Journey) -> Iterator[Chosen]:
    """Every answer to every question, asked or not."""
    names = [str(question.id) for question in journey.questions]
    for combination in product(*(ways(question) for question in journey.questions)):
        yield dict(zip(names, combination, strict=True))


def reference(journey: Journey, library: Library) -> set[tuple[str, str]]:
    """Code and subject of every finding, by trying everything."""
    walked = [effective(journey, assigned) for assigned in assignments(journey)]
    seen = [(shown(journey, chosen), zone(journey, chosen), chosen) for chosen in walked]
    found = {("E05", str(q.id)) for q in journey.questions if not any(q.id in chosen for _, _, chosen in seen)}
    found |= {("E06", str(a.id)) for a in journey.answers if not any(a.id in ids for ids, _, _ in seen)}
    for ids, quiet, _ in seen:
        kinds = {str(answer.kind) for answer in journey.answers if answer.id in ids}
        found |= {("E07", "")} if not kinds - {"nood"} else set()
        found |= {("E15", kind) for kind in ("zelf", "professional") if kind not in kinds}
        found |= {("E15", "buur of initiatief")} if not quiet and not kinds & {"buur", "initiatief"} else set()
        for answer in journey.answers:
            if answer.id in ids and answer.action.value == "wmo-loket" and not supported(journey, ids):
                found.add(("E12", str(answer.id)))
            if answer.id in ids and quiet and breaks(answer, library):
                found.add(("E20", str(answer.id)))
    most = max(len(ids) for ids, _, _ in seen)
    found |= {("W08", str(most))} if most > 2 else set()
    return found | useless(journey, {str(q.id) for q in journey.questions if ("E05", str(q.id)) not in found})


def zone(journey: Journey, chosen: Chosen) -> bool:
    """Whether no open ask may be offered."""
    return journey.no_neighbour is not None and holds(journey.no_neighbour.condition, chosen)


def supported(journey: Journey, ids: frozenset[str]) -> bool:
    """Whether free client support shows by itself, not as a filler."""
    return any(
        answer.id in ids and answer.action.value == "clientondersteuning" and not answer.fallback
        for answer in journey.answers
    )


def breaks(answer: Answer, library: Library) -> bool:
    """Whether the answer may not show where no open ask may be offered."""
    if answer.action.main == "wegwijzer":
        return library.journeys[answer.action.value].no_neighbour is None
    return answer.action.main in ("hulp", "aanbod") and answer.action.get("stil") != "ja"


def useless(journey: Journey, reachable: set[str]) -> set[tuple[str, str]]:
    """Questions and options that change nothing, by swapping every answer in every context."""

    def result(assigned: Chosen) -> Result:
        chosen = effective(journey, assigned)
        return shown(journey, chosen), zone(journey, chosen)

    found: set[tuple[str, str]] = set()
    for question in journey.questions:
        name = str(question.id)
        if name not in reachable:
            continue
        table: dict[frozenset[str], list[Result]] = {
            way: [result({**assigned, name: way}) for assigned in assignments(journey)] for way in ways(question)
        }
        if len({tuple(results) for results in table.values()}) == 1:
            found.add(("E13", name))
            continue
        found |= {("W05", f"{name} {subject}") for subject in same_options(question, table)}
    return found


def same_options(question: Question, table: dict[frozenset[str], list[Result]]) -> set[str]:
    """Options that could go, and groups that could be one."""
    names = [str(option.id) for option in question.options if option.id != question.alone]
    if question.kind == "een":
        groups = {tuple(o for o in names if table[frozenset({o})] == table[frozenset({name})]) for name in names}
        return {"=".join(group) for group in groups if len(group) > 1}
    nothing = frozenset({str(question.alone)})
    subsets = [frozenset[str]()] + [way for way in table if way != nothing]
    idle = {
        name
        for name in names
        if all(table[way or nothing] == table[way | {name}] for way in subsets if name not in way)
    }
    rest = [name for name in names if name not in idle]

    def same(one: str, other: str) -> bool:
        return all(table[way | {one}] == table[way | {other}] for way in subsets if not way & {one, other})

    groups = {tuple(o for o in rest if o == name or same(o, name)) for name in rest}
    return idle | {"=".join(group) for group in groups if len(group) > 1}


def checked(journey: Journey, library: Library) -> set[tuple[str, str]]:
    """Code and subject of every finding of the checker."""
    found = set()
    for finding in check_all_routes(journey, library):
        text = finding.text
        subject = text.split(":")[0].removeprefix("vraag ").removeprefix("antwoord ")
        if finding.code == "W05":
            subject += " " + "=".join(text.split("`")[1::2])
        elif finding.code == "E15":
            subject = text.removeprefix("een route heeft geen antwoord soort ").split(":")[0]
        elif finding.code == "W08":
            subject = text.split()[3]
        elif finding.code == "E07":
            subject = ""
        found.add((finding.code, subject))
    return found


SAFE = 'zonder_buur: {als: {q0: o0}, omdat: "x"}\n'
ONE = '  - {id: q0, vraag: "x", soort: een, opties: {o0: "x"}}\n'


def library() -> Library:
    """Two other wegwijzers: one with zonder_buur and one without."""
    safe = load_journey(HEAD.format(zone=SAFE, questions=ONE, answers=ANSWER))
    plain = load_journey(HEAD.format(zone="", questions=ONE, answers=ANSWER))
    return Library({"veilig": safe, "open": plain})


ANSWER = '  - {id: a0, soort: zelf, leefgebied: geld, zwaarte: "1", titel: "x", tekst: "x", actie: {lijst: x}}\n'
OTHERS = library()


@pytest.fixture
def few_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three cards be too many, so that small files can have too many."""
    monkeypatch.setattr("journeys.checker.cards.MAX_CARDS", 2)


@given(journeys())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exact_checks_equal_trying_everything(few_cards: None, journey: Journey) -> None:
    assert checked(journey, OTHERS) == reference(journey, OTHERS)


@given(journeys())
@settings(max_examples=100, deadline=None)
def test_number_of_routes_equals_counting_them(journey: Journey) -> None:
    routes = [tuple(sorted((name, tuple(sorted(options))) for name, options in r.items())) for r in all_routes(journey)]
    assert len(set(routes)) == len(routes) == Walker(journey).count()
