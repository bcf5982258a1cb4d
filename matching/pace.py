"""How many are asked at once and how long we wait: the waves' clock, in waking hours."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from buurt.ledger.clocks import span

WAVE_SIZE = 3
MORNING = time(8, 0)
EVENING = time(21, 0)


def wave_size(free_places: int) -> int:
    """Return how many people one wave asks: three for one place, never more than nine."""
    return min(WAVE_SIZE * max(1, free_places), 9)


def waiting_time(now: datetime, deadline: datetime | None) -> timedelta:
    """Return how long a wave waits: a twelfth of the waking hours left, half an hour to four (ADR 0006)."""
    if deadline is None:
        return span(hours=4)
    waking_hours = (deadline - now).total_seconds() / 3600 * 13 / 24
    return span(hours=min(4.0, max(0.5, waking_hours / 12)))


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
