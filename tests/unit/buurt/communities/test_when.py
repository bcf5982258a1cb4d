"""Moments and spans of time are said as a neighbour says them, on Dutch clocks, in the clock-change nights too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from buurt.communities import when

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A Tuesday at noon in Amsterdam.
NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def at(*moment: int) -> datetime:
    """Return a moment on the Dutch clock."""
    year, month, day, hour, minute = (*moment, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 11, 26, 9), "donderdag 26 november, 9 uur"),
        (at(2026, 11, 26, 9, 30), "donderdag 26 november, 9:30 uur"),
        (at(2027, 1, 2, 14, 5), "zaterdag 2 januari 2027, 14:05 uur"),
        (datetime(2026, 11, 26, 23, 30, tzinfo=UTC), "vrijdag 27 november, 0:30 uur"),
        (date(2026, 11, 26), "donderdag 26 november"),
    ],
)
def test_spoken_moment(moment: datetime | date, said: str) -> None:
    assert when.spoken_moment(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 11, 26, 9), "do 26 nov, 9 uur"),
        (at(2026, 12, 5, 19, 15), "za 5 dec, 19:15 uur"),
        (at(2027, 3, 1, 8), "ma 1 mrt 2027, 8 uur"),
        (date(2026, 12, 5), "za 5 dec"),
    ],
)
def test_short_moment(moment: datetime | date, said: str) -> None:
    assert when.short_moment(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 11, 24, 10), "vandaag 10:00"),
        (at(2026, 11, 24, 0, 5), "vandaag 0:05"),
        (at(2026, 11, 23, 16, 40), "gisteren 16:40"),
        (at(2026, 11, 23, 23, 59), "gisteren 23:59"),
        (at(2026, 11, 2, 9), "ma 2 nov 9:00"),
        (at(2025, 11, 2, 9), "zo 2 nov 2025 9:00"),
    ],
)
def test_spoken_when_past(moment: datetime, said: str) -> None:
    assert when.spoken_when_past(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 11, 24, 14), "14:00"),
        (at(2026, 11, 25, 9), "morgen 9:00"),
        (at(2026, 11, 26, 9), "do 26 nov 9:00"),
    ],
)
def test_spoken_when_next(moment: datetime, said: str) -> None:
    assert when.spoken_when_next(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 11, 24, 1), "vandaag"),
        (at(2026, 11, 23, 1), "gisteren"),
        (date(2026, 11, 25), "morgen"),
        (at(2026, 11, 2, 1), "maandag 2 november"),
    ],
)
def test_spoken_day_near(moment: datetime | date, said: str) -> None:
    assert when.spoken_day_near(moment, NOW) == said


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (timedelta(0), "nieuw"),
        (timedelta(hours=1, minutes=59), "nieuw"),
        (timedelta(hours=2), "wacht 2 uur"),
        (timedelta(hours=6, minutes=50), "wacht 6 uur"),
        (timedelta(hours=23, minutes=59), "wacht 23 uur"),
        (timedelta(days=1), "wacht 1 dag"),
        (timedelta(days=2, hours=5), "wacht 2 dagen"),
        (timedelta(seconds=-30), "nieuw"),
    ],
)
def test_spoken_wait(waited: timedelta, said: str) -> None:
    assert when.spoken_wait(NOW - waited, NOW) == said
    assert when.is_fresh(NOW - waited, NOW) == (said == "nieuw")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "vandaag"),
        (1, "gisteren"),
        (2, "2 dagen geleden"),
        (13, "13 dagen geleden"),
        (14, "2 weken geleden"),
        (59, "8 weken geleden"),
        (60, "2 maanden geleden"),
        (-1, "vandaag"),
    ],
)
def test_spoken_ago(days: int, said: str) -> None:
    assert when.spoken_ago(NOW - timedelta(days=days), NOW) == said


def test_ago_counts_days_on_the_calendar_not_hours() -> None:
    assert when.spoken_ago(at(2026, 11, 23, 23, 50), at(2026, 11, 24, 0, 10)) == "gisteren"
    assert when.spoken_ago(date(2026, 11, 22), at(2026, 11, 24, 0, 10)) == "2 dagen geleden"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "ongeveer 5 minuten"),
        (12, "ongeveer 10 minuten"),
        (15, "ongeveer een kwartier"),
        (29, "ongeveer een half uur"),
        (30, "ongeveer een half uur"),
        (45, "ongeveer drie kwartier"),
        (58, "ongeveer een uur"),
        (60, "ongeveer een uur"),
        (85, "ongeveer anderhalf uur"),
        (120, "ongeveer 2 uur"),
        (150, "ongeveer 2 en een half uur"),
        (470, "ongeveer 8 uur"),
        (480, "ongeveer 1 dag"),
        (2880, "ongeveer 2 dagen"),
    ],
)
def test_spoken_duration(minutes: int, said: str) -> None:
    assert when.spoken_duration(minutes) == said


def test_the_night_that_summer_time_ends_is_an_hour_longer() -> None:
    # 25 October 2026: at 3 it becomes 2 again; from 1 to 4 on the clock are four hours.
    assert when.spoken_wait(at(2026, 10, 25, 1), at(2026, 10, 25, 4)) == "wacht 4 uur"


def test_the_night_that_summer_time_begins_is_an_hour_shorter() -> None:
    # 29 March 2026: from 1 to 4 on the clock are two hours.
    assert when.spoken_wait(at(2026, 3, 29, 1), at(2026, 3, 29, 4)) == "wacht 2 uur"


def test_both_two_o_clocks_of_that_night_are_said_as_the_clock_shows_them() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    assert when.spoken_clock(first) == when.spoken_clock(second) == "2:30 uur"


def test_yesterday_is_the_day_before_on_the_calendar_in_a_clock_change_night() -> None:
    assert when.spoken_when_past(at(2026, 3, 28, 23, 30), at(2026, 3, 29, 23, 15)) == "gisteren 23:30"


def test_months_have_a_capital_where_the_language_writes_one() -> None:
    assert when.short_month(date(2026, 11, 26)) == "nov"
    with translation.override("en"):
        assert when.short_month(date(2026, 11, 26)) == "Nov"


def test_english_reads_as_english() -> None:
    with translation.override("en"):
        assert when.spoken_moment(at(2026, 11, 26, 9), NOW) == "Thursday 26 November, 9:00"
        assert when.spoken_moment(at(2026, 11, 26, 9, 30), NOW) == "Thursday 26 November, 9:30"
        assert when.spoken_clock(at(2026, 11, 26, 0)) == "0:00"
        assert when.short_moment(at(2026, 12, 5, 19, 15), NOW) == "Sat 5 Dec, 19:15"
        assert when.spoken_when_past(at(2026, 11, 23, 16, 40), NOW) == "yesterday 16:40"
        assert when.spoken_wait(at(2026, 11, 22, 9), NOW) == "waiting for 2 days"
        assert when.spoken_duration(150) == "about 2 and a half hours"
        assert when.spoken_ago(at(2026, 11, 3, 9), NOW) == "3 weeks ago"


def test_the_filters_say_the_same_and_nothing_for_nothing() -> None:
    template = Template(
        "{{ moment|spoken_moment:now }}|{{ moment|short_moment:now }}|{{ moment|spoken_clock }}|{{ moment|short_month }}|"
        "{{ past|spoken_when_past:now }}|{{ moment|spoken_when_next:now }}|{{ past|spoken_day_near:now }}|"
        "{{ past|spoken_wait:now }}|{{ past|wait_tone:now }}|{{ past|spoken_ago:now }}|{{ minutes|spoken_duration }}"
    )

    said = template.render(
        Context({"moment": at(2026, 11, 26, 9), "past": at(2026, 11, 23, 16, 40), "now": NOW, "minutes": 30})
    )

    assert said.split("|") == [
        "donderdag 26 november, 9 uur",
        "do 26 nov, 9 uur",
        "9 uur",
        "nov",
        "gisteren 16:40",
        "do 26 nov 9:00",
        "gisteren",
        "wacht 19 uur",
        "sun",
        "gisteren",
        "ongeveer een half uur",
    ]
    assert template.render(Context({"now": NOW})).split("|") == [""] * 8 + ["sand", "", ""]
