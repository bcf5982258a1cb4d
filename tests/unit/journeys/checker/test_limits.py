"""A file too large to be checked exactly is refused, never checked by halves; and quick ways stay exact."""

from datetime import date

import pytest

from journeys.checker.check import check_file
from journeys.checker.library import ADOPTED, Library, collect
from journeys.checker.walk import TooManyRoutes

TODAY = date(2026, 11, 23)
SOURCE = (ADOPTED / "mantelzorg.yaml").read_text()


def codes(source: str, library: Library) -> set[str]:
    return {finding.code for finding in check_file(source, library=library, today=TODAY)}


def test_too_many_steps_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    library = collect([])
    assert codes(SOURCE, library) == {"W08"}
    monkeypatch.setattr("journeys.checker.walk.Budget.spend", _refuse)
    assert codes(SOURCE, library) == {"E01"}


def _refuse(self: object, steps: int) -> None:
    raise TooManyRoutes


def test_card_count_says_at_least_when_it_cannot_be_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journeys.checker.cards.MAX_STEPS", 3)
    found = check_file(SOURCE, library=collect([]), today=TODAY)
    assert [finding.code for finding in found] == ["W08"]
    assert "minstens" in found[0].text


def test_card_count_says_that_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journeys.checker.cards.MAX_STEPS", 3)
    found = check_file((ADOPTED / "iets-leren.yaml").read_bytes(), library=collect([]), today=TODAY)
    assert [(finding.code, finding.text.split()[0]) for finding in found] == [("W08", "misschien")]


def test_forty_options_with_a_question_each_are_checked_exactly() -> None:
    """2**40 selections, and still one that shows nothing for one option."""
    names = [f"o{number}" for number in range(40)]
    options = "\n".join(f'      {name}: "{name}"' for name in names)
    cards = "".join(_card(f"k{name}", f"{{veel: {name}}}") for name in names[:-1])
    source = SOURCE.replace(
        "  - id: nu\n",
        f'  - id: veel\n    vraag: "Wat?"\n    soort: meer\n    alleen: geen\n    opties:\n{options}\n'
        '      geen: "Geen van deze"\n  - id: nu\n',
        1,
    ).replace("\nvoorbeelden:\n", cards + "\nvoorbeelden:\n")
    found = check_file(source, library=collect([]), today=TODAY)
    assert {finding.code for finding in found} == {"E10", "W05", "W08"}
    assert [finding.text for finding in found if finding.code == "W05"] == [
        "vraag veel: de optie `o39` verandert niets"
    ]


def _card(name: str, condition: str) -> str:
    return (
        f'  - id: {name}\n    soort: professional\n    leefgebied: geld\n    zwaarte: "1"\n    als: {condition}\n'
        '    titel: "Iets"\n    tekst: "Iets."\n    actie:\n      loket: huisarts\n'
    )
