"""The clock of the waves, in waking hours: when we ask, and how long we wait."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from buurt.ledger.clocks import span

# Invitations go out between these; people read and answer an hour longer.
MORNING = time(8, 0)
EVENING = time(21, 0)
AWAKE_FROM, AWAKE_HOURS = 8, 14
EPOCH = date(2020, 1, 1)
# "Zo snel mogelijk" is planned as if it had to be found in this many waking hours.
SOON_HOURS = 24.0
DEADLINE_URGENT, DEADLINE_DAYS = 14.0, 5 * 14.0


def _awake_at(moment: datetime) -> float:
    """Return the waking hours since an old morning, by the wall clock, so that clock changes move nothing."""
    local = timezone.localtime(moment)
    hour = local.hour + local.minute / 60 + local.second / 3600
    return (local.date() - EPOCH).days * AWAKE_HOURS + min(max(hour - AWAKE_FROM, 0.0), AWAKE_HOURS)


def waking_hours(start: datetime, end: datetime) -> float:
    """Return the hours from eight to ten between two moments, nothing when the second is earlier.

    Where nights do not count (a demo, a hurried clock) 24 hours of the platform's clock are a day of 14.
    """
    if end <= start:
        return 0.0
    if not settings.NIGHT_REST:
        return (end - start).total_seconds() / 3600 * settings.CLOCK_SPEED * AWAKE_HOURS / 24
    return _awake_at(end) - _awake_at(start)


def after_waking(start: datetime, hours: float) -> datetime:
    """Return the moment so many waking hours later, at an hour and a quarter at which somebody may be asked."""
    if not settings.NIGHT_REST:
        return round_up(start + span(hours=hours))
    days, rest = divmod(_awake_at(start) + hours, AWAKE_HOURS)
    wall = datetime.combine(EPOCH + timedelta(days=days), MORNING) + timedelta(hours=rest)
    return next_waking(round_up(timezone.make_aware(wall, timezone.get_default_timezone())))


def round_up(moment: datetime) -> datetime:
    """Return the next quarter of an hour, so that the asker reads "om 14:00"; a hurried clock keeps its seconds."""
    if settings.CLOCK_SPEED != 1:
        return moment
    early = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment - early + timedelta(minutes=15) if early else moment


def next_waking(moment: datetime) -> datetime:
    """Return the moment itself by day, or the next eight o'clock in the morning when it falls in the night."""
    if not settings.NIGHT_REST:
        return moment
    local = timezone.localtime(moment)
    if MORNING <= local.time() < EVENING:
        return moment
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    # Made from wall-clock parts, so that it is eight o'clock on clock-change days as well.
    return timezone.make_aware(datetime.combine(day, MORNING), timezone.get_default_timezone())
