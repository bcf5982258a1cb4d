"""The adopted files pass, quickly; the closed lists are those of the platform."""

import time
from datetime import date
from pathlib import Path

import pytest

from buurt.communities.categories import Category
from journeys.checker.check import check_file
from journeys.checker.library import adopted, collect, everything
from journeys.checker.walk import Walker
from journeys.fileformat.loader import load_journey
from journeys.fileformat.vocabulary import CATEGORIES

TODAY = date(2026, 11, 23)
LIBRARY = collect([])
# The most cards on any route; the fold at three a kind carries that.
MANY_CARDS = {
    "alleen-voelen": 14,
    "na-het-ziekenhuis": 16,
    "nieuw-in-de-buurt": 18,
    "geld-en-post": 19,
    "mantelzorg": 20,
    "uit-elkaar-gaan": 23,
}


def test_ten_wegwijzers_and_their_lists_are_here() -> None:
    assert len(adopted()) == len(LIBRARY.journeys) == 10
    assert len(LIBRARY.lists) == 29
    assert {path.stem for path in everything()} == {*LIBRARY.journeys, *LIBRARY.lists}


@pytest.mark.parametrize("path", everything(), ids=lambda path: path.stem)
def test_adopted_file_has_only_the_known_warning(path: Path) -> None:
    found = check_file(path.read_bytes(), library=LIBRARY, today=TODAY)
    expected = [f"een route toont {MANY_CARDS[path.stem]} kaarten"] if path.stem in MANY_CARDS else []
    assert [finding.text.split(",")[0] for finding in found] == expected
    assert all(finding.code == "W08" for finding in found)


def test_a_file_of_seven_questions_takes_less_than_a_second() -> None:
    path = next(path for path in adopted() if path.stem == "uit-elkaar-gaan")
    data = path.read_bytes()
    # Processor time: the machine may be busy with something else.
    start = time.process_time()
    check_file(data, library=LIBRARY, today=TODAY)
    assert time.process_time() - start < 1


def test_routes_of_the_largest_files_are_counted() -> None:
    counted = {path.stem: Walker(load_journey(path.read_bytes())).count() for path in adopted()}
    assert counted["geld-en-post"] == 3 * 3 * 3 * 3 * 2**7
    assert counted["mantelzorg"] == 2 * 2**6 * 2 * 3 * 2
    assert counted["iets-leren"] == (3 + 2 * 3 + 3 + 4 + 3) * 4


def test_categories_are_those_of_the_platform() -> None:
    assert set(CATEGORIES) == set(Category.values)
