"""The week of a helper: seven days of three parts, kept as 21 bits."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PARTS = (("morning", _("ochtend")), ("afternoon", _("middag")), ("evening", _("avond")))
DAYS = (
    _("maandag"),
    _("dinsdag"),
    _("woensdag"),
    _("donderdag"),
    _("vrijdag"),
    _("zaterdag"),
    _("zondag"),
)
ALL_TIMES = (1 << len(DAYS) * len(PARTS)) - 1
NOON, EVENING = 12, 18


def bit_of(weekday: int, part: int) -> int:
    """Return the bit of a part (0 morning, 1 afternoon, 2 evening) of a day (0 Monday)."""
    return 1 << (weekday * len(PARTS) + part)


def bit_at(moment: datetime) -> int:
    """Return the bit of the part of the week this moment falls in, by the clock of the Netherlands."""
    local = timezone.localtime(moment)
    part = 0 if local.hour < NOON else 1 if local.hour < EVENING else 2
    return bit_of(local.weekday(), part)


def times_of(chosen: Iterable[str]) -> int:
    """Return the bits of chosen places written as "weekday-part" ("1-2" is Tuesday evening)."""
    times = 0
    for place in chosen:
        weekday, _dash, part = place.partition("-")
        times |= bit_of(int(weekday), int(part))
    return times


def places_of(times: int) -> list[str]:
    """Return the chosen places of these bits as "weekday-part"."""
    return [
        f"{weekday}-{part}"
        for weekday in range(len(DAYS))
        for part in range(len(PARTS))
        if times & bit_of(weekday, part)
    ]


WEEKDAY_DAYTIME = times_of(f"{weekday}-{part}" for weekday in range(5) for part in range(2))
EVENINGS_AND_WEEKEND = ALL_TIMES & ~WEEKDAY_DAYTIME
