"""Agreeing: propose a moment, say yes to it, change it, cancel, decline kindly, "niet gekomen".

The place itself (engagement) belongs to posts; here it is agreed and given back through its services.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.dispatch import Signal
from django.utils import timezone

from buurt.ledger.clocks import span
from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors, events
from chat.access import LIVE_APPOINTMENTS, LIVE_PLACES
from chat.bodies import cleaned, sealed
from chat.door_words import new_door_word
from chat.models import Appointment, Conversation
from chat.services.talking import add_system_line, lock, people_in
from posts import services as places
from posts.models import Engagement, Post
from posts.services.places import Because

MAX_NOTE = 200
FURTHEST = timedelta(days=366)
State = Appointment.State


@dataclass(frozen=True)
class _Ground:
    """What stands when somebody acts: the held conversation, the latest place, and who is who."""

    conversation: Conversation
    engagement: Engagement

    @property
    def is_live(self) -> bool:
        return self.engagement.state in LIVE_PLACES


def ground_of(by: Resident, conversation: Conversation) -> _Ground:
    """Hold the conversation for somebody who takes part and return its latest place; raises when there is none.

    The post is held first, as the services of posts do: whoever needs both takes them in this order.
    """
    Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=conversation.post_id)
    row = lock(conversation)
    people_in(row, by)
    engagement = (
        Engagement.objects.filter(slot__post_id=row.post_id, helper_id=row.helper_id)
        .select_related("slot__post")
        .order_by("-pk")
        .first()
    )
    if engagement is None:
        raise errors.NoPlaceError
    return _Ground(row, engagement)


@transaction.atomic
def propose_appointment(
    *,
    by: Resident,
    conversation: Conversation,
    starts_at: datetime,
    duration_minutes: int = 60,
    note: str = "",
    now: datetime | None = None,
) -> Appointment:
    """Propose a moment; an earlier proposal makes place, an agreed moment stands until this one is agreed."""
    now = now or timezone.now()
    if not now < starts_at <= now + FURTHEST:
        raise errors.WrongMomentError
    words = cleaned(note, limit=MAX_NOTE) if note.strip() else ""
    ground = ground_of(by, conversation)
    if not ground.is_live:
        raise errors.NoPlaceError
    row = ground.conversation
    Appointment.objects.filter(conversation=row, state=State.PROPOSED).update(state=State.REPLACED)
    appointment = Appointment.objects.create(
        conversation=row,
        engagement=ground.engagement,
        proposed_by=by,
        starts_at=starts_at,
        duration_minutes=duration_minutes,
        note=sealed(row, words) if words else None,
    )
    record("appointment_proposed", appointment, by=by, conversation_id=row.pk)
    add_system_line(conversation=row, name="proposed", now=now, who=by.pk, at=starts_at.isoformat())
    _announce(events.appointment_proposed, appointment)
    return appointment


@transaction.atomic
def agree_appointment(*, by: Resident, appointment: Appointment, now: datetime | None = None) -> bool:
    """Say yes to the moment the other proposed. False when it was changed or the place was given back meanwhile."""
    now = now or timezone.now()
    ground = ground_of(by, appointment.conversation)
    if by.pk == appointment.proposed_by_id:
        raise errors.NotYoursToDoError
    if not ground.is_live or ground.engagement.pk != appointment.engagement_id:
        return False
    old = Appointment.objects.filter(conversation=ground.conversation, state=State.AGREED).first()
    if not _claim_proposal(appointment, old, ground.conversation, now=now):
        return False
    if not _agree_place(by, ground.engagement, now=now):
        transaction.set_rollback(True)
        return False
    record("appointment_agreed", appointment, by=by, conversation_id=ground.conversation.pk)
    at = appointment.starts_at.isoformat() if appointment.starts_at else ""
    name = "moved" if _is_a_move(old, appointment) else "agreed"
    add_system_line(conversation=ground.conversation, name=name, now=now, who=by.pk, at=at)
    _announce(events.appointment_agreed, appointment)
    return True


@transaction.atomic
def agree(*, by: Resident, conversation: Conversation, now: datetime | None = None) -> bool:
    """Agree without a fixed moment. False when the place was given back, or something was agreed already."""
    now = now or timezone.now()
    ground = ground_of(by, conversation)
    row = ground.conversation
    if _agreed_on(ground.engagement) is not None or not ground.is_live:
        return False
    if not _agree_place(by, ground.engagement, now=now):
        return False
    # What is left of an earlier place, or of a proposal, makes way.
    Appointment.objects.filter(conversation=row, state__in=LIVE_APPOINTMENTS).update(state=State.REPLACED)
    appointment = Appointment.objects.create(
        conversation=row,
        engagement=ground.engagement,
        proposed_by=by,
        state=State.AGREED,
        agreed_at=now,
        door_words=sealed(row, new_door_word()),
        sequence=_next_sequence(row),
    )
    record("appointment_agreed", appointment, by=by, conversation_id=row.pk)
    add_system_line(conversation=row, name="agreed", now=now, who=by.pk)
    _announce(events.appointment_agreed, appointment)
    return True


@transaction.atomic
def withdraw_proposal(*, by: Resident, appointment: Appointment, now: datetime | None = None) -> bool:
    """Take one's own proposal back; what was agreed before stands."""
    ground = ground_of(by, appointment.conversation)
    if by.pk != appointment.proposed_by_id:
        raise errors.NotYoursToDoError
    if not _move(appointment, State.PROPOSED, State.CANCELLED):
        return False
    record("appointment_withdrawn", appointment, by=by, conversation_id=ground.conversation.pk)
    add_system_line(conversation=ground.conversation, name="withdrawn", now=now, who=by.pk)
    return True


