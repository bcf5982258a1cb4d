"""More than two hundred faulty files: each is told exactly, with its line; and no file at all can break the checker."""

from collections import Counter

import pytest
import yaml

from tests.unit.journeys.checker.faults_small import LOADING, SHAPE, Seeded
from tests.unit.journeys.checker.faults_small_references import ACTIONS, REFERENCES
from tests.unit.journeys.checker.faults_small_routes import ROUTES, WORDS
from tests.unit.journeys.checker.small import SMALL, findings

# These may say nothing.
MAY_BE_EMPTY = {"zet", "neemt_mee", "deel", "krijgt", "krijgt_niet"}
SEEDED = [*LOADING, *SHAPE, *REFERENCES, *ACTIONS, *ROUTES, *WORDS]


def _line(source: str, words: str) -> int:
    at = source.find(words)
    assert at >= 0, f"nowhere: {words}"
    return source.count("\n", 0, at) + 1


def test_the_small_file_has_no_fault() -> None:
    assert findings(SMALL) == []


@pytest.mark.parametrize("fault", SEEDED, ids=lambda fault: fault.what.replace(" ", "-"))
def test_fault_is_told_with_its_line(fault: Seeded) -> None:
    assert SMALL.count(fault.old) >= 1
    source = SMALL.replace(fault.old, fault.new, 1)

    told = [(finding.code, finding.line) for finding in findings(source)]

    assert sorted(told) == sorted((at.code, _line(source, at.words)) for at in fault.found)


def test_there_are_many_faulty_files() -> None:
    assert len(SEEDED) > 200
    assert len({fault.what for fault in SEEDED}) == len(SEEDED)
    counted = Counter(at.code for fault in SEEDED for at in fault.found)
    assert {f"E{number:02}" for number in range(21)} - set(counted) == {"E07"}  # needs a file of its own, below


def test_a_route_without_anything_is_a_dead_end() -> None:
    head, _answers = SMALL.split("antwoorden:\n")
    card = SMALL[SMALL.index("  - id: bel-nu") : SMALL.index("  - id: rooster")]
    example = 'voorbeelden:\n  - naam: "Mo"\n    kiest: {veilig: nee, nodig: [niets]}\n    krijgt: [bel-nu]\n'
    source = f"{head}antwoorden:\n{card}{example}"

    told = {(finding.code, finding.line) for finding in findings(source)}

    assert ("E07", _line(source, "id: veilig")) in told


VALUES = ["", "{}", "[]", "[[]]", "{a: b}", '""', "tekst", "~", "0", "'{{gemeente}}'"]


@pytest.mark.parametrize("value", VALUES)
def test_any_value_anywhere_is_told_and_never_breaks_the_checker(value: str) -> None:
    """Every value on a third of the lines, so that every line meets a few."""
    for number, line in enumerate(SMALL.splitlines(), start=1):
        if number % 3 != VALUES.index(value) % 3:
            continue
        if ": " not in line or line.endswith("|") or line.strip().split(":")[0] in MAY_BE_EMPTY:
            continue
        lines = SMALL.splitlines()
        lines[number - 1] = f"{line.split(': ')[0]}: {value}"
        told = findings("\n".join(lines) + "\n")
        assert told or value in {"tekst", "0", "~", "'{{gemeente}}'"}, lines[number - 1]


def test_any_line_may_go_and_the_checker_goes_on() -> None:
    lines = SMALL.splitlines()
    for number in range(len(lines)):
        for finding in findings("\n".join(lines[:number] + lines[number + 1 :]) + "\n"):
            assert 1 <= finding.line <= len(lines)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# alleen een opmerking\n",
        b"tekst",
        b"- een\n- lijst\n",
        b"\xff\xfe\x00\x00",
        b"a: \x00",
        SMALL.encode("utf-16"),
        b"wegwijzer: " + b"x" * 10_000_000,
        b"[" * 100_000,
        (
            "a: &a [x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{'*' + chr(97 + n) + ', '}]\n" for n in range(9))
        ).encode(),
        b"{" * 1000 + b"}" * 1000,
        b"? " * 5000,
    ],
    ids=range(12),
)
def test_what_is_no_file_is_told_as_one_fault(data: bytes) -> None:
    assert [finding.code for finding in findings(data)] == ["E00"]


def test_the_small_file_is_ordinary_yaml_too() -> None:
    assert set(yaml.safe_load(SMALL)) >= {"wegwijzer", "vragen", "antwoorden"}
