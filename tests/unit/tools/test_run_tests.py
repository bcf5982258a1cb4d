"""The summary of `make test` counts what pytest reported, and never counts a crash as success."""

from pathlib import Path

from tools.run_tests import _counts

REPORT = """<?xml version="1.0"?>
<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/></testsuites>"""


def test_counts_of_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    assert _counts(report) == {"passed": 4, "failed": 3, "skipped": 3}


def test_no_report_is_a_failure(tmp_path: Path) -> None:
    assert _counts(tmp_path / "missing.xml") == {"failed": 1}
