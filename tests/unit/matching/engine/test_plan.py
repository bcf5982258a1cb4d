"""What a plan promises, whatever comes in: properties that hold for any neighbourhood."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import (
    ANY_TIME,
    PRIORS,
    URGENT,
    WEEK,
    Ask,
    Because,
    HelperColumns,
    OpenAsks,
    PlaceIndex,
    Settings,
    WavePlan,
    fitting_pairs,
    fitting_people,
    helper_columns,
    open_asks,
    plan_wave,
)

QUICK = settings(max_examples=60, deadline=None)


def neighbourhood(seed: int, size: int = 60) -> HelperColumns:
    """People of all sorts: near and far, tired and fresh, with and without budget."""
    draw = np.random.default_rng(seed)
    return helper_columns(
        np.arange(size) + 1000,
        x=draw.uniform(0, 6, size),
        y=draw.uniform(0, 6, size),
        kinds=draw.integers(0, 1 << 16, size),
        distance=draw.choice([1, 3, 5, 10], size),
        times=draw.integers(0, 1 << 21, size),
        languages=draw.integers(1, 8, size),
        limits=draw.integers(0, 4, size),
        area=draw.integers(-1, 3, size),
        adult=draw.random(size) < 0.8,
        active=draw.random(size) < 0.9,
        budget=draw.integers(0, 3, size),
        recent=draw.exponential(1.0, size),
        recent_at=draw.uniform(0, 10, size),
        helps=draw.integers(0, 4, size),
        factor=draw.lognormal(0, 1, size),
        worth=draw.exponential(0.01, size),
    )


def drawn_ask(draw: np.random.Generator, number: int, **known: Any) -> Ask:
    """Return an ask of any sort."""
    ask = Ask(
        id=number,
        x=draw.uniform(0, 6),
        y=draw.uniform(0, 6),
        kind=int(draw.integers(0, 16)),
        author=int(draw.integers(1000, 1060)),
        area=int(draw.integers(0, 3)),
        own_area_only=bool(draw.random() < 0.2),
        adults_only=bool(draw.random() < 0.2),
        needs=int(draw.integers(0, 3)),
        time=int(draw.integers(-1, 21)),
        spoken=int(draw.integers(0, 8)),
        lead=int(draw.integers(0, 3)),
        places=int(draw.integers(1, 3)),
        waking_left=float(draw.uniform(0.1, 100)),
        quiet=bool(draw.random() < 0.3),
        asked=frozenset(draw.integers(1000, 1060, 5).tolist()),
        blocked=frozenset(draw.integers(1000, 1060, 5).tolist()),
        out_chance=draw.uniform(0.01, 0.5, 2),
        out_age=draw.uniform(0, 5, 2),
    )
    return replace(ask, **known)


def others(draw: np.random.Generator, count: int = 20) -> tuple[list[Ask], OpenAsks]:
    """Return open asks that may travel along."""
    asks = [drawn_ask(draw, 500 + number) for number in range(count)]
    return asks, open_asks(asks, draw.uniform(0, 1, count).tolist(), draw.uniform(0, 1, count).tolist())


def plan(ask: Ask, helpers: HelperColumns, asks: OpenAsks | None = None, **known: Any) -> WavePlan:
    """Plan with the shipped tables at day ten."""
    given: dict[str, Any] = {
        "model": PRIORS,
        "settings": Settings(),
        "now": 10.0,
        "rng": np.random.default_rng(1),
    } | known
    return plan_wave(ask, helpers, asks, **given)


@QUICK
@given(st.integers(0, 10_000))
def test_plan_asks_only_who_fits_and_was_not_asked_or_blocked(seed: int) -> None:
    helpers, draw = neighbourhood(seed), np.random.default_rng(seed)
    ask = drawn_ask(draw, 1)

    found = plan(ask, helpers, others(draw)[1])

    ids = [term.helper_id for term in found.chosen]
    rows = [term.row for term in found.chosen]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & (ask.asked | ask.blocked | {ask.author})
    assert all(helpers.budget[rows] > 0)
    assert all(helpers.active[rows])
    assert all(helpers.kinds[rows] >> ask.kind & 1)
    assert all(helpers.limits[rows] & ask.needs == 0)
    assert all(term.km <= helpers.distance[term.row] for term in found.chosen)


@QUICK
@given(st.integers(0, 10_000))
def test_extras_fit_are_never_quiet_and_never_shown_twice(seed: int) -> None:
    helpers, draw = neighbourhood(seed), np.random.default_rng(seed)
    asks, columns = others(draw)
    by_id = {ask.id: ask for ask in asks}

    found = plan(drawn_ask(draw, 1, asked=frozenset(), needs=0, spoken=0, time=ANY_TIME), helpers, columns)

    for term in found.chosen:
        carried = [extra.ask_id for extra in term.extras]
        assert len(set(carried)) == len(carried) <= Settings().most_extras
        for number in carried:
            extra = by_id[number]
            assert not extra.quiet
            assert term.helper_id not in extra.asked | extra.blocked | {extra.author}
            one = fitting_people(extra, helpers, now=10.0, half_days=3.5)
            assert term.helper_id in one.helpers.id


@QUICK
@given(st.integers(0, 10_000), st.floats(0, 3), st.floats(0, 3))
def test_more_distance_never_raises_the_chance(seed: int, first: float, more: float) -> None:
    helpers = helper_columns([1, 2], x=[first, first + more], distance=50.0, factor=1.3)

    found = plan(drawn_ask(np.random.default_rng(seed), 1, x=0.0, y=0.0, time=ANY_TIME, kind=1, places=1, lead=1,
                           waking_left=40.0, needs=0, spoken=0, own_area_only=False, adults_only=False), helpers)  # fmt: skip

    terms = {term.helper_id: term.chance for term in found.chosen + found.passed}
    assert terms[1] >= terms[2]


@QUICK
@given(st.integers(0, 10_000))
def test_a_filled_or_past_ask_asks_nobody(seed: int) -> None:
    helpers, draw = neighbourhood(seed), np.random.default_rng(seed)

    filled = plan(drawn_ask(draw, 1, places=0), helpers)
    over = plan(drawn_ask(draw, 1, waking_left=0.0), helpers)

    assert (filled.because, filled.chosen) == (Because.FILLED, ())
    assert (over.because, over.chosen) == (Because.OVER, ())


@QUICK
@given(st.integers(0, 10_000))
def test_the_index_of_places_finds_everybody_near(seed: int) -> None:
    helpers, draw = neighbourhood(seed), np.random.default_rng(seed)
    ask = drawn_ask(draw, 1)
    near = PlaceIndex(helpers.x, helpers.y).near(ask.x, ask.y, 10.0)

    everybody = fitting_people(ask, helpers, now=10.0, half_days=3.5)
    by_place = fitting_people(ask, helpers, now=10.0, half_days=3.5, near=near)

    assert everybody.rows.tolist() == sorted(by_place.rows.tolist())


@QUICK
@given(st.integers(0, 10_000))
def test_pairs_agree_with_one_ask_at_a_time(seed: int) -> None:
    helpers, draw = neighbourhood(seed), np.random.default_rng(seed)
    asks, columns = others(draw)

    fit, _km = fitting_pairs(columns, helpers)

    for column, ask in enumerate(asks):
        alone = fitting_people(ask, replace(helpers, budget=np.ones(len(helpers), np.int64)), now=10.0, half_days=3.5)
        pairs = np.flatnonzero(fit[:, column] & helpers.active)
        assert pairs.tolist() == ([] if ask.quiet else alone.rows.tolist())


def test_nobody_is_a_plan_too() -> None:
    found = plan(Ask(id=1, x=0, y=0, kind=1), helper_columns([]))

    assert (found.because, found.fitting, found.chosen) == (Because.NOBODY, 0, ())


def test_fifty_thousand_on_one_cell_ask_a_few() -> None:
    found = plan(Ask(id=1, x=0, y=0, kind=1), helper_columns(np.arange(50_000)))

    assert found.fitting == 50_000
    assert 1 <= len(found.chosen) <= Settings().largest_wave


def test_equals_are_drawn_by_lot_and_the_least_asked_goes_first() -> None:
    helpers = helper_columns(np.arange(40), recent=[0.0] * 20 + [0.2] * 20, recent_at=10.0)
    ask = Ask(id=1, x=0, y=0, kind=1)
    fixed = Settings(wave="fixed", wave_fixed=3)

    firsts = [plan(ask, helpers, settings=fixed, rng=np.random.default_rng(seed)).chosen for seed in range(20)]

    assert {term.row < 20 for chosen in firsts for term in chosen} == {True}
    assert len({term.row for chosen in firsts for term in chosen}) > 10


def test_a_week_away_is_held_only_where_the_setting_says_so() -> None:
    helpers = helper_columns(np.arange(10))
    ask = Ask(id=1, x=0, y=0, kind=1, lead=WEEK, waking_left=80.0, waking_age=2.0)

    held = plan(ask, helpers, settings=Settings(hold=True))

    assert (held.because, held.wait) == (Because.HELD, 10.0)
    assert plan(ask, helpers).because == Because.ASKED
    assert plan(replace(ask, lead=URGENT), helpers, settings=Settings(hold=True)).because == Because.ASKED


def test_alerts_still_out_make_the_next_wave_smaller() -> None:
    helpers = helper_columns(np.arange(30), worth=0.02)
    ask = Ask(id=1, x=0, y=0, kind=1, lead=URGENT, waking_left=3.0)
    with_out = replace(ask, out_chance=np.full(6, 0.3), out_age=np.full(6, 0.1))

    assert len(plan(with_out, helpers).chosen) < len(plan(ask, helpers).chosen)


def test_a_helper_who_never_comes_goes_last() -> None:
    helpers = helper_columns([1, 2], noshow=[0.95, 0.03], factor=[5.0, 1.0])

    found = plan(Ask(id=1, x=0, y=0, kind=1), helpers)

    assert found.chosen[0].helper_id == 2


def test_two_places_that_can_not_both_be_filled_are_not_chased() -> None:
    helpers = helper_columns([1], worth=0.02)
    ask = Ask(id=1, x=0, y=0, kind=1)

    assert plan(ask, helpers).chosen
    assert not plan(replace(ask, places=6), helpers).chosen


def test_nothing_that_came_in_is_changed() -> None:
    helpers, draw = neighbourhood(3), np.random.default_rng(3)
    before = {name: getattr(helpers, name).copy() for name in helpers.__dataclass_fields__}
    _asks, columns = others(draw)
    unmet = columns.unmet.copy()

    plan(drawn_ask(draw, 1), helpers, columns, is_new=True)

    assert all((getattr(helpers, name) == column).all() for name, column in before.items())
    assert (columns.unmet == unmet).all()


def test_settings_refuse_what_would_ask_nobody() -> None:
    with pytest.raises(ValueError, match="program"):
        Settings(wave="all")
    with pytest.raises(ValueError, match="at least one"):
        Settings(wave_fixed=0)