@transaction.atomic
def cancel_appointment(*, by: Resident, conversation: Conversation, now: datetime | None = None) -> bool:
    """Cancel ("afzeggen"): either of the two. The place goes back to the search at once, also at the last moment."""
    now = now or timezone.now()
    ground = ground_of(by, conversation)
    agreed = _agreed_on(ground.engagement)
    is_late = agreed is not None and agreed.starts_at is not None and agreed.starts_at - now < span(hours=24)
    return _give_back(by, ground, because="late_cancel" if is_late else "cancelled", line="cancelled", now=now)


@transaction.atomic
def decline_kindly(*, by: Resident, conversation: Conversation, now: datetime | None = None) -> bool:
    """Let the author of the post look for somebody else: the place goes back, the conversation is closed."""
    now = now or timezone.now()
    ground = ground_of(by, conversation)
    row = ground.conversation
    if by.pk != ground.engagement.slot.post.author_id:
        raise errors.NotYoursToDoError
    if not _give_back(by, ground, because="declined", line="declined", now=now):
        return False
    Conversation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now)
    return True


@transaction.atomic
def report_no_show(*, by: Resident, conversation: Conversation, now: datetime | None = None) -> bool:
    """Say that the one who would help did not come; only the one who waited may, and only once it was time."""
    now = now or timezone.now()
    ground = ground_of(by, conversation)
    post = ground.engagement.slot.post
    if (by.pk == post.author_id) != post.is_ask:
        raise errors.NotYoursToDoError
    if not may_report_no_show(ground.engagement, _agreed_on(ground.engagement), now=now):
        raise errors.NoPlaceError
    return _give_back(by, ground, because="no_show", line="no_show", now=now)


def may_report_no_show(engagement: Engagement, agreed: Appointment | None, *, now: datetime) -> bool:
    """Say whether it was agreed and the moment (if there is one) has come."""
    return engagement.state == Engagement.State.AGREED and (
        agreed is None or agreed.starts_at is None or agreed.starts_at <= now
    )


