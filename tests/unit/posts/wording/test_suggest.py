"""The suggested category and title."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.wording.categories import CATEGORIES
from posts.wording.lists import help_phrases
from posts.wording.own_title import LONGEST_TITLE
from posts.wording.suggest import clues, suggest_category, suggest_title


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("huisartsbezoek maandag", "transport"),
        ("lampen ophangen", "repairs"),
        ("boodschappenlijst", "groceries"),
        ("De hond is ziek, wie loopt een rondje met hem?", "pets"),
        ("oppas voor mijn kat", "pets"),
        ("oppas voor mijn zoontje", "childcare"),
        ("oppas voor mijn moeder", "care"),
        ("VERHUIZEN", "moving"),
    ],
)
def test_suggest_category(text: str, category: str) -> None:
    assert suggest_category(text) == category


@pytest.mark.parametrize("text", ["", "   ", "ik", "Wie kan mij helpen?", "👍", "12 34"])
def test_suggest_category_too_little_to_go_by_is_none(text: str) -> None:
    assert suggest_category(text) is None


def test_clues_say_why() -> None:
    found = clues("Wie maait het gras in mijn tuin?")

    assert {clue.category for clue in found} >= {"garden"}
    assert "tuin" in {clue.words for clue in found}


@pytest.mark.parametrize("language", ["nl", "en", "tr", "pl", "uk", "ar"])
def test_lists_know_every_category(language: str) -> None:
    assert {category for _, category, _ in help_phrases(language)} == set(CATEGORIES)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Kan iemand mij donderdag naar het ziekenhuis rijden?",
            "Kan iemand mij donderdag naar het ziekenhuis rijden?",
        ),
        ("Hallo allemaal, wie helpt met de tuin. Koffie staat klaar!", "Wie helpt met de tuin"),
        ("ik ben Riet. Ik zoek een lift naar de markt.", "Ik zoek een lift naar de markt"),
        ("GOEDEMIDDAG. WIE HAALT MIJN BROOD!!!", "Wie haalt mijn brood"),
        ("bel 0612345678. wie wil met mij wandelen", "Wie wil met mij wandelen"),
        ("Storm he.", "Storm he"),
        ("...", ""),
        ("", ""),
    ],
)
def test_suggest_title(text: str, title: str) -> None:
    assert suggest_title(text) == title


def test_suggest_title_long_is_cut_between_words() -> None:
    text = "Ik zoek iemand die elke woensdagmiddag samen met mijn vader naar het park bij de grote vijver wandelt"

    title = suggest_title(text)

    assert len(title) <= LONGEST_TITLE
    assert text.startswith(title)
    assert title.split()[-1] in text.split()


@given(st.text(max_size=300))
def test_title_is_short_and_made_of_own_characters(text: str) -> None:
    title = suggest_title(text)

    assert len(title) <= LONGEST_TITLE
    assert "\n" not in title
    assert not title.endswith((".", ",", "!", ":", ";"))


@given(st.text(max_size=300))
def test_any_text_gets_a_category_or_none(text: str) -> None:
    assert suggest_category(text) in {None, *CATEGORIES}


@pytest.mark.parametrize("piece", ["a", "boodschappen ", "ik rijd naar het ziekenhuis ", ", ", " ", "?.", "é"])
def test_a_huge_text_takes_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()

    suggest_category(text)
    suggest_title(text)

    assert time.process_time() - started < 0.25
