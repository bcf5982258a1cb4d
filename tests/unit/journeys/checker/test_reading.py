"""How hard the words are: what is measured, and that everything we bring along is plain."""

import pytest
from django.core.management import call_command

from journeys.checker.reading import measure

PLAIN = "Bel de huisarts. Zeg dat het niet gaat. Iemand komt dan langs."


def test_figures_of_a_plain_text() -> None:
    found = measure([PLAIN], "nl")

    assert (found.words, found.sentences, found.syllables) == (12, 3, 14)
    assert found.average == 4
    assert found.ease == pytest.approx(206.84 - 0.93 * 4 - 0.77 * 100 * 14 / 12)
    assert found.problems == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Vraag naar de ondersteuningsbehoefte.", "lang woord: ondersteuningsbehoefte"),
        ("een " * 21, "een zin van 21 woorden"),
        ("een " * 16, "16.0 woorden per zin"),
        ("Desbetreffende organisaties faciliteren participatie. " * 60, "leesgemak"),
    ],
)
def test_what_is_hard_is_named(text: str, problem: str) -> None:
    assert any(problem in each for each in measure([text], "nl").problems)


def test_nothing_to_read_is_no_problem() -> None:
    assert measure([], "nl").problems == []


def test_everything_we_bring_along_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_journeys", "--reading")

    lines = capsys.readouterr().out.splitlines()[1:]
    assert len(lines) == 2 * (10 + 29)
    assert all(float(line.split()[1]) < 8 for line in lines)
