"""Scenarios, the command, and what it prints."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from buurt.communities.categories import Category
from matching.simulation.figures import gini, mean_of, paired
from matching.simulation.scenario import KINDS, NAMED, ScenarioError, scenario_named

TINY = {"helpers": 80, "asks_a_day": 2, "days": 8, "warm_days": 1}


def simulate(*arguments: str) -> str:
    """Run the command and return what it printed."""
    out = StringIO()
    call_command("simulate_matching", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def tiny(tmp_path: Path) -> str:
    """Return the path of a tiny scenario."""
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(TINY))
    return str(path)


def test_kinds_are_those_of_the_platform_in_its_order() -> None:
    assert list(KINDS) == Category.values


def test_every_named_scenario_can_be_made() -> None:
    assert {scenario_named(name).name for name in [*NAMED, "zaanstad"]} == {*NAMED, "zaanstad"}


def test_zaanstad_has_its_own_postcodes() -> None:
    zaanstad = scenario_named("zaanstad")

    assert len(zaanstad.places) == 18
    assert max(place.x for place in zaanstad.places) < 15
    assert sum(place.rural for place in zaanstad.places) == 8


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("helper: 3", "unknown: helper"),
        ("[1, 2]", "mapping"),
        ("helpers: [", "tiny.yaml"),
        ("kinds: [chess]\nasked: [1]\ndeclared: [1]", "chess"),
        ("helpers: 0", "needs helpers"),
        ("extends: moon", "no scenario moon"),
    ],
)
def test_a_wrong_scenario_says_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(text)

    with pytest.raises(ScenarioError, match=why):
        scenario_named(str(path))


def test_json_has_means_pairs_bounds_and_runs(tiny: str, tmp_path: Path) -> None:
    kept = tmp_path / "runs.jsonl"
    arguments = ["--scenario", tiny, "--policy", "waves-withdrawn,priced-pooled", "--seeds", "1-2", "--keep", str(kept)]

    found = json.loads(simulate(*arguments, "--json"))

    ours = found["policies"]["priced-pooled"]
    assert found["seeds"] == [1, 2]
    assert set(ours["runs"]) == {"1", "2"}
    assert set(ours["mean"]["filled"]) == {"mean", "half"}
    assert set(ours["minus"]) == {"waves-withdrawn"}
    assert found["bound"]["mean"] >= ours["mean"]["filled"]["mean"]
    # A second start finds all runs in the file.
    assert len(kept.read_text().splitlines()) == 6
    assert json.loads(simulate(*arguments, "--json"))["policies"] == found["policies"]


def test_the_table_names_policies_and_the_bound_and_a_plot_is_drawn(tiny: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "plot.png"

    table = simulate("--scenario", tiny, "--policy", "board-only", "nearest-k", "--seeds", "1", "--plot", str(picture))

    assert "| nearest-k" in table
    assert "hindsight bound" in table
    assert "minus board-only" in table
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_what_if_questions_change_the_scenario(tiny: str) -> None:
    table = simulate(
        "--scenario", tiny, "--policy", "nearest-k", "--seeds", "1", "--radius", "1.5", "--helpers", "20",
        "--without", "pets", "--no-bound",
    )  # fmt: skip

    assert "tiny, 20 helpers, 1.5 km, without pets" in table


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--scenario", "moon"], "no scenario moon"),
        (["--policy", "magic"], "no policy magic"),
        (["--seeds", "one"], "--seeds is written"),
        (["--seeds", "5-2"], "names none"),
        (["--without", "chess"], "chess is not asked here"),
        (["--world", "nowhere"], "module:Class"),
        (["--helpers", "0"], "needs helpers"),
    ],
)
def test_bad_arguments_get_a_clear_error(arguments: list[str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        simulate(*arguments)


def test_means_intervals_and_pairs() -> None:
    assert str(mean_of([1.0, 2.0, 3.0])) == "2.0 ± 2.5"
    assert mean_of([None]) is None
    assert str(mean_of([4.0])) == "4.0"
    assert str(paired({1: 5.0, 2: 7.0, 3: 1.0}, {1: 4.0, 2: 6.0, 9: 0.0})) == "1.0 ± 0.0"


def test_gini_of_even_and_of_one() -> None:
    assert gini(np.ones(10)) == pytest.approx(0.0)
    assert gini(np.eye(10)[0]) == pytest.approx(0.9)
    assert gini(np.zeros(10)) is None


def test_another_world_is_plugged_in_by_name(tiny: str) -> None:
    world = "tests.unit.matching.simulation.small_world:Island"

    found = json.loads(
        simulate("--scenario", tiny, "--policy", "priced-pooled", "--seeds", "1", "--world", world, "--json")
    )

    assert found["policies"]["priced-pooled"]["mean"]["filled"]["mean"] > 0
    assert found["bound"] is None
    with pytest.raises(CommandError, match="true chances"):
        simulate("--scenario", tiny, "--policy", "priced-pooled-true", "--world", world)
