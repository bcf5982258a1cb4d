"""Who does not come any more is told in month eleven and erased in month twelve (law.md, retention)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.checks import privacy_rules
from buurt.residents.models import Resident
from buurt.residents.post import post_words
from buurt.residents.services.erasure import erase_resident

BATCH = 100


def note_seen(resident: Resident, *, now: datetime | None = None) -> None:
    """Note that this resident was here today: retention counts from the last day, and a notice about it is over."""
    today = timezone.localdate(now)
    if resident.seen_on == today:
        return
    Resident.objects.filter(pk=resident.pk).update(seen_on=today, inactive_told_on=None)
    resident.seen_on, resident.inactive_told_on = today, None


def _days() -> tuple[int, int]:
    """Return after how many days without a visit somebody is told, and erased; privacy.yml says so."""
    rule = privacy_rules()["rules"]["account"]
    return rule["notice_days"], rule["days"]


def _not_seen_since(day: date) -> QuerySet[Resident]:
    """Return residents who were last here before this day. Staff stay: their roles are the manager's to end."""
    return (
        Resident.objects.filter(is_active=True, erased_at__isnull=True, roles__isnull=True)
        .annotate(last_day=Coalesce(F("seen_on"), TruncDate("joined_at")))
        .filter(last_day__lt=day)
        .order_by("pk")
    )


def warn_inactive(*, now: datetime | None = None) -> int:
    """Tell who has not been here for eleven months what happens next, once; returns how many were told."""
    now = now or timezone.now()
    told_after, erased_after = _days()
    today = timezone.localdate(now)
    last = today + timedelta(days=erased_after - told_after)
    told = 0
    edge = today - timedelta(days=told_after)
    for resident in _not_seen_since(edge).filter(inactive_told_on__isnull=True).select_related("community")[:BATCH]:
        if Resident.objects.filter(pk=resident.pk, inactive_told_on=None).update(inactive_told_on=today) != 1:
            continue
        login_url = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('account_login')}"
        post_words(resident, "residents/email/inactive", day=last, login_url=login_url)
        record("inactive_told", resident, by=None)
        told += 1
    return told


def forget_inactive(edge: datetime) -> int:
    """Erase who was last here before this moment and was told at least a month before; returns how many."""
    told_after, _erased_after = _days()
    # The edge lies `days` before now; who was told later than this still has time.
    told_before = timezone.localdate(edge) + timedelta(days=told_after)
    gone = _not_seen_since(timezone.localdate(edge)).filter(inactive_told_on__lte=told_before)
    return sum(erase_resident(by=None, resident=resident) for resident in gone[:BATCH])
