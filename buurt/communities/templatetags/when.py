"""Template words for moments and spans of time: the functions of buurt/communities/when.py as filters.

Each takes the page's own `now` as its argument; without one it reads the clock.
"""

from datetime import date, datetime

from django import template
from django.utils.timezone import now as clock

from buurt.communities import when

register = template.Library()


@register.filter
def spoken_moment(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Say a moment in full: "donderdag 26 november, 9 uur"."""
    return when.spoken_moment(moment, now or clock()) if moment else ""


@register.filter
def short_moment(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Say a moment in short: "do 26 nov, 9 uur"."""
    return when.short_moment(moment, now or clock()) if moment else ""


@register.filter
def short_month(moment: datetime | date | None) -> str:
    """Say a month in three letters: "nov"."""
    return when.short_month(moment) if moment else ""


@register.filter
def spoken_clock(moment: datetime | None) -> str:
    """Say the hour: "9 uur"."""
    return when.spoken_clock(moment) if moment else ""


@register.filter
def spoken_when_past(moment: datetime | None, now: datetime | None = None) -> str:
    """Say when something happened: "gisteren 16:40"."""
    return when.spoken_when_past(moment, now or clock()) if moment else ""


@register.filter
def spoken_when_next(moment: datetime | None, now: datetime | None = None) -> str:
    """Say when something will happen: "morgen 9:00"."""
    return when.spoken_when_next(moment, now or clock()) if moment else ""


@register.filter
def spoken_day_near(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Say a day between messages: "vandaag"."""
    return when.spoken_day_near(moment, now or clock()) if moment else ""


@register.filter
def spoken_wait(since: datetime | None, now: datetime | None = None) -> str:
    """Say how long someone waits: "wacht 6 uur"."""
    return when.spoken_wait(since, now or clock()) if since else ""


@register.filter
def wait_tone(since: datetime | None, now: datetime | None = None) -> str:
    """Give the tone of the chip that says how long someone waits: sand for new, sun for waiting."""
    return "sand" if not since or when.is_fresh(since, now or clock()) else "sun"


@register.filter
def spoken_ago(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Say how many days ago: "2 dagen geleden"."""
    return when.spoken_ago(moment, now or clock()) if moment else ""


@register.filter
def spoken_duration(minutes: int | None) -> str:
    """Say how long something takes: "ongeveer een half uur"."""
    return when.spoken_duration(minutes) if minutes else ""