@transaction.atomic
def place_was_released(*, engagement: Engagement, now: datetime | None = None) -> bool:
    """Show in the conversation that a place was given back by the clock or the end of the post.

    Safe to call for every release: what was done in the conversation itself stands there already.
    """
    if engagement.state not in {Engagement.State.CANCELLED, Engagement.State.NO_SHOW}:
        return False
    post = engagement.slot.post
    conversation = Conversation.objects.filter(post=post, helper_id=engagement.helper_id, ended_at=None).first()
    if conversation is None:
        return False
    row = lock(conversation)
    _end_moments(row, engagement)
    because = "clock" if post.state in {Post.State.OPEN, Post.State.PAUSED} else "withdrawn"
    add_system_line(conversation=row, name="released", now=now, once=_released_once(engagement), because=because)
    return True


# -- small steps ------------------------------------------------------------------------------------------------


def _agreed_on(engagement: Engagement) -> Appointment | None:
    return Appointment.objects.filter(engagement=engagement, state=State.AGREED).first()


def _move(appointment: Appointment, old: str, new: str) -> bool:
    return Appointment.objects.filter(pk=appointment.pk, state=old).update(state=new) == 1


def _claim_proposal(appointment: Appointment, old: Appointment | None, row: Conversation, *, now: datetime) -> bool:
    """Turn a proposal into what is agreed; the door word stays the same when a moment is moved."""
    door_words = old.door_words if old is not None and old.door_words else sealed(row, new_door_word())
    sequence = _next_sequence(row)
    if old is not None:
        _move(old, State.AGREED, State.REPLACED)
    claimed = Appointment.objects.filter(pk=appointment.pk, state=State.PROPOSED).update(
        state=State.AGREED, agreed_at=now, door_words=door_words, sequence=sequence
    )
    if not claimed and old is not None:
        _move(old, State.REPLACED, State.AGREED)
    return claimed == 1


def _is_a_move(old: Appointment | None, new: Appointment) -> bool:
    return old is not None and old.starts_at is not None and old.engagement_id == new.engagement_id


def _next_sequence(row: Conversation) -> int:
    latest = Appointment.objects.filter(conversation=row).exclude(agreed_at=None).aggregate(top=Max("sequence"))["top"]
    return 0 if latest is None else int(latest) + 1


def _agree_place(by: Resident, engagement: Engagement, *, now: datetime) -> bool:
    """Make the reserved place an agreed one; a place that is agreed already (a moved moment) is fine."""
    if engagement.state == Engagement.State.AGREED:
        return True
    return places.agree_place(by=by, engagement=engagement, now=now)


def _give_back(by: Resident, ground: _Ground, *, because: Because, line: str, now: datetime) -> bool:
    if not ground.is_live:
        return False
    if not places.release_place(by=by, engagement=ground.engagement, because=because, now=now):
        return False
    row = ground.conversation
    for appointment in _end_moments(row, ground.engagement):
        _announce(events.appointment_cancelled, appointment)
    record(f"engagement_{line}", ground.engagement, by=by, conversation_id=row.pk, because=because)
    add_system_line(conversation=row, name=line, now=now, once=_released_once(ground.engagement), who=by.pk)
    return True


def _released_once(engagement: Engagement) -> UUID:
    """Return the key of the one line that says that this place was given back."""
    return uuid5(NAMESPACE_OID, f"chat:released:{engagement.pk}")


def _end_moments(row: Conversation, engagement: Engagement) -> list[Appointment]:
    """Cancel what is proposed or agreed; return what was agreed, because calendars know of that."""
    live = list(Appointment.objects.filter(conversation=row, engagement=engagement, state__in=LIVE_APPOINTMENTS))
    return [one for one in live if _move(one, one.state, State.CANCELLED) and one.state == State.AGREED]


def _announce(event: Signal, appointment: Appointment) -> None:
    transaction.on_commit(partial(event.send_robust, sender=Appointment, appointment_id=appointment.pk))
