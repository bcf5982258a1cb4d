"""The waves' clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from matching.pace import next_waking, round_up, waiting_time, wave_size

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 23, 12, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(("free", "size"), [(1, 3), (2, 6), (3, 9), (10, 9), (0, 3)])
def test_wave_size_grows_with_places_and_is_bounded(free: int, size: int) -> None:
    assert wave_size(free) == size


def test_waiting_time_without_deadline_is_four_hours() -> None:
    assert waiting_time(NOON, None) == timedelta(hours=4)


def test_waiting_time_urgent_ask_waits_half_an_hour() -> None:
    assert waiting_time(NOON, NOON + timedelta(hours=3)) == timedelta(minutes=30)


@given(st.integers(-48, 24 * 60))
def test_waiting_time_stays_between_half_an_hour_and_four(hours: int) -> None:
    wait = waiting_time(NOON, NOON + timedelta(hours=hours))

    assert timedelta(minutes=30) <= wait <= timedelta(hours=4)


def test_waiting_time_follows_the_speed_of_the_clock(settings: LazySettings) -> None:
    settings.CLOCK_SPEED = 60

    assert waiting_time(NOON, None) == timedelta(minutes=4)


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
