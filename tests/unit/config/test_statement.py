"""An accessibility statement is read whole, or refused with where and why; a broken one never breaks the page."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from buurt.communities.models import Community
from config.checks import statements_that_can_be_read
from config.statement import CRITERIA, DEFAULT, StatementError, read_statement

OWN = """
date: 2026-11-01
status: gedeeltelijk
researched: 2026-10-01
contact: toegankelijk@zaanstad.example
findings:
  - {what: "Een knop zegt niet   wat hij doet.", criterion: "4.1.2", since: 2026-10-01}
  - {what: "Een veld had geen label.", criterion: "3.3.2", since: 2026-10-01, mended: 2026-10-20}
"""


def _written(folder: Path, text: str, name: str = "zaanstad.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_the_statement_that_ships_is_whole() -> None:
    statement = read_statement(DEFAULT)

    assert statement.status == "begonnen"
    assert statement.open
    assert all(finding.plan for finding in statement.open)


def test_there_are_55_criteria() -> None:
    assert len(CRITERIA) == 55


def test_a_statement_is_read_whole(tmp_path: Path) -> None:
    statement = read_statement(_written(tmp_path, OWN))

    assert statement.researched == date(2026, 10, 1)
    assert [finding.what for finding in statement.open] == ["Een knop zegt niet wat hij doet."]
    assert [finding.criterion for finding in statement.mended] == ["3.3.2"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("status: gedeeltelijk", "status: perfect", "status is een van"),
        ("date: 2026-11-01", "date: morgen", "date: schrijf een datum"),
        ("researched: 2026-10-01", "", "researched: schrijf een datum"),
        ('"4.1.2"', '"4.1.1"', "nummer 1: 4.1.1 is geen criterium"),
        ("mended: 2026-10-20", "mended: 2026-09-20", "nummer 2: mended ligt voor since"),
        ('what: "Een veld had geen label."', 'what: ""', "nummer 2: what ontbreekt"),
        ("findings:", "findings: [", "niet te lezen"),
        (OWN, "- los", "geen lijst van namen en waarden"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StatementError, match=words):
        read_statement(_written(tmp_path, OWN.replace(old, new, 1)))


def test_the_page_shows_the_communitys_own(
    zaanstad: Community, client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.STATEMENTS_FOLDER = tmp_path
    _written(tmp_path, OWN)

    page = client.get("/toegankelijkheid").content.decode()

    assert "Het platform voldoet voor een deel aan de eisen." in page
    assert "mailto:toegankelijk@zaanstad.example" in page
    assert "WCAG 4.1.2" in page
    assert "klaar op 20 oktober 2026" in page


def test_a_broken_one_is_left_out_and_said(
    zaanstad: Community, client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.STATEMENTS_FOLDER = tmp_path
    _written(tmp_path, OWN.replace("gedeeltelijk", "perfect"))

    page = client.get("/toegankelijkheid").content.decode()

    assert "De eerste maatregelen zijn genomen." in page
    assert f"mailto:{zaanstad.email}" in page
    (warning,) = statements_that_can_be_read(None)
    assert "status is een van" in str(warning.hint)
