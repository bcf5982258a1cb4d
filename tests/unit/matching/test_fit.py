"""One rule says whether an ask fits a helper; these are its sentences."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.fit import AskView, Candidate, HelperView, in_order, misfit

ASK = AskView(
    post_id=1,
    author_id=10,
    category="transport",
    cell=1,
    area_id=5,
    own_area_only=False,
    starts_at=None,
    spoken=frozenset(),
)
HELPER = HelperView(
    resident_id=20,
    cell=1,
    area_id=5,
    kinds=frozenset({"transport"}),
    distance_km=3,
    fits_time=True,
    languages=frozenset({"nl"}),
    is_adult=True,
    asks_a_month=3,
    asked_lately=0,
    helped_lately=0,
)


def test_misfit_none_when_everything_fits() -> None:
    assert misfit(ASK, HELPER, km=2.9) is None


@pytest.mark.parametrize(
    ("ask", "helper", "km", "why"),
    [
        ({}, {"resident_id": 10}, 0.0, "self"),
        ({}, {"kinds": frozenset({"garden"})}, 0.0, "kind"),
        ({"category": "care"}, {"kinds": frozenset({"care"}), "is_adult": False}, 0.0, "age"),
        ({}, {}, 3.1, "distance"),
        ({"own_area_only": True}, {"area_id": 6}, 0.0, "area"),
        ({}, {"fits_time": False}, 0.0, "time"),
        ({"spoken": frozenset({"tr"})}, {}, 0.0, "language"),
        ({}, {"asked_lately": 3}, 0.0, "budget"),
    ],
)
def test_misfit_names_the_reason(ask: dict[str, object], helper: dict[str, object], km: float, why: str) -> None:
    assert misfit(replace(ASK, **ask), replace(HELPER, **helper), km=km) == why  # type: ignore[arg-type]


def test_misfit_one_shared_language_is_enough() -> None:
    ask = replace(ASK, spoken=frozenset({"nl", "tr"}))

    assert misfit(ask, HELPER, km=0) is None


@given(near=st.floats(0, 50), farther=st.floats(0, 50))
def test_misfit_more_distance_never_helps(near: float, farther: float) -> None:
    near, farther = sorted((near, farther))

    if misfit(ASK, HELPER, km=farther) is None:
        assert misfit(ASK, HELPER, km=near) is None


def _candidate(resident_id: int, *, km: float, asked: int = 0, helped: int = 0) -> Candidate:
    return Candidate(replace(HELPER, resident_id=resident_id, asked_lately=asked, helped_lately=helped), km)


def test_in_order_near_ring_goes_before_a_rested_helper_far_away() -> None:
    near_and_busy, far_and_rested = _candidate(1, km=1, asked=2), _candidate(2, km=5)

    assert in_order([far_and_rested, near_and_busy], draw={}) == [near_and_busy, far_and_rested]


def test_in_order_within_a_ring_the_least_asked_goes_first() -> None:
    asked, never_asked = _candidate(1, km=1, asked=1), _candidate(2, km=2.5)

    assert in_order([asked, never_asked], draw={}) == [never_asked, asked]


def test_in_order_equals_are_decided_by_lot() -> None:
    one, two = _candidate(1, km=1), _candidate(2, km=1)

    assert in_order([one, two], draw={1: 0.9, 2: 0.1}) == [two, one]


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(0, 5)), max_size=20))
def test_in_order_keeps_everybody_once(rows: list[tuple[float, int]]) -> None:
    people = [_candidate(number, km=km, asked=asked) for number, (km, asked) in enumerate(rows)]

    ordered = in_order(people, draw={})

    assert sorted(one.helper.resident_id for one in ordered) == list(range(len(rows)))
    assert [one.ring for one in ordered] == sorted(one.ring for one in ordered)
