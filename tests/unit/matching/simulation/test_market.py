"""A run keeps its books: nothing is asked twice, nothing is spent twice, and the same seed is the same run."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from matching.simulation.figures import figures_of, is_filled
from matching.simulation.market import Market
from matching.simulation.neighbourhood import MOOD, Neighbourhood
from matching.simulation.policies import POLICIES, PricedPooled
from matching.simulation.runs import Task, run_task
from matching.simulation.scenario import BASE, Scenario
from matching.simulation.world import world_class
from tests.unit.matching.simulation.small_world import FAR_NORTH, Deaf, Island

TINY = replace(BASE, name="tiny", helpers=120, asks_a_day=2.0, days=12, warm_days=2)


def run(policy: str, scenario: Scenario = TINY, seed: int = 1) -> Market:
    """Return a finished run."""
    market = Market(Neighbourhood(seed, scenario), POLICIES[policy], seed)
    market.run()
    return market


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_runs_and_keeps_its_books(policy: str) -> None:
    market = run(policy)

    helpers = market.platform.helpers
    fresh = Neighbourhood(1, TINY).helpers()
    assert (helpers.budget >= 0).all()
    assert int((fresh.budget - helpers.budget).sum()) == market.tally.alerts == sum(s.alerts for s in market.states)
    assert market.tally.shown == sum(state.shown for state in market.states)
    assert all(state.closed for state in market.states)
    assert all(len(state.engaged) + state.left == state.arrival.ask.places for state in market.states)
    for state in market.states:
        shown = Counter(message.row for message in state.messages)
        assert not shown or shown.most_common(1)[0][1] == 1
    assert market.helps.sum() == sum(kind == "came" for s in market.states for _row, kind in s.engaged)


def test_the_same_seed_is_the_same_run_and_another_is_not() -> None:
    one, again, other = (figures_of(run("priced-pooled", seed=seed), 2) for seed in (1, 1, 2))

    assert one == again
    assert one != other


def test_luck_is_the_same_for_all_policies_and_in_any_order() -> None:
    one, other = Neighbourhood(5, TINY), Neighbourhood(5, TINY)
    forwards = [one.luck.uniform(MOOD, row, 7) for row in range(50)]
    backwards = [other.luck.uniform(MOOD, row, 7) for row in reversed(range(50))]

    assert forwards == backwards[::-1]
    assert np.allclose(one.luck.uniforms(MOOD, np.arange(50), 7), forwards, atol=0)
    assert [arrival.ask.id for arrival in one.arrivals()] == [arrival.ask.id for arrival in other.arrivals()]
    assert 0.4 < np.mean([one.luck.uniform(MOOD, row, ask) for row in range(40) for ask in range(40)]) < 0.6


def test_withdrawn_messages_tell_nobody_too_late() -> None:
    assert run("waves-withdrawn").tally.too_late == 0
    # A pooled message that still carries an open ask no longer shows the solved one.
    assert run("priced-pooled").tally.too_late == 0
    assert run("broadcast").tally.too_late > 0


def test_board_only_alerts_nobody() -> None:
    market = run("board-only")

    assert market.tally.alerts == 0
    assert figures_of(market, 2).alerts_per_fill is None or figures_of(market, 2).alerts_per_fill == 0


def test_pooled_waves_fill_more_than_broadcast_and_the_board() -> None:
    scenario = replace(BASE, helpers=400, asks_a_day=8.0, days=20, warm_days=5)

    filled = {
        policy: np.mean([figures_of(run(policy, scenario, seed), 5).filled for seed in (1, 2)])
        for policy in ("board-only", "broadcast", "priced-pooled")
    }

    assert filled["priced-pooled"] > filled["broadcast"] + 3
    assert filled["broadcast"] > filled["board-only"]


def test_a_world_of_somebody_else_is_played_by_the_production_engine() -> None:
    market = Market(Island(1, TINY), PricedPooled, 1)
    market.run()

    assert 0 < sum(is_filled(state) for state in market.states) < len(market.states)
    assert market.tally.left <= 1
    assert market.platform.helpers.y.min() == FAR_NORTH
    assert market.platform.model.delay.median > 1.0


def test_a_world_where_nobody_reads_ends_with_nothing() -> None:
    market = Market(Deaf(1, TINY), PricedPooled, 1)
    market.run()

    assert not any(is_filled(state) for state in market.states)
    assert figures_of(market, 0).hours_to_yes is None


def test_nobody_lives_here() -> None:
    lonely = replace(TINY, helpers=1, kinds=("pets",), asked=(1.0,), declared=(1.0,))

    assert figures_of(run("priced-pooled", lonely), 2).asks > 0


def test_the_bound_is_above_what_any_policy_fills() -> None:
    pytest.importorskip("scipy")
    bound = run_task(Task(TINY, "hindsight-bound", 1)).bound

    assert bound is not None
    assert all(figures_of(run(policy), 2).filled <= bound + 1e-6 for policy in ("waves", "priced-pooled-true"))


def test_quiet_asks_never_travel_in_a_message() -> None:
    world = Neighbourhood(1, TINY)
    hushed = [replace(a, ask=replace(a.ask, quiet=n % 2 == 0)) for n, a in enumerate(world.arrivals())]
    world.__dict__["_arrivals"] = hushed
    market = Market(world, PricedPooled, 1)
    market.run()

    carried = [one for state in market.states for message in state.messages for one in message.shown[1:]]
    assert carried
    assert not any(state.arrival.ask.quiet for state in carried)


def test_world_class_says_what_is_wrong() -> None:
    for path, why in (
        ("nothing", "module:Class"),
        ("no_such_module:A", "no_such_module"),
        ("json:loads", "not a World"),
        ("json:no", "no"),
    ):
        with pytest.raises(ValueError, match=why):
            world_class(path)
