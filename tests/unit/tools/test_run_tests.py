"""The summary of `make test` counts what pytest reported, and never counts a crash as success."""

from pathlib import Path

import pytest

from tools.run_tests import Part, _counts, _run_all

REPORT = """<?xml version="1.0"?>
<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/></testsuites>"""


def test_counts_of_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    assert _counts(report) == {"passed": 4, "failed": 3, "skipped": 3}


def test_no_report_is_a_failure(tmp_path: Path) -> None:
    assert _counts(tmp_path / "missing.xml") == {"failed": 1}


def test_parts_run_side_by_side_and_each_prints_whole(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "test_good.py", tmp_path / "test_bad.py"
    good.write_text("def test_it():\n    assert True\n")
    bad.write_text("def test_it():\n    assert False, 'so it said'\n")
    bare = ("-p", "no:django", "-p", "no:playwright", "-c", "/dev/null", f"--rootdir={tmp_path}")
    parts = tuple(Part(path.stem, on_servers=False, arguments=(str(path), *bare)) for path in (good, bad))

    outcomes = {each.name: each for each in _run_all(parts, at_once=2)}

    assert (outcomes["test_good"].passed, outcomes["test_good"].exit_code) == (1, 0)
    assert (outcomes["test_bad"].failed, outcomes["test_bad"].exit_code) == (1, 1)
    assert "so it said" in capfd.readouterr().out
