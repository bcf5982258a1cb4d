"""The waves' clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from matching.pace import after_waking, next_waking, round_up, waking_hours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 23, 12, tzinfo=AMSTERDAM)


def test_waking_hours_count_from_eight_to_ten(settings: LazySettings) -> None:
    settings.NIGHT_REST = True

    assert waking_hours(NOON, NOON + timedelta(hours=3)) == pytest.approx(3)
    assert waking_hours(NOON, NOON + timedelta(days=1)) == pytest.approx(14)
    assert waking_hours(NOON.replace(hour=23), NOON + timedelta(days=1, hours=-5)) == pytest.approx(0)
    assert waking_hours(NOON, NOON - timedelta(hours=1)) == 0


def test_waking_hours_do_not_move_with_the_clock(settings: LazySettings) -> None:
    settings.NIGHT_REST = True
    before = datetime(2026, 10, 24, 21, tzinfo=AMSTERDAM)

    assert waking_hours(before, datetime(2026, 10, 25, 9, tzinfo=AMSTERDAM)) == pytest.approx(2)


def test_after_waking_in_the_evening_is_tomorrow_at_ten(settings: LazySettings) -> None:
    settings.NIGHT_REST = True

    assert after_waking(NOON.replace(hour=20), 4) == datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)
    assert after_waking(NOON, 2.1) == NOON.replace(hour=14, minute=15)


def test_after_waking_over_the_clock_change_is_by_the_wall(settings: LazySettings) -> None:
    settings.NIGHT_REST = True

    assert after_waking(datetime(2026, 10, 24, 21, 30, tzinfo=AMSTERDAM), 1) == datetime(
        2026, 10, 25, 7, 30, tzinfo=UTC
    )


@given(st.integers(0, 24 * 60 * 3), st.floats(0, 30))
def test_after_waking_is_awake_and_never_too_early(minutes: int, hours: float) -> None:
    start = NOON + timedelta(minutes=minutes)
    with override_settings(NIGHT_REST=True):
        moment = after_waking(start, hours)

        assert time(8) <= timezone.localtime(moment).time() < time(21)
        assert waking_hours(start, moment) >= hours - 0.01


def test_the_waves_clock_follows_the_speed_of_the_clock(settings: LazySettings) -> None:
    settings.CLOCK_SPEED, settings.NIGHT_REST = 60, False

    assert after_waking(NOON, 2) == NOON + timedelta(minutes=2)
    assert waking_hours(NOON, NOON + timedelta(minutes=24)) == pytest.approx(14)


def test_next_waking_by_day_is_now(settings: LazySettings) -> None:
    settings.NIGHT_REST = True

    assert next_waking(NOON) == NOON


@pytest.mark.parametrize(
    ("night", "morning"),
    [
        (datetime(2026, 11, 23, 22, tzinfo=AMSTERDAM), datetime(2026, 11, 24, 8, tzinfo=AMSTERDAM)),
        (datetime(2026, 11, 24, 3, tzinfo=AMSTERDAM), datetime(2026, 11, 24, 8, tzinfo=AMSTERDAM)),
        (datetime(2026, 11, 23, 21, tzinfo=AMSTERDAM), datetime(2026, 11, 24, 8, tzinfo=AMSTERDAM)),
        # The clock goes back in the night of 24 on 25 October 2026: still eight o'clock on the wall.
        (datetime(2026, 10, 24, 23, tzinfo=AMSTERDAM), datetime(2026, 10, 25, 7, tzinfo=UTC)),
        # And forward in the night of 27 on 28 March 2027.
        (datetime(2027, 3, 27, 23, tzinfo=AMSTERDAM), datetime(2027, 3, 28, 6, tzinfo=UTC)),
    ],
)
def test_next_waking_at_night_is_eight_in_the_morning(
    settings: LazySettings, night: datetime, morning: datetime
) -> None:
    settings.NIGHT_REST = True

    assert next_waking(night) == morning


def test_next_waking_without_night_rest_is_now() -> None:
    midnight = datetime(2026, 11, 24, 0, tzinfo=AMSTERDAM)

    assert next_waking(midnight) == midnight


@pytest.mark.parametrize(("minute", "second", "shown"), [(0, 0, 0), (0, 1, 15), (58, 0, 60), (15, 0, 15), (44, 59, 45)])
def test_round_up_to_a_quarter_people_can_remember(minute: int, second: int, shown: int) -> None:
    moment = NOON.replace(minute=minute, second=second)

    assert round_up(moment) == NOON + timedelta(minutes=shown)


def test_round_up_leaves_a_hurried_clock_alone(settings: LazySettings) -> None:
    settings.CLOCK_SPEED = 60
    moment = NOON.replace(second=7)

    assert round_up(moment) == moment
