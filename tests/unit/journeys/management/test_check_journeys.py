"""The command: one line per finding, 1 for errors and 0 for warnings, routes and differences."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from journeys.checker.library import ADOPTED

TODAY = "2026-11-23"
SOURCE = (ADOPTED / "mantelzorg.yaml").read_text()


def run(*args: str | Path) -> tuple[int, list[str]]:
    """Return the exit code and the lines."""
    out = StringIO()
    code = 0
    try:
        call_command("check_journeys", *map(str, args), "--today", TODAY, stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue().splitlines()


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A file to break."""
    path = tmp_path / "concept.yaml"
    path.write_text(SOURCE)
    return path


def test_without_files_all_that_is_adopted_is_checked() -> None:
    code, lines = run()
    assert code == 0
    assert len(lines) == 6
    assert all(re.fullmatch(r".+\.yaml:\d+ W08 .+", line) for line in lines)


def test_error_gives_its_line_and_exit_code_one(draft: Path) -> None:
    draft.write_text(SOURCE.replace("lijst: taken-verdelen", "lijst: weg"))
    line = draft.read_text()[: draft.read_text().index("lijst: weg")].count("\n") + 1
    code, lines = run(draft)
    assert code == 1
    assert f"{draft}:{line} E17 antwoord taken-verdelen: er is geen lijst `weg`" in lines


def test_one_bad_file_among_good_ones_gives_exit_code_one(draft: Path, tmp_path: Path) -> None:
    code, lines = run(draft, tmp_path / "weg.yaml", ADOPTED / "iets-leren.yaml")
    assert code == 1
    assert [line for line in lines if " E" in line] == [f"{tmp_path / 'weg.yaml'}:1 E00 het bestand bestaat niet"]


def test_files_of_one_run_know_each_other(draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "ander.yaml"
    other.write_text((ADOPTED / "alleen-voelen.yaml").read_text().replace("wegwijzer: mantelzorg", "wegwijzer: zorgen"))
    assert run(other)[0] == 1
    draft.write_text(SOURCE.replace("id: mantelzorg\n", "id: zorgen\n"))
    assert run(other, draft)[0] == 0


def test_review_date_is_seen_from_today(draft: Path) -> None:
    out = StringIO()
    call_command("check_journeys", str(draft), "--today", "2030-01-01", stdout=out)
    assert " W03 " in out.getvalue()


def test_routes_lists_every_route(draft: Path) -> None:
    code, lines = run("--routes", draft)
    assert code == 0
    assert lines[0] == "mantelzorg: 1536 routes"
    assert len(set(lines[1:])) == 1536
    route = "nu=ja waarbij=anders wonen=nee zwaar=goed werk=lukt"
    assert f"{route} -> huisarts-nu taken-verdelen buur-koffie inloop steunpunt" in lines


def test_routes_of_a_broken_file_says_why(draft: Path) -> None:
    draft.write_text(SOURCE.replace("als: {nu: ja}", "als: {nu: straks}"))
    code, lines = run("--routes", draft)
    assert code == 1
    assert len(lines) == 1


def test_too_many_routes_to_list_is_said(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journeys.checker.report.MAX_LISTED", 1535)
    code, lines = run("--routes", draft)
    assert code == 1
    assert lines == [f"{draft}:1 E01 te veel routes om ze allemaal te tonen"]


def test_diff_of_equal_files_changes_nothing(draft: Path) -> None:
    assert run("--diff", ADOPTED / "mantelzorg.yaml", draft) == (0, ["0 van 1536 routes veranderen"])


def test_diff_shows_each_route_that_changes_and_how(draft: Path) -> None:
    draft.write_text(SOURCE.replace("als: {werk: botst}", "als: {nu: ja, werk: botst}"))
    code, lines = run("--diff", ADOPTED / "mantelzorg.yaml", draft)
    assert code == 0
    assert lines[0] == "-verlof (384 routes)"
    assert len([line for line in lines if line.startswith("  ")]) == 384
    assert all("nu=nee" in line and "werk=botst" in line for line in lines[1:-1])
    assert lines[-1] == "384 van 1536 routes veranderen"


def test_diff_tells_routes_that_go_and_come(draft: Path) -> None:
    draft.write_text(SOURCE.replace('      ver: "Ja"\n', '      ver: "Ja"\n      land: "In een ander land"\n'))
    code, lines = run("--diff", ADOPTED / "mantelzorg.yaml", draft)
    assert code == 0
    assert "alleen in NEW (768 routes)" in lines
    assert lines[-1] == "0 van 2304 routes veranderen; 0 verdwijnen, 768 komen erbij"


def test_diff_with_a_file_that_does_not_load_fails(draft: Path, tmp_path: Path) -> None:
    code, lines = run("--diff", draft, tmp_path / "weg.yaml")
    assert code == 1
    assert " E00 " in lines[0]
