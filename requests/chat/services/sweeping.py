"""What a clock does for conversations: letters about what waits unread, reminders, and the question how it went."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from buurt.ledger.clocks import span
from chat import events
from chat.models import Appointment, Message, Participant, Turn
from posts.models import Engagement

BATCH = 200
# Long enough that somebody who is reading along gets no letter.
UNREAD_MINUTES = 2


def tell_of_unread(now: datetime) -> int:
    """Announce, once until they read it, that somebody has a message waiting; returns how many were told."""
    waiting = (
        Participant.objects.filter(
            left_at=None,
            muted=False,
            told_seq__lte=F("read_seq"),
            conversation__last_seq__gt=F("read_seq"),
            conversation__ended_at=None,
            # A moment in the past bounds the search; whoever was away longer has been told before.
            conversation__last_message_at__range=(now - timedelta(days=7), now - span(minutes=UNREAD_MINUTES)),
        )
        .filter(Exists(_words_of_others()))
        .values_list("pk", "resident_id", "conversation_id", "conversation__last_seq", "told_seq")
    )
    told = 0
    for pk, resident_id, conversation_id, last_seq, told_seq in waiting[:BATCH]:
        with transaction.atomic():
            if Participant.objects.filter(pk=pk, told_seq=told_seq).update(told_seq=last_seq) != 1:
                continue
            told += 1
            transaction.on_commit(
                partial(
                    events.message_unread.send_robust,
                    sender=Participant,
                    conversation_id=conversation_id,
                    resident_id=resident_id,
                    seq=last_seq,
                )
            )
    return told


def _words_of_others() -> QuerySet[Message]:
    """Return the unread words of other people; system lines have letters of their own."""
    return Message.objects.filter(
        conversation=OuterRef("conversation"), seq__gt=OuterRef("read_seq"), kind=Message.Kind.TEXT, hidden_at=None
    ).exclude(sender=OuterRef("resident"))


def remind_of_appointments(now: datetime) -> int:
    """Announce appointments a day and an hour before; each once, and not a day before what was agreed today."""
    day = Q(reminded_day_at=None, starts_at__lte=now + span(hours=24), agreed_at__lte=now - span(hours=6))
    hour = Q(reminded_hour_at=None, starts_at__lte=now + span(hours=1), agreed_at__lte=now - span(minutes=30))
    coming = Appointment.objects.filter(
        state=Appointment.State.AGREED, starts_at__gt=now, engagement__state=Engagement.State.AGREED
    )
    reminded = 0
    for pk in coming.filter(hour).values_list("pk", flat=True)[:BATCH]:
        reminded += _once(pk, events.appointment_near, "reminded_hour_at", now, when="hour")
    # Who is reminded an hour before need not hear of the day any more.
    for pk in coming.filter(day, reminded_hour_at=None).values_list("pk", flat=True)[:BATCH]:
        reminded += _once(pk, events.appointment_near, "reminded_day_at", now, when="day")
    return reminded


def remind_of_turns(now: datetime) -> int:
    """Announce to who comes tomorrow in a weekly circle that they do; once, and not what was taken just now."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    due = Turn.objects.filter(day=tomorrow, reminded_at=None, taken_at__lte=now - span(hours=6))
    reminded = 0
    for pk in due.values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            if Turn.objects.filter(pk=pk, reminded_at=None).update(reminded_at=now) != 1:
                continue
            reminded += 1
            transaction.on_commit(partial(events.turn_near.send_robust, sender=Turn, turn_id=pk))
    return reminded


def ask_for_outcomes(now: datetime) -> int:
    """Announce once, two hours after the end of what was agreed, that it is time to ask how it went."""
    over = Q(starts_at__lte=now - span(hours=2)) | Q(starts_at=None, agreed_at__lte=now - span(days=3))
    due = Appointment.objects.filter(
        over, state=Appointment.State.AGREED, asked_at=None, engagement__state=Engagement.State.AGREED
    )
    asked = 0
    for pk, starts_at, minutes in due.values_list("pk", "starts_at", "duration_minutes")[:BATCH]:
        if starts_at is None or starts_at + span(minutes=minutes) <= now - span(hours=2):
            asked += _once(pk, events.outcome_due, "asked_at", now)
    return asked


@transaction.atomic
def _once(appointment_id: int, event: Signal, stamp: str, now: datetime, **facts: str) -> int:
    """Set the stamp and announce the event, unless another clock was faster. Returns 1 or 0."""
    rows = Appointment.objects.filter(pk=appointment_id, **{stamp: None})
    if rows.update(**{stamp: now}) != 1:
        return 0
    transaction.on_commit(partial(event.send_robust, sender=Appointment, appointment_id=appointment_id, **facts))
    return 1
