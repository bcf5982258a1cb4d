"""One rule says whether an ask fits a helper; these are its sentences, and the engine's columns say the same."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from buurt.communities.categories import ADULTS_ONLY, Category
from buurt.communities.languages import SPOKEN
from buurt.communities.places import cell_of
from buurt.residents.services import DISTANCES
from buurt.residents.week import ALL_TIMES
from buurt.residents.words import LIMITS
from matching.asks import one_moment
from matching.columns import KIND_BITS, language_bits, limit_bits
from matching.engine import Ask, fitting, helper_columns
from matching.fit import NEAR_KINDS, AskView, HelperView, fits_week, misfit
from matching.plane import Plane

ASK = AskView(post_id=1, author_id=10, category="transport", cell=1, area_id=5, community_id=1)
HELPER = HelperView(
    resident_id=20,
    cell=1,
    area_id=5,
    community_id=1,
    kinds=frozenset({"transport"}),
    distance_km=3,
    languages=frozenset({"nl"}),
)


def test_misfit_none_when_everything_fits() -> None:
    assert misfit(ASK, HELPER, km=2.9) is None


@pytest.mark.parametrize(
    ("ask", "helper", "km", "why"),
    [
        ({}, {"resident_id": 10}, 0.0, "self"),
        ({}, {"rests": True}, 0.0, "rest"),
        ({}, {"kinds": frozenset({"garden"})}, 0.0, "kind"),
        ({"category": "care"}, {"kinds": frozenset({"care"}), "is_adult": False}, 0.0, "age"),
        ({}, {"community_id": 2, "area_id": 9}, 0.0, "border"),
        ({"own_area_only": True}, {"area_id": 6}, 0.0, "area"),
        ({}, {}, 3.1, "distance"),
        ({"moments": 0b1000}, {"times": 0b0111}, 0.0, "time"),
        ({"spoken": frozenset({"tr"})}, {}, 0.0, "language"),
        ({"limits": frozenset({"no_stairs"})}, {"limits": frozenset({"no_stairs"})}, 0.0, "limit"),
        ({}, {"asked_lately": 3}, 0.0, "budget"),
    ],
)
def test_misfit_names_the_reason(ask: dict[str, object], helper: dict[str, object], km: float, why: str) -> None:
    assert misfit(replace(ASK, **ask), replace(HELPER, **helper), km=km) == why  # type: ignore[arg-type]


def test_misfit_one_shared_language_is_enough() -> None:
    assert misfit(replace(ASK, spoken=frozenset({"nl", "tr"})), HELPER, km=0) is None


def test_misfit_neighbours_over_a_shared_border_fit() -> None:
    over_there = replace(HELPER, community_id=2, area_id=9)

    assert misfit(replace(ASK, shared_areas=frozenset({9})), over_there, km=1) is None


def test_misfit_a_widened_search_goes_further_but_not_on_foot() -> None:
    wider = replace(ASK, wider_km=3.0)

    assert misfit(wider, HELPER, km=5.9) is None
    assert misfit(wider, replace(HELPER, distance_km=1), km=1.1) == "distance"


def test_misfit_near_kinds_count_only_when_widened() -> None:
    shopper = replace(HELPER, kinds=frozenset({"groceries"}))

    assert misfit(ASK, shopper, km=1) == "kind"
    assert misfit(replace(ASK, near_kinds=frozenset(NEAR_KINDS["transport"])), shopper, km=1) is None


def test_near_kinds_never_lead_to_children_or_care() -> None:
    assert not set(NEAR_KINDS) & ADULTS_ONLY
    assert not {near for kinds in NEAR_KINDS.values() for near in kinds} & ADULTS_ONLY


@pytest.mark.parametrize(
    ("times", "moments", "fits"),
    [(ALL_TIMES, 0b1, True), (0, 0b1, True), (0b10, 0b1, False), (0b10, 0b11, True), (0b10, 0, True)],
)
def test_fits_week(times: int, moments: int, fits: bool) -> None:
    assert fits_week(times, moments) is fits


@given(near=st.floats(0, 50), farther=st.floats(0, 50))
def test_misfit_more_distance_never_helps(near: float, farther: float) -> None:
    near, farther = sorted((near, farther))

    if misfit(ASK, HELPER, km=farther) is None:
        assert misfit(ASK, HELPER, km=near) is None


CELLS = [cell_of(52.44 + step * 0.012, 4.80 + step * 0.007) for step in range(8)]
KINDS = st.frozensets(st.sampled_from(Category.values), max_size=4)
LANGUAGES = st.frozensets(st.sampled_from([*SPOKEN, "xx", "yy"]), max_size=3)
SLUGS = st.frozensets(st.sampled_from([slug for slug, _label in LIMITS]), max_size=3)
WEEKS = st.one_of(st.just(ALL_TIMES), st.just(0), st.integers(0, ALL_TIMES))
ASKS = st.builds(
    AskView,
    post_id=st.just(1),
    author_id=st.integers(1, 4),
    category=st.sampled_from(Category.values),
    cell=st.sampled_from(CELLS),
    area_id=st.integers(1, 3),
    community_id=st.just(1),
    own_area_only=st.booleans(),
    moments=st.one_of(st.just(0), st.integers(0, 20).map(lambda bit: 1 << bit)),
    spoken=LANGUAGES,
    limits=SLUGS,
)
HELPERS = st.builds(
    HelperView,
    resident_id=st.integers(1, 30),
    cell=st.sampled_from(CELLS),
    area_id=st.one_of(st.none(), st.integers(1, 3)),
    community_id=st.just(1),
    kinds=KINDS,
    distance_km=st.sampled_from(DISTANCES),
    times=WEEKS,
    languages=LANGUAGES,
    limits=SLUGS,
    is_adult=st.booleans(),
    rests=st.booleans(),
    asks_a_month=st.integers(1, 4),
    asked_lately=st.integers(0, 5),
)


@given(ASKS, st.lists(HELPERS, min_size=1, max_size=12))
@hypothesis_settings(max_examples=150)
def test_the_rule_and_the_engines_columns_say_the_same(ask: AskView, people: list[HelperView]) -> None:
    plane = Plane(ask.cell)
    places = [plane.xy(one.cell) for one in people]
    columns = helper_columns(
        [one.resident_id for one in people],
        x=np.array([x for x, _y in places]),
        y=np.array([y for _x, y in places]),
        area=np.array([one.area_id or -1 for one in people]),
        kinds=np.array([sum(1 << KIND_BITS[kind] for kind in one.kinds) for one in people]),
        distance=np.array([one.distance_km for one in people]),
        times=np.array([one.times for one in people]),
        languages=np.array([language_bits(one.languages) for one in people]),
        limits=np.array([limit_bits(one.limits) for one in people]),
        adult=np.array([one.is_adult for one in people]),
        active=np.array([not one.rests for one in people]),
        budget=np.array([max(0, one.asks_a_month - one.asked_lately) for one in people]),
    )
    x, y = plane.xy(ask.cell)
    in_columns = fitting(
        Ask(
            id=1,
            x=x,
            y=y,
            kind=KIND_BITS[ask.category],
            author=ask.author_id,
            area=ask.area_id,
            own_area_only=ask.own_area_only,
            adults_only=ask.category in ADULTS_ONLY,
            needs=limit_bits(ask.limits),
            time=one_moment(ask.moments),
            spoken=language_bits(ask.spoken),
        ),
        columns,
    )
    by_the_rule = [misfit(ask, one, km=plane.km(one.cell, ask.cell)) is None for one in people]

    assert in_columns.tolist() == by_the_rule
