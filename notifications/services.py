"""What must reach a person becomes one row per person and channel; sending claims the row first."""

import json
import logging
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation

from buurt.ledger.clocks import span
from buurt.ledger.services import enqueue
from buurt.residents.access import catalogue_of
from buurt.residents.letters import Facts, Letter, LetterKind, letter_kind
from buurt.residents.models import HelpPreferences, Resident
from chat.frames import tell_after_commit
from notifications.channels.email.send import send_letter
from notifications.channels.webpush.send import message_of, push, topic_of
from notifications.models import Delivery, PushSubscription
from notifications.reach import channels_for

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 6
# A delivery claimed longer ago than this was lost with its worker; a hurried clock waits shorter.
LOST_AFTER = max(span(minutes=10), timedelta(seconds=20))
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)


def announce(kind: str, **facts: Any) -> None:
    """Let everybody whom this kind of letter concerns know; a job row carries it, so a crash loses nothing."""
    from notifications import tasks

    enqueue(tasks.write_deliveries, kind, facts)


@transaction.atomic
def write_deliveries(kind: str, facts: Facts, *, now: datetime | None = None) -> list[Delivery]:
    """Write one row per receiver and channel; the same news twice writes nothing new. Returns the new rows."""
    now = now or timezone.now()
    described = letter_kind(kind)
    if described is None:
        logger.error("nobody registered the letter %s", kind)
        return []
    once_key = f"{kind}:{json.dumps(facts, sort_keys=True)}"[:100]
    written = []
    for resident in described.receivers(facts):
        if not resident.is_active:
            continue
        for channel in channels_for(resident, described):
            delivery, made = Delivery.objects.get_or_create(
                resident=resident,
                channel=channel,
                once_key=once_key,
                defaults={
                    "kind": kind,
                    "facts": facts,
                    "state": Delivery.State.SENT if channel == "inapp" else Delivery.State.WAITING,
                    "sent_at": now if channel == "inapp" else None,
                    "due_at": _due(described, resident, channel, now),
                },
            )
            if made:
                written.append(delivery)
                if channel == "inapp":
                    tell_after_commit([resident.pk], {"type": "news"})  # open pages count again
    return written


def _due(kind: LetterKind, resident: Resident, channel: str, now: datetime) -> datetime:
    """Return when this may go out: at once, after the kind's pause, or at the end of the person's quiet hours."""
    if channel == "inapp":
        return now
    # The pause is there to spare people a mail; a message on the telephone is one glance.
    moment = now if channel == "webpush" else now + kind.pause / settings.CLOCK_SPEED
    if not kind.waits_for_morning or not settings.NIGHT_REST:
        return moment
    return end_of_quiet(resident, moment)


def end_of_quiet(resident: Resident, moment: datetime) -> datetime:
    """Return the moment itself, or the end of this person's quiet hours when it falls inside them."""
    preferences = HelpPreferences.objects.filter(resident=resident).first()
    start = preferences.quiet_from if preferences else QUIET_FROM
    end = preferences.quiet_until if preferences else QUIET_UNTIL
    local = timezone.localtime(moment)
    clock = local.time()
    inside = (start <= clock or clock < end) if start > end else (start <= clock < end)
    if start == end or not inside:
        return moment
    day = local.date() + timedelta(days=1) if clock >= end else local.date()
    return timezone.make_aware(datetime.combine(day, end), timezone.get_default_timezone())


def send_delivery(delivery_id: int, *, now: datetime | None = None) -> bool:
    """Claim one delivery and send it; False when somebody else had it, it failed, or it was no longer needed."""
    now = now or timezone.now()
    free = models.Q(state=Delivery.State.WAITING, due_at__lte=now) | models.Q(
        state=Delivery.State.SENDING, claimed_at__lte=now - LOST_AFTER
    )
    claimed = Delivery.objects.filter(free, pk=delivery_id).update(
        state=Delivery.State.SENDING, claimed_at=now, attempts=models.F("attempts") + 1
    )
    if not claimed:
        return False
    delivery = Delivery.objects.select_related("resident__community").get(pk=delivery_id)
    try:
        went_out = _push(delivery) if delivery.channel == Delivery.Channel.WEBPUSH else _mail(delivery)
    except OSError as error:  # smtplib's errors are OSErrors: refused, timed out, not reachable
        _try_later(delivery, error, now=now)
        return False
    if not went_out:
        _settle(delivery, Delivery.State.DROPPED)
        return False
    _settle(delivery, Delivery.State.SENT, sent_at=now)
    return True


def _mail(delivery: Delivery) -> bool:
    """Mail it; returns whether it was still needed. Raises OSError when the mail server does not take it."""
    letter = compose(delivery)
    if letter is None:
        return False
    with translation.override(catalogue_of(delivery.resident)):
        send_letter(delivery.resident, letter)
    return True


def _push(delivery: Delivery) -> bool:
    """Show it on each of the person's browsers; returns whether one of them took it.

    A browser that is gone is forgotten. Raises OSError when none took it and one may take it later.
    """
    kind, letter = letter_kind(delivery.kind), compose(delivery)
    if kind is None or letter is None:
        return False
    language = catalogue_of(delivery.resident)
    message = message_of(kind, letter, topic=topic_of(delivery.once_key), language=language)
    outcomes = set()
    for browser in PushSubscription.objects.filter(resident=delivery.resident):
        outcome = push(browser, kind, message)
        if outcome == "gone":
            PushSubscription.objects.filter(pk=browser.pk).delete()
        outcomes.add(outcome)
    if "sent" not in outcomes and "later" in outcomes:
        raise ConnectionError
    return "sent" in outcomes


def compose(delivery: Delivery, *, language: str = "") -> Letter | None:
    """Return the words of a delivery in the reader's own language (or this one); None when it is no longer needed."""
    described = letter_kind(delivery.kind)
    if described is None or not delivery.resident.is_active:
        return None
    with translation.override(language or catalogue_of(delivery.resident)):
        return described.compose(delivery.resident, delivery.facts)


def _settle(delivery: Delivery, state: str, *, sent_at: datetime | None = None) -> None:
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING).update(
        state=state, sent_at=sent_at, last_error=""
    )


def _try_later(delivery: Delivery, error: Exception, *, now: datetime) -> None:
    """Put it back with a growing pause, or give it up after the last attempt."""
    logger.warning("delivery %s will be tried again: %s", delivery.pk, type(error).__name__)
    last = delivery.attempts >= MAX_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING).update(
        state=Delivery.State.FAILED if last else Delivery.State.WAITING,
        due_at=now + timedelta(seconds=15 * 2**delivery.attempts),
        last_error=type(error).__name__[:120],
    )


def sweep_deliveries(*, now: datetime | None = None, limit: int = 50) -> int:
    """Send what is due and what was lost; returns how many went out."""
    now = now or timezone.now()
    free = models.Q(state=Delivery.State.WAITING, due_at__lte=now) | models.Q(
        state=Delivery.State.SENDING, claimed_at__lte=now - LOST_AFTER
    )
    due = Delivery.objects.filter(free).exclude(channel="inapp").order_by("due_at").values_list("pk", flat=True)[:limit]
    return sum(send_delivery(delivery_id, now=now) for delivery_id in due)


def mark_read(resident: Resident, *, now: datetime | None = None) -> int:
    """Note that the person has seen their notices; returns how many were new."""
    return Delivery.objects.filter(resident=resident, channel="inapp", read_at=None).update(
        read_at=now or timezone.now()
    )
