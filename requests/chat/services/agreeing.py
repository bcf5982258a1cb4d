"""Agreeing: propose a moment, say yes to it, change it.

The place itself (engagement) belongs to posts; here it is agreed through its services, given back in giving_back.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors, events
from chat.access import LIVE_APPOINTMENTS
from chat.bodies import cleaned, opened, sealed
from chat.door_words import new_door_word
from chat.models import Appointment, Conversation
from chat.services.ground import (
    Ground,
    agreed_on,
    announce,
    ground_of,
    move,
    next_sequence,
    of_helper,
    of_place,
    whose,
)
from chat.services.talking import add_system_line, refuse_held_back
from posts import services as places
from posts.models import Engagement, Post, Slot

MAX_NOTE = 200
MAX_PLACE = 120
FURTHEST = timedelta(days=366)
State = Appointment.State


@transaction.atomic
def propose_appointment(
    *,
    by: Resident,
    conversation: Conversation,
    starts_at: datetime,
    duration_minutes: int = 60,
    place: str = "",
    note: str = "",
    engagement_id: int | None = None,
    now: datetime | None = None,
) -> Appointment:
    """Propose a moment; an earlier proposal makes place, an agreed moment stands until this one is agreed.

    In a circle for one place (`engagement_id`): of a place that is somebody's turn, week after week, nothing moves.
    """
    now = now or timezone.now()
    if not now < starts_at <= now + FURTHEST:
        raise errors.WrongMomentError
    words = cleaned(note, limit=MAX_NOTE) if note.strip() else ""
    where = cleaned(place, limit=MAX_PLACE) if place.strip() else ""
    refuse_held_back(by, now=now)
    ground = ground_of(by, conversation, engagement_id)
    is_turn = ground.conversation.kind == Conversation.Kind.CIRCLE and is_a_turn(ground.engagement.slot)
    if not ground.is_live or ground.conversation.ended_at is not None or is_turn:
        raise errors.NoPlaceError
    row = ground.conversation
    stands = of_place(ground.engagement).filter(state=State.PROPOSED, proposed_by=by).first()
    if stands is not None and _says(row, stands) == (starts_at, duration_minutes, where, words):
        return stands  # the form was sent twice
    of_place(ground.engagement).filter(state=State.PROPOSED).update(state=State.REPLACED)
    appointment = Appointment.objects.create(
        conversation=row,
        engagement=ground.engagement,
        proposed_by=by,
        starts_at=starts_at,
        duration_minutes=duration_minutes,
        place=sealed(row, where) if where else None,
        note=sealed(row, words) if words else None,
    )
    record("appointment_proposed", appointment, by=by, conversation_id=row.pk)
    add_system_line(conversation=row, name="proposed", now=now, who=by.pk, at=starts_at.isoformat(), **whose(ground))
    announce(events.appointment_proposed, appointment)
    return appointment


@transaction.atomic
def agree_appointment(*, by: Resident, appointment: Appointment, now: datetime | None = None) -> bool:
    """Say yes to the moment the other proposed. False when it was changed or the place was given back meanwhile."""
    now = now or timezone.now()
    ground = ground_of(by, appointment.conversation, appointment.engagement_id)
    # A side does not say yes to itself: not the asker to a proxy's proposal, nor the other way round.
    if (by.pk == ground.engagement.helper_id) == (appointment.proposed_by_id == ground.engagement.helper_id):
        raise errors.NotYoursToDoError
    if not ground.is_live or ground.engagement.pk != appointment.engagement_id:
        return False
    old = _where_one_agrees(ground).filter(state=State.AGREED).first()
    if not _claim_proposal(appointment, old, ground.conversation, now=now):
        return False
    if not _agree_place(ground.actor, ground.engagement, now=now):
        transaction.set_rollback(True)
        return False
    record("appointment_agreed", appointment, by=by, conversation_id=ground.conversation.pk)
    at = appointment.starts_at.isoformat() if appointment.starts_at else ""
    name = "moved" if _is_a_move(old, appointment) else "agreed"
    add_system_line(conversation=ground.conversation, name=name, now=now, who=by.pk, at=at, **whose(ground))
    announce(events.appointment_agreed, appointment)
    return True


@transaction.atomic
def agree(
    *, by: Resident, conversation: Conversation, engagement_id: int | None = None, now: datetime | None = None
) -> bool:
    """Agree without a fixed moment. False when the place was given back, or something was agreed already."""
    now = now or timezone.now()
    ground = ground_of(by, conversation, engagement_id)
    row = ground.conversation
    if agreed_on(ground.engagement) is not None or not ground.is_live:
        return False
    if not _agree_place(ground.actor, ground.engagement, now=now):
        return False
    # What is left of an earlier place, or of a proposal, makes way.
    _where_one_agrees(ground).filter(state__in=LIVE_APPOINTMENTS).update(state=State.REPLACED)
    slot = ground.engagement.slot
    is_fixed = row.kind == Conversation.Kind.CIRCLE and slot.starts_at is not None
    appointment = Appointment.objects.create(
        conversation=row,
        engagement=ground.engagement,
        proposed_by=by,
        state=State.AGREED,
        starts_at=slot.starts_at if is_fixed else None,
        duration_minutes=_minutes_of(slot),
        agreed_at=now,
        door_words=sealed(row, new_door_word()),
        sequence=next_sequence(ground.engagement),
    )
    record("appointment_agreed", appointment, by=by, conversation_id=row.pk)
    at = slot.starts_at.isoformat() if is_fixed and slot.starts_at else ""
    add_system_line(conversation=row, name="agreed", now=now, who=by.pk, at=at, **whose(ground))
    announce(events.appointment_agreed, appointment)
    return True


@transaction.atomic
def withdraw_proposal(*, by: Resident, appointment: Appointment, now: datetime | None = None) -> bool:
    """Take one's own proposal back; what was agreed before stands."""
    ground = ground_of(by, appointment.conversation, appointment.engagement_id)
    if by.pk != appointment.proposed_by_id:
        raise errors.NotYoursToDoError
    if not move(appointment, State.PROPOSED, State.CANCELLED):
        return False
    record("appointment_withdrawn", appointment, by=by, conversation_id=ground.conversation.pk)
    add_system_line(conversation=ground.conversation, name="withdrawn", now=now, who=by.pk)
    return True


