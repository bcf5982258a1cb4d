"""What an overlay may not do, and what a translation may not lose."""

from datetime import date
from pathlib import Path

import pytest

from journeys.checker.check import check_file
from journeys.checker.library import collect, overlays
from tests.unit.journeys.fileformat.test_overlay import HEAD

TODAY = date(2026, 11, 25)
LIBRARY = collect([])
ENGLISH = HEAD.replace("taal: nl\ngemeente: zaanstad\n", "taal: en\n")


def found(source: str) -> list[tuple[str, int]]:
    findings = check_file(source, library=LIBRARY, today=TODAY)
    return [(finding.code, finding.line) for finding in findings if finding.code != "W11"]


@pytest.mark.parametrize("path", overlays(), ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_adopted_overlay_has_no_finding(path: Path) -> None:
    assert check_file(path.read_bytes(), library=LIBRARY, today=TODAY) == []


ADDED = """erbij:
  - id: {id}
    soort: buur
    leefgebied: geld
    zwaarte: "1"
    titel: "Iets"
    tekst: "{text}"
    actie:
      hulp: {kind}
      voorbeeld: "Wie helpt?"
    keerpunt:
      tekst: "Bel Geldfit."
      naar: {to}
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", []),
        ('titel: "Geldzorgen"\n', []),
        ('antwoorden:\n  bestaat-niet:\n    titel: "x"\n', [("E21", 13)]),
        ('antwoorden:\n  bieb:\n    kop: "x"\n', [("E21", 13)]),
        ('vragen:\n  post:\n    opties:\n      nieuw: "x"\n', [("E21", 14)]),
        ('herken:\n  - "1"\n  - "2"\n  - "3"\n  - "4"\n  - "5"\n', [("E21", 16)]),
        ('antwoorden:\n  spoed:\n    tekst: "Bel eens."\n', [("E22", 13)]),
        ('verberg:\n  - antwoord: spoed\n    omdat: "x"\n', [("E22", 12)]),
        ('verberg:\n  - antwoord: geldfit\n    omdat: "x"\n', [("E22", 12)]),
        ('verberg:\n  - antwoord: bestaat-niet\n    omdat: "x"\n', [("E21", 12)]),
        ('verberg:\n  - antwoord: buur-mee\n    omdat: "Dat kan hier niet."\n', []),
        ('verberg:\n  - antwoord: buur-mee\n    omdat: "x"\n  - antwoord: inloop\n    omdat: "x"\n', [("E15", 2)]),
        (ADDED.format(id="bieb", text="Iets.", kind="admin", to="geldfit"), [("E02", 12)]),
        (ADDED.format(id="nieuw", text="Iets.", kind="admin", to="geldfit"), [("E06", 2), ("W08", 2)]),
        (ADDED.format(id="nieuw", text="Iets.", kind="geld", to="geldfit"), [("E06", 2), ("E09", 12), ("W08", 2)]),
        (ADDED.format(id="nieuw", text="Iets.", kind="admin", to="eten"), [("E06", 2), ("E16", 12), ("W08", 2)]),
        (
            ADDED.format(id="nieuw", text="Je hebt recht op hulp.", kind="admin", to="geldfit"),
            [("E06", 2), ("W02", 17), ("W08", 2)],
        ),
    ],
)
def test_what_a_municipality_may_not_do(source: str, expected: list[tuple[str, int]]) -> None:
    assert sorted(set(found(HEAD + source))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('titel: "Money"\n', []),
        ('antwoorden:\n  juridisch:\n    tekst: "You are entitled to money."\n', [("W02", 12)]),
        ('titel: "Call 0800-1234"\n', [("E22", 10)]),
        ('titel: "Money in {{gemeente}}"\n', [("E22", 10)]),
        ('titel: "' + "word " * 21 + '"\n', [("W01", 10)]),
    ],
)
def test_what_a_translation_may_not_lose(source: str, expected: list[tuple[str, int]]) -> None:
    assert found(ENGLISH + source) == expected


def test_a_telephone_number_that_got_lost_is_an_error() -> None:
    source = ENGLISH.replace("geld-en-post", "uit-elkaar-gaan") + 'antwoorden:\n  geen-plek:\n    tekst: "Call them."\n'
    assert found(source) == [("E22", 12)]


def test_what_is_not_translated_is_named() -> None:
    findings = check_file(ENGLISH + 'titel: "Money"\n', library=LIBRARY, today=TODAY)
    assert {finding.code for finding in findings} == {"W11"}
    assert any("antwoorden: spoed: titel" in finding.text for finding in findings)


def test_another_version_of_the_core_is_named() -> None:
    assert found(HEAD.replace('versie: "2026.3"', 'versie: "2025.1"')) == [("W12", 3)]


def test_an_overlay_over_nothing() -> None:
    assert found(HEAD.replace("geld-en-post", "bestaat-niet")) == [("E21", 2)]
    assert found('lokaal: "1"\nlijst: bestaat-niet\ntaal: en\n' + HEAD[HEAD.index("redactie") :]) == [("E21", 2)]
