"""The small dynamic program: as good as trying everything, and wiser than its parts."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.program import plan_program, waiting_time, waves_left
from matching.engine.rank import completion
from matching.engine.settings import Settings

# Without haste, so that trying everything is the measure.
PATIENT = Settings(haste=0.0)


def best_by_trying(chance: list[float], price: list[float], value: float, waves: int) -> float:
    """Return the best expected value over every way to cut the order into waves, when all answers come in time."""
    best = 0.0
    for sizes in product(range(len(chance) + 1), repeat=waves):
        worth, silent, at = 0.0, 1.0, 0
        for size in sizes:
            group = slice(at, min(at + size, len(chance)))
            fails = float(np.prod(1 - np.array(chance[group])))
            worth += silent * ((1 - fails) * value - sum(price[group]))
            silent, at = silent * fails, group.stop
        best = max(best, worth)
    return best


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.02, 0.6), st.floats(0.005, 0.2)), min_size=1, max_size=4),
    st.integers(1, 3),
)
def test_program_is_as_good_as_trying_everything(people: list[tuple[float, float]], waves: int) -> None:
    people = sorted(people, key=lambda one: one[1] / one[0])
    chance, price = [one[0] for one in people], [one[1] for one in people]

    found = plan_program(np.array(chance), np.array(price), 1.0, waves=waves, share=1.0, out=0.0, settings=PATIENT)

    assert found.worth == pytest.approx(best_by_trying(chance, price, 1.0, waves), abs=1e-6)


def test_more_waves_left_means_fewer_at_once_and_more_to_hope_for() -> None:
    chance, price = np.full(30, 0.08), np.full(30, 0.02)

    few = plan_program(chance, price, 1.0, waves=1, share=0.7, out=0.0, settings=Settings())
    many = plan_program(chance, price, 1.0, waves=10, share=0.7, out=0.0, settings=Settings())

    assert many.size < few.size
    assert many.worth > few.worth


def test_nobody_left_hopes_for_what_is_out() -> None:
    found = plan_program(np.empty(0), np.empty(0), 1.0, waves=3, share=0.5, out=0.4, settings=Settings())

    assert (found.size, found.worth) == (0, 0.4)


def test_a_wave_waits_between_half_an_hour_and_four() -> None:
    assert waiting_time(1.0, Settings()) == 0.5
    assert waiting_time(24.0, Settings()) == 2.0
    assert waiting_time(500.0, Settings()) == 4.0
    assert waves_left(0.1, Settings()) == 1
    assert waves_left(500.0, Settings()) == 12


def test_completion_is_a_share_of_the_chance_of_one() -> None:
    assert completion(3.0, 1) == 1.0
    assert completion(0.0, 2) == 0.0
    assert completion(2.0, 2) == pytest.approx((1 - 3 * np.exp(-2)) / (1 - np.exp(-2)))
    assert completion(2.0, 3) < completion(2.0, 2)
