"""The shelf: everything that is adopted, and nothing that is faulty."""

import logging
from pathlib import Path

import pytest

from journeys.checker.library import LISTS, everything
from journeys.library import all_journeys, fill, find_journey, find_list, shelf


def test_everything_adopted_is_on_the_shelf_once() -> None:
    assert len(shelf().journeys) == 10
    assert len(shelf().lists) == 29
    assert shelf() is shelf()
    assert [journey.title for journey in all_journeys()] == sorted(each.title for each in all_journeys())


def test_unknown_names_are_not_found() -> None:
    assert find_journey("bestaat-niet") is None
    assert find_list("bestaat-niet") is None


def test_faulty_file_is_left_out_and_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    faulty = tmp_path / "kapot.yaml"
    faulty.write_text('wegwijzer: "1"\nid: kapot\n')
    bomb = tmp_path / "bom.yaml"
    bomb.write_text("a: &a [x, x]\nb: [*a, *a]\n")

    filled = fill([faulty, bomb, tmp_path / "weg.yaml", *everything()])

    assert set(filled.journeys) == set(shelf().journeys)
    assert [record.getMessage().split(" ")[0] for record in caplog.records] == ["kapot.yaml", "bom.yaml", "weg.yaml"]
    assert LISTS.is_dir()
