"""The small language the word lists are written in."""

import re

import pytest

from posts.wording.lists import help_phrases, rules
from posts.wording.phrases import PhraseBook
from posts.wording.rules import Rule, RuleBook
from posts.wording.words import fold, words_of


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("lamp", "een lamp", True),
        ("lamp", "lampen", False),
        ("lamp*", "lampen", True),
        ("*kaart", "een busKaart", True),
        ("wil|wou dood", "ik wou dood", True),
        ("sleutel .. mat", "sleutel ligt onder de mat", True),
        ("sleutel .. mat", "sleutel een twee drie vier vijf mat", False),
        ("sleutel .. mat", "sleutel weg. De mat ook", False),
        ("hond & oppas*", "oppassen op mijn hond", True),
        ("hond & oppas*", "oppassen. Mijn hond", False),
        ("voor hij|mijn_man thuis", "voor mijn man thuis is", True),
        ("voor hij|mijn_man thuis", "voor mijn thuis", False),
        ("# euro", "voor 20 euro", True),
    ],
)
def test_phrase(phrase: str, text: str, found: bool) -> None:
    assert bool(PhraseBook([phrase]).find(words_of(text))) is found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("lamp", "lampen", True),
        ("koken", "gekookt", True),
        ("boodschap", "boodschappenlijst", True),
        ("kat", "kathedraal", False),
        ("mobiel!", "scootmobiel", False),
    ],
)
def test_phrase_by_stem(phrase: str, text: str, found: bool) -> None:
    assert bool(PhraseBook([phrase], by_stem=True).find(words_of(text))) is found


def test_rule_is_taken_back_only_in_its_own_sentence() -> None:
    book = RuleBook([Rule("code", "why", "dood", "plant")])

    assert book.signs(words_of("De plant is dood")) == []
    assert len(book.signs(words_of("De plant leeft. Hij is dood"))) == 1


def _phrases() -> list[str]:
    phrases = [phrase for language in ("nl", "en", "tr", "pl", "uk", "ar") for phrase, _, _ in help_phrases(language)]
    for rule in (*rules("danger"), *rules("advice")):
        phrases += [phrase.strip() for phrase in f"{rule.phrases},{rule.unless}".split(",") if phrase.strip()]
    return phrases


def test_every_phrase_in_the_lists_can_be_found() -> None:
    words = {word for phrase in _phrases() for word in re.split(r"[ |&_]", fold(phrase))} - {"", "..", "#"}
    plain = {word.strip("*!") for word in words}

    impossible = {word for word in plain if [one.text for one in words_of(word)] != [word]}

    assert impossible == set()


def test_words_keep_their_place_in_the_text() -> None:
    text = "Één İyi m’n straße"

    assert [text[word.start : word.end] for word in words_of(text)] == ["Één", "İyi", "m’n", "straße"]
    assert len(fold(text)) == len(text)
