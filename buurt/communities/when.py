"""Moments and spans of time the way a neighbour says them, on Dutch clocks; pure: `now` is passed in."""

from datetime import UTC, date, datetime, timedelta

from django.utils import dateformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

# Younger than this an ask has not waited yet.
FRESH = timedelta(hours=2)
# How a day may be typed, in every language: 5/12 is the fifth of December for an English browser too.
TYPED_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d-%m-%y")


def spoken_day(day: date, now: datetime) -> str:
    """Say a day in full: "donderdag 26 november", with the year when it is not this one."""
    return dateformat.format(day, "l j F" if day.year == _today(now).year else "l j F Y")


def spoken_moment(moment: datetime | date, now: datetime) -> str:
    """Say a moment in full: "donderdag 26 november, 9 uur"; a plain date without the clock."""
    if not isinstance(moment, datetime):
        return spoken_day(moment, now)
    local = localtime(moment)
    return _("%(day)s, %(clock)s") % {"day": spoken_day(local.date(), now), "clock": spoken_clock(local)}


def short_moment(moment: datetime | date, now: datetime) -> str:
    """Say a moment in short: "do 26 nov, 9 uur"; a plain date without the clock."""
    if not isinstance(moment, datetime):
        return _short_day(moment, now)
    local = localtime(moment)
    return _("%(day)s, %(clock)s") % {"day": _short_day(local.date(), now), "clock": spoken_clock(local)}


def spoken_clock(moment: datetime) -> str:
    """Say the hour: "9 uur", "9:30 uur"."""
    local = localtime(moment)
    if local.minute == 0:
        # Apart, for the languages that write "9:00".
        return pgettext("clock, on the hour", "%(hour)d uur") % {"hour": local.hour}
    return pgettext("clock", "%(clock)s uur") % {"clock": dateformat.format(local, "G:i")}


def spoken_when_past(moment: datetime, now: datetime) -> str:
    """Say when something happened: "vandaag 10:00", "gisteren 16:40", "ma 2 nov 9:00"."""
    local = localtime(moment)
    days = (_today(now) - local.date()).days
    day = {0: _("vandaag"), 1: _("gisteren")}.get(days) or _short_day(local.date(), now)
    return f"{day} {dateformat.format(local, 'G:i')}"


def spoken_when_next(moment: datetime, now: datetime) -> str:
    """Say when something will happen: "14:00" later today, "morgen 9:00", "do 26 nov 9:00"."""
    local = localtime(moment)
    clock = dateformat.format(local, "G:i")
    days = (local.date() - _today(now)).days
    if days == 0:
        return clock
    day = _("morgen") if days == 1 else _short_day(local.date(), now)
    return f"{day} {clock}"


def spoken_day_near(moment: datetime | date, now: datetime) -> str:
    """Say a day between messages as people near it do: "vandaag", "gisteren", "donderdag 26 november"."""
    day = _day(moment)
    days = (_today(now) - day).days
    return {0: _("vandaag"), 1: _("gisteren"), -1: _("morgen")}.get(days) or spoken_day(day, now)


def spoken_wait(since: datetime, now: datetime) -> str:
    """Say how long someone waits: "nieuw" in the first two hours, then "wacht 6 uur", then "wacht 2 dagen"."""
    waited = _elapsed(since, now)
    if waited < FRESH:
        return _("nieuw")
    if waited < timedelta(days=1):
        hours = waited // timedelta(hours=1)
        return ngettext("wacht %(count)d uur", "wacht %(count)d uur", hours) % {"count": hours}
    return ngettext("wacht %(count)d dag", "wacht %(count)d dagen", waited.days) % {"count": waited.days}


def is_fresh(since: datetime, now: datetime) -> bool:
    """Tell whether `spoken_wait` says "nieuw"."""
    return _elapsed(since, now) < FRESH


def spoken_ago(moment: datetime | date, now: datetime) -> str:
    """Say how many days ago: "vandaag", "gisteren", "2 dagen geleden", then weeks, then months."""
    days = max(0, (_today(now) - _day(moment)).days)
    if days < 2:
        return _("gisteren") if days else _("vandaag")
    if days < 14:
        return ngettext("%(count)d dag geleden", "%(count)d dagen geleden", days) % {"count": days}
    if days < 60:
        weeks = days // 7
        return ngettext("%(count)d week geleden", "%(count)d weken geleden", weeks) % {"count": weeks}
    months = days // 30
    return ngettext("%(count)d maand geleden", "%(count)d maanden geleden", months) % {"count": months}


def spoken_duration(minutes: int) -> str:
    """Say how long something takes, as roughly as people plan: "ongeveer een half uur", "ongeveer 2 uur"."""
    named = {
        15: _("ongeveer een kwartier"),
        30: _("ongeveer een half uur"),
        45: _("ongeveer drie kwartier"),
        60: _("ongeveer een uur"),
        90: _("ongeveer anderhalf uur"),
    }
    if minutes in named:
        return named[minutes]
    if minutes < 60:
        rounded = max(5, 5 * round(minutes / 5))
        return named.get(rounded) or _("ongeveer %(count)d minuten") % {"count": rounded}
    if minutes >= 8 * 60:
        days = max(1, round(minutes / (24 * 60)))
        return ngettext("ongeveer %(count)d dag", "ongeveer %(count)d dagen", days) % {"count": days}
    halves = round(minutes / 30)
    if halves <= 3:
        return named[halves * 30]
    hours, half = divmod(halves, 2)
    if half:
        return _("ongeveer %(count)d en een half uur") % {"count": hours}
    return _("ongeveer %(count)d uur") % {"count": hours}


def short_month(moment: datetime | date) -> str:
    """Say a month in three letters, as on a tear-off calendar: "nov"."""
    day = _day(moment)
    # Django gives three letters as "Nov" or "nov"; whole months tell which of them the language writes.
    capital = dateformat.format(day, "F")[:1].isupper()
    return dateformat.format(day, "M" if capital else "b").replace(".", "")


def _short_day(day: date, now: datetime) -> str:
    weekday = dateformat.format(day, "D").replace(".", "")
    year = "" if day.year == _today(now).year else f" {day.year}"
    return f"{weekday} {day.day} {short_month(day)}{year}"


def _today(now: datetime) -> date:
    return localtime(now).date()


def _day(moment: datetime | date) -> date:
    return localtime(moment).date() if isinstance(moment, datetime) else moment


def _elapsed(since: datetime, now: datetime) -> timedelta:
    # In UTC: two moments in one time zone are subtracted as if the clock never changed.
    return now.astimezone(UTC) - since.astimezone(UTC)
