"""The check of reading level: what is too long, what is too hard, and what is allowed all the same."""

import pytest

from tools import readable

EIGHTEEN = "Als er bij dit adres een account met een wachtwoord hoort, staat er nu een code in je"


def problems(text: str, *allowed: str) -> list[str]:
    """Return what is wrong with a text, in words."""
    return [each.problem for each in readable.findings(text, where="here", allowed=frozenset(allowed))]


def test_short_sentences_with_common_words_are_fine() -> None:
    assert problems("Je vraagt. Wij vragen een paar buren die passen.") == []


def test_a_sentence_is_counted_up_to_its_end_and_a_tag_or_a_name_that_is_filled_in_is_no_sentence() -> None:
    twenty_one = " ".join(["woord"] * 21)

    assert problems(twenty_one + ".") == ["a sentence of 21 words"]
    assert problems(f"{twenty_one[:60]}. {twenty_one[60:]}") == []
    assert problems(f"<b>{' '.join(['dag'] * 12)}</b> %(name)s %(other)s %(last)s") == []


def test_a_long_sentence_is_advice_and_a_very_long_one_an_error() -> None:
    (advice,) = readable.findings(EIGHTEEN, where="here")
    (error,) = readable.findings(f"{EIGHTEEN} of in de mail", where="here")

    assert (advice.is_error, error.is_error) == (False, True)


@pytest.mark.parametrize("word", ["vergunninghouder", "verantwoordelijkheid", "administratie"])
def test_a_long_word_is_refused_unless_it_is_on_the_list(word: str) -> None:
    assert len(problems(f"De {word} is er.")) == 1
    assert problems(f"De {word.title()} is er.", word) == []


def test_parts_of_a_word_with_a_hyphen_are_looked_at_one_by_one() -> None:
    assert problems("Je e-mailadres in de buurt-computerhoek") == []


@pytest.mark.parametrize(("text", "better"), [("Bel indien je komt.", "als"), ("U dient te bellen.", "moet")])
def test_jargon_gets_a_plainer_word(text: str, better: str) -> None:
    assert any(better in problem for problem in problems(text))


def test_an_address_is_no_word() -> None:
    assert problems("Mail naar vergunninghouderadministratie@voorbeeld.nl") == []


def test_an_allowed_word_that_nobody_says_is_reported() -> None:
    assert readable.unused(frozenset({"kindertelefoon", "verdwenen"}), ["Bel de Kindertelefoon"]) == ["verdwenen"]


def test_all_texts_of_the_project_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert readable.main([]) == 0, capsys.readouterr().out
