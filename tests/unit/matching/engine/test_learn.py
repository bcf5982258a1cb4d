"""Learning finds what was put into a log, keeps to its priors without one, and is not easily fooled."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import PRIORS, AlertLog, Delay, Model, calibration, own_factors, refit
from matching.engine.learn import monotone


def log_of(size: int, seed: int = 1, **known: object) -> AlertLog:
    """Return a log of answered alerts in drawn cells, without a yes."""
    draw = np.random.default_rng(seed)
    columns: dict[str, object] = {
        "helper": draw.integers(0, 50, size),
        "kind": draw.integers(0, 16, size),
        "distance": draw.integers(0, 7, size),
        "availability": draw.integers(0, 3, size),
        "lead": draw.integers(0, 3, size),
        "alerts": draw.integers(0, 7, size),
        "rest": draw.integers(0, 5, size),
        "at": np.full(size, 100.0),
        "scale": np.ones(size),
        "exposure": np.ones(size),
        "yes": np.zeros(size),
        "lost": np.zeros(size),
        "delay": np.full(size, np.nan),
    } | known
    return AlertLog(**columns)  # type: ignore[arg-type]


def test_refit_without_answers_is_the_prior() -> None:
    assert refit(PRIORS, log_of(0), 100.0) is PRIORS


def test_refit_finds_the_kind_that_gets_more_yeses() -> None:
    log = log_of(20_000)
    chance = np.where(log.kind == 3, 0.3, 0.1)
    log = replace(log, yes=(np.random.default_rng(2).random(20_000) < chance).astype(float))

    found = refit(replace(PRIORS, base=0.1), log, 100.0)

    others = np.delete(found.kind, 3)
    assert found.kind[3] / others.mean() == pytest.approx(3.0, rel=0.2)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_refit_keeps_distance_and_alerts_falling_and_rest_rising(seed: int) -> None:
    log = log_of(400, seed)
    log = replace(log, yes=(np.random.default_rng(seed).random(400) < 0.3).astype(float))

    found = refit(PRIORS, log, 100.0)

    assert (np.diff(found.distance) <= 1e-12).all()
    assert (np.diff(found.alerts) <= 1e-12).all()
    assert (np.diff(found.rest) >= -1e-12).all()
    assert (np.diff(found.hazard) >= -1e-12).all()
    assert (found.lowering >= 0).all()


def test_silence_weighs_by_the_answers_that_would_have_come() -> None:
    silent = log_of(300)
    young = replace(silent, exposure=np.full(300, 0.05))

    assert refit(PRIORS, young, 100.0).base > refit(PRIORS, silent, 100.0).base


def test_old_answers_weigh_less() -> None:
    old = log_of(300, at=np.full(300, -900.0))

    assert refit(PRIORS, old, 100.0).base == pytest.approx(PRIORS.base, rel=0.05)


def test_own_factors_of_who_says_yes_more_often_and_of_a_newcomer() -> None:
    log = log_of(200)
    log = replace(log, helper=np.arange(200) % 2, yes=np.where(np.arange(200) % 2, 0.4, 0.0))

    factors = own_factors(PRIORS, log, 100.0)

    assert factors[1] > 1 > factors[0] > 0
    assert 7 not in factors


def test_one_poisoned_account_moves_no_table_far() -> None:
    log = log_of(60, helper=np.full(60, 9), yes=np.ones(60))

    found = refit(PRIORS, log, 100.0, factor=np.full(60, own_factors(PRIORS, log, 100.0)[9]))

    assert found.base < 2 * PRIORS.base


def test_delay_is_learned_and_drawn_to_its_prior() -> None:
    slow = np.exp(np.random.default_rng(1).normal(np.log(5.0), 1.0, 2_000))

    found = refit(PRIORS, log_of(2_000, delay=slow), 100.0).delay

    assert found.median == pytest.approx(5.0, rel=0.15)
    assert found.spread == pytest.approx(1.0, rel=0.2)
    assert Delay(1.0, 1.0).share_at(1.0) == pytest.approx(0.5, abs=1e-6)


def test_loss_is_learned_per_band_of_alerts() -> None:
    log = log_of(20_000)
    log = replace(log, lost=((log.alerts == 6) & (np.arange(20_000) % 5 == 0)).astype(float))

    found = refit(PRIORS, log, 100.0).hazard

    assert found[6] > 0.1 > found[5]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=12))
def test_monotone_never_falls_and_keeps_the_mean(values: list[float]) -> None:
    found = monotone(np.array(values), np.ones(len(values)))

    assert (np.diff(found) >= -1e-9).all()
    assert found.mean() == pytest.approx(np.mean(values), abs=1e-9)


def test_calibration_reports_predicted_beside_seen() -> None:
    log = log_of(1_000)
    predicted = np.linspace(0.0, 0.5, 1_000)
    log = replace(log, yes=(np.random.default_rng(1).random(1_000) < predicted).astype(float))

    groups = calibration(predicted, log)

    assert sum(group.alerts for group in groups) == 1_000
    assert groups[0].predicted < 0.06
    assert groups[-1].predicted > 0.4
    assert all(group.seen == pytest.approx(group.predicted, abs=0.15) for group in groups)


def test_lowering_of_a_curve_that_never_falls_is_nothing() -> None:
    assert (Model().lowering == 0).all()
