"""Every code of the checker catches the faults it is for: more than a hundred faulty files, at least three a code."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from journeys.checker.check import check_file
from journeys.checker.library import ADOPTED, collect
from tests.unit.journeys.checker.faults import Fault
from tests.unit.journeys.checker.faults_of_questions import QUESTIONS
from tests.unit.journeys.checker.faults_of_routes import ROUTES
from tests.unit.journeys.checker.faults_of_shape import SHAPE
from tests.unit.journeys.checker.faults_of_words import WORDS

FAULTS = [*SHAPE, *QUESTIONS, *ROUTES, *WORDS]
LIBRARY = collect([])
TODAY = date(2026, 11, 23)
CODES = {f"E{number:02}" for number in range(21)} | {"W01", "W02", "W03", "W05", "W07", "W08", "W09", "W10"}


@cache
def _codes_of(source: str) -> set[str]:
    return {finding.code for finding in check_file(source, library=LIBRARY, today=TODAY)}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}-{fault.what}")
def test_fault_is_caught(fault: Fault, tmp_path: Path) -> None:
    source = faulty = (ADOPTED / f"{fault.file}.yaml").read_text()
    for old, new in fault.edits:
        assert old in faulty, "the adopted file changed; seed the fault elsewhere"
        faulty = faulty.replace(old, new, 1)
    path = tmp_path / "fout.yaml"
    path.write_text(faulty)
    before = _codes_of(source)
    found = check_file(path.read_bytes(), library=LIBRARY, today=TODAY)
    assert {finding.code for finding in found} - before == {fault.code, *fault.also}
    lines = faulty.count("\n") + 1
    assert all(1 <= finding.line <= lines and "\n" not in finding.text for finding in found)


def test_every_code_has_three_faults() -> None:
    counted = Counter(fault.code for fault in FAULTS)
    assert set(counted) == CODES
    assert min(counted.values()) >= 3
    assert len(FAULTS) >= 80