def is_a_turn(slot: Slot) -> bool:
    """Say whether a place of a circle is somebody's turn every week, without a moment of its own that could move."""
    return slot.starts_at is None and slot.post.timing == Post.Timing.WEEKLY


# -- small steps ------------------------------------------------------------------------------------------------


def _claim_proposal(appointment: Appointment, old: Appointment | None, row: Conversation, *, now: datetime) -> bool:
    """Turn a proposal into what is agreed; the door word stays the same when a moment is moved."""
    door_words = old.door_words if old is not None and old.door_words else sealed(row, new_door_word())
    sequence = next_sequence(appointment.engagement)
    if old is not None:
        move(old, State.AGREED, State.REPLACED)
    claimed = Appointment.objects.filter(pk=appointment.pk, state=State.PROPOSED).update(
        state=State.AGREED, agreed_at=now, door_words=door_words, sequence=sequence
    )
    if not claimed and old is not None:
        move(old, State.REPLACED, State.AGREED)
    return claimed == 1


def _where_one_agrees(ground: Ground) -> QuerySet[Appointment]:
    """Return what one moment makes way for another in: a talk of two has one at a time, a circle one for each place."""
    return of_place(ground.engagement) if ground.conversation.kind == Conversation.Kind.CIRCLE else of_helper(ground)


def _says(row: Conversation, one: Appointment) -> tuple[datetime | None, int, str, str]:
    return one.starts_at, one.duration_minutes, opened(row, one.place), opened(row, one.note)


def _is_a_move(old: Appointment | None, new: Appointment) -> bool:
    return old is not None and old.starts_at is not None and old.engagement_id == new.engagement_id


def _minutes_of(slot: Slot) -> int:
    if slot.starts_at is None or slot.ends_at is None:
        return slot.post.duration_minutes or 60
    return max(15, min(1440, round((slot.ends_at - slot.starts_at).total_seconds() / 60)))


def _agree_place(by: Resident, engagement: Engagement, *, now: datetime) -> bool:
    """Make the reserved place an agreed one; a place that is agreed already (a moved moment) is fine."""
    if engagement.state == Engagement.State.AGREED:
        return True
    return places.agree_place(by=by, engagement=engagement, now=now)
