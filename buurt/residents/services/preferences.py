""" "Vraag mij maar": what a helper wants to be asked for, how far, when and how often."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.utils import timezone

from buurt.communities.categories import ADULTS_ONLY, Category
from buurt.ledger.services import record
from buurt.residents.errors import NotAllowedError, OutOfRangeError
from buurt.residents.events import help_preferences_changed
from buurt.residents.models import HelpKind, HelpPreferences, Resident
from buurt.residents.week import ALL_TIMES
from buurt.residents.words import LIMITS

# "De hele gemeente" is kept as a distance, so that one rule serves all.
WHOLE_TOWN = 25
DISTANCES = (1, 3, 6, 12, WHOLE_TOWN)
ASKS_A_MONTH = (1, 2, 3, 4, 5, 8, 12, 20, 30)


@dataclass(frozen=True)
class Wishes:
    """All that "vraag mij maar" asks on its page."""

    active: bool
    kinds: Collection[str]
    distance_km: int = 3
    times: int = ALL_TIMES
    asks_a_month: int = 3
    limits: Collection[str] = ()
    paused_until: date | None = None
    quiet_from: time = time(21)
    quiet_until: time = time(8)


@transaction.atomic
def set_preferences(*, by: Resident, wishes: Wishes, now: datetime | None = None) -> HelpPreferences:
    """Keep what this helper wants; switched on, matching hears of it at once. Raises when it lies outside the offer."""
    _check(by, wishes)
    found, made = HelpPreferences.objects.get_or_create(resident=by)
    switched_on = wishes.active and not (found.active and found.switched_on_at)
    found.active = wishes.active
    found.distance_km = wishes.distance_km
    found.times = wishes.times
    found.asks_a_month = wishes.asks_a_month
    found.limits = [slug for slug, _label in LIMITS if slug in wishes.limits]
    found.paused_until = wishes.paused_until
    found.quiet_from, found.quiet_until = wishes.quiet_from, wishes.quiet_until
    if switched_on:
        found.switched_on_at = now or timezone.now()
    found.save()
    found.kinds.exclude(category__in=wishes.kinds).delete()
    HelpKind.objects.bulk_create(
        [HelpKind(preferences=found, category=kind) for kind in dict.fromkeys(wishes.kinds)], ignore_conflicts=True
    )
    record("help_preferences_set", found, by=by, active=found.active, first=made)
    _tell(by)
    return found


@transaction.atomic
def pause_asking(*, by: Resident, until: date | None) -> bool:
    """Rest until a day, or end the rest (None). Returns False when "vraag mij maar" was never set."""
    if not HelpPreferences.objects.filter(resident=by).update(paused_until=until):
        return False
    record("help_asking_paused", by, by=by, until=until.isoformat() if until else None)
    _tell(by)
    return True


@transaction.atomic
def change_week(*, by: Resident, times: int) -> bool:
    """Change only the helper's week. False when "vraag mij maar" was never set; raises OutOfRangeError for no week."""
    if not 0 < times <= ALL_TIMES:
        raise OutOfRangeError
    if not HelpPreferences.objects.filter(resident=by).update(times=times):
        return False
    record("help_week_changed", by, by=by)
    _tell(by)
    return True


def _check(by: Resident, wishes: Wishes) -> None:
    kinds = set(wishes.kinds)
    if wishes.active and not by.is_ready:
        raise NotAllowedError
    if kinds & set(ADULTS_ONLY) and by.age_band == Resident.AgeBand.YOUNG:
        raise NotAllowedError
    fine = (
        kinds <= set(Category.values)
        and wishes.distance_km in DISTANCES
        and 0 <= wishes.times <= ALL_TIMES
        and 1 <= wishes.asks_a_month <= max(ASKS_A_MONTH)
        and not (wishes.active and not (kinds and wishes.times))
    )
    if not fine:
        raise OutOfRangeError


def _tell(resident: Resident) -> None:
    transaction.on_commit(partial(help_preferences_changed.send_robust, sender=Resident, resident_id=resident.pk))
