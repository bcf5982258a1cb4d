"""What somebody sees: questions, cards in order, reasons; and nothing a forged choice could add."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.checker.library import ADOPTED, adopted
from journeys.fileformat.evaluate import accepted, all_routes, open_questions, outcome, visible_questions
from journeys.fileformat.loader import load_journey
from journeys.fileformat.model import Journey
from journeys.fileformat.vocabulary import KINDS

JOURNEYS = {path.stem: load_journey(path.read_bytes()) for path in adopted()}
MONEY, APART, ALONE = (JOURNEYS[name] for name in ("geld-en-post", "uit-elkaar-gaan", "alleen-voelen"))
IN_ORDER = {"dreigt": ["nee"], "overzicht": ["ja"], "post": ["bij"], "achter": ["nee"], "speelt": ["niets"]}


def ids(journey: Journey, chosen: dict[str, list[str]]) -> list[str]:
    return [str(card.answer.id) for card in outcome(journey, chosen).cards]


def test_cards_stand_by_kind_then_weight_then_file_order() -> None:
    chosen = IN_ORDER | {"post": ["stapel"], "overzicht": ["half"], "speelt": ["computer", "eten"]}
    assert ids(MONEY, chosen) == [
        *("open-een-brief", "huishoudboek", "meer-geld"),
        *("buur-kasboek", "buur-post", "buur-computer"),
        *("geldmaatje", "eten", "bieb"),
        *("geldfit", "inkomen"),
    ]


def test_emergency_comes_first() -> None:
    assert ids(MONEY, IN_ORDER | {"dreigt": ["spoed"]})[0] == "spoed"


def test_kinds_are_apart() -> None:
    found = outcome(MONEY, IN_ORDER)
    assert [card.answer.id for card in found.of_kind("buur")] == ["buur-mee"]
    assert found.of_kind("nood") == ()


def test_fallback_stays_away_when_its_kind_has_something() -> None:
    assert "buur-mee" in ids(MONEY, IN_ORDER)
    assert "buur-mee" not in ids(MONEY, IN_ORDER | {"speelt": ["taal"]})


def test_question_appears_after_the_choice_it_depends_on() -> None:
    assert "dreigt" not in {question.id for question in visible_questions(APART, {"zorgen": ["wonen"]})}
    assert "dreigt" in {question.id for question in visible_questions(APART, {"zorgen": ["wonen", "geld"]})}


def test_open_questions_are_those_without_an_answer() -> None:
    assert [question.id for question in open_questions(MONEY, {"dreigt": ["nee"], "post": ["bij"]})] == [
        *("overzicht", "achter", "speelt")
    ]


def test_answer_to_a_question_that_disappeared_no_longer_counts() -> None:
    chosen = {"veilig": ["ja"], "zorgen": ["geld"], "dreigt": ["spoed"]}
    assert "spoed-geld" in ids(APART, chosen)
    assert "spoed-geld" not in ids(APART, chosen | {"zorgen": ["wonen"]})


@pytest.mark.parametrize(
    "forged",
    [
        {"dreigt": ["gevaar"]},
        {"huis": ["ja"]},
        {"dreigt": ["nee", "spoed"]},
        {"dreigt": []},
        {"niet": ["x"]},
        {"": [""]},
    ],
)
def test_forged_choice_is_left_out(forged: dict[str, list[str]]) -> None:
    assert accepted(MONEY, forged) == {}


def test_none_of_these_beside_something_else_is_taken_at_the_something_else() -> None:
    assert accepted(MONEY, {"speelt": ["niets", "taal"]}) == {"speelt": frozenset({"taal"})}
    assert accepted(MONEY, {"speelt": ["niets"]}) == {"speelt": frozenset({"niets"})}


def test_reasons_are_the_own_choices() -> None:
    found = outcome(MONEY, IN_ORDER | {"post": ["dicht"], "achter": ["veel"], "speelt": ["computer", "ziek"]})
    reasons = {
        str(card.answer.id): [(str(r.question.id), [str(o.id) for o in r.options]) for r in card.reasons]
        for card in found.cards
    }
    assert reasons["schuldhulp"] == [("post", ["dicht"]), ("achter", ["veel"])]
    assert reasons["bieb"] == [("speelt", ["computer"])]
    assert reasons["uwv"] == [("speelt", ["ziek"])]
    assert reasons["geldfit"] == []


def test_reason_of_a_bare_niet_is_what_was_chosen_instead() -> None:
    source = (ADOPTED / "geld-en-post.yaml").read_text()
    journey = load_journey(source.replace("als: {achter: paar}", "als: {niet: {achter: nee}}"))
    card = next(card for card in outcome(journey, {"achter": ["veel"]}).cards if card.answer.id == "regeling")
    assert [(r.question.id, [o.id for o in r.options]) for r in card.reasons] == [("achter", ["veel"])]


def test_turning_point_leads_somewhere_even_when_that_answer_does_not_show() -> None:
    found = outcome(MONEY, IN_ORDER | {"achter": ["paar"]})
    card = next(card for card in found.cards if card.answer.id == "regeling")
    assert "schuldhulp" not in {str(shown.answer.id) for shown in found.cards}
    assert card.beyond is not None
    assert card.beyond.id == "schuldhulp"


def test_no_open_ask_where_the_file_says_so() -> None:
    assert outcome(APART, {"veilig": ["twijfel"]}).no_neighbour
    assert not outcome(APART, {"veilig": ["ja"]}).no_neighbour
    assert not outcome(ALONE, {"vaak": ["altijd"]}).no_neighbour


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda journey: str(journey.id))
def test_on_every_route_of_an_unsafe_home_only_quiet_asks(journey: Journey) -> None:
    for chosen in all_routes(journey):
        found = outcome(journey, chosen) if journey.no_neighbour else None
        if found is None or not found.no_neighbour:
            continue
        assert all(card.answer.action.is_quiet for card in found.of_kind("buur"))


given_choices = st.dictionaries(
    st.sampled_from([str(question.id) for question in APART.questions]) | st.text(max_size=3),
    st.lists(
        st.sampled_from([str(o.id) for question in APART.questions for o in question.options]) | st.text(max_size=3)
    ),
)


@given(given_choices)
@settings(max_examples=200, deadline=None)
def test_any_choices_give_an_ordered_outcome_with_true_reasons(chosen: dict[str, list[str]]) -> None:
    kept = accepted(APART, chosen)
    assert accepted(APART, kept) == kept
    found = outcome(APART, chosen)
    order = [(KINDS.index(card.answer.kind), -int(card.answer.weight)) for card in found.cards]
    assert order == sorted(order)
    for card in found.cards:
        for reason in card.reasons:
            assert {option.id for option in reason.options} <= kept[reason.question.id]
