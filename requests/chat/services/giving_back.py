"""Giving a place back: cancel, decline kindly, "niet gekomen", and what the clock or the end of the ask does."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from buurt.ledger.clocks import span
from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors, events
from chat.access import LIVE_APPOINTMENTS, LIVE_PLACES, conversation_about
from chat.models import Appointment, Conversation, Participant
from chat.services.ground import Ground, State, agreed_on, announce, ground_of, move, next_sequence, whose
from chat.services.talking import add_system_line, lock
from posts import services as places
from posts.models import Engagement, Post
from posts.services.places import Because


@transaction.atomic
def cancel_appointment(
    *, by: Resident, conversation: Conversation, engagement_id: int | None = None, now: datetime | None = None
) -> bool:
    """Cancel ("afzeggen"): either of the two. The place goes back to the search at once, also at the last moment."""
    now = now or timezone.now()
    ground = ground_of(by, conversation, engagement_id)
    agreed = agreed_on(ground.engagement)
    is_late = agreed is not None and agreed.starts_at is not None and agreed.starts_at - now < span(hours=24)
    return _give_back(by, ground, because="late_cancel" if is_late else "cancelled", line="cancelled", now=now)


@transaction.atomic
def decline_kindly(
    *, by: Resident, conversation: Conversation, engagement_id: int | None = None, now: datetime | None = None
) -> bool:
    """Let the author of the post look for somebody else: the place goes back, the conversation is closed."""
    now = now or timezone.now()
    ground = ground_of(by, conversation, engagement_id)
    row = ground.conversation
    if ground.actor.pk != ground.engagement.slot.post.author_id:
        raise errors.NotYoursToDoError
    if not _give_back(by, ground, because="declined", line="declined", now=now):
        return False
    if row.kind == Conversation.Kind.CIRCLE:
        _take_out_of_circle(ground, now=now)
        return True
    Conversation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now)
    return True


@transaction.atomic
def report_no_show(
    *, by: Resident, conversation: Conversation, engagement_id: int | None = None, now: datetime | None = None
) -> bool:
    """Say that the one who would help did not come; only the one who waited may, and only once it was time."""
    now = now or timezone.now()
    ground = ground_of(by, conversation, engagement_id)
    post = ground.engagement.slot.post
    if (ground.actor.pk == post.author_id) != post.is_ask:
        raise errors.NotYoursToDoError
    if not may_report_no_show(ground.engagement, agreed_on(ground.engagement), now=now):
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
    conversation = conversation_about(engagement)
    if conversation is None or conversation.ended_at is not None:
        return False
    row = lock(conversation)
    _end_moments(row, engagement)
    because = "clock" if post.state in {Post.State.OPEN, Post.State.PAUSED} else "withdrawn"
    add_system_line(conversation=row, name="released", now=now, once=_released_once(engagement), because=because)
    return True


def _take_out_of_circle(ground: Ground, *, now: datetime) -> None:
    """Let a helper who was declined go, unless they have another place in the circle."""
    others = Engagement.objects.filter(
        slot__post_id=ground.conversation.post_id, helper=ground.engagement.helper_id, state__in=LIVE_PLACES
    )
    if not others.exists():
        mine = Participant.objects.filter(conversation=ground.conversation, resident=ground.engagement.helper_id)
        mine.update(left_at=now)


# -- small steps ------------------------------------------------------------------------------------------------


def _give_back(by: Resident, ground: Ground, *, because: Because, line: str, now: datetime) -> bool:
    if not ground.is_live:
        return False
    if not places.release_place(by=ground.actor, engagement=ground.engagement, because=because, now=now):
        return False
    row = ground.conversation
    for appointment in _end_moments(row, ground.engagement):
        announce(events.appointment_cancelled, appointment)
    record(f"engagement_{line}", ground.engagement, by=by, conversation_id=row.pk, because=because)
    add_system_line(
        conversation=row, name=line, now=now, once=_released_once(ground.engagement), who=by.pk, **whose(ground)
    )
    return True


def _released_once(engagement: Engagement) -> UUID:
    """Return the key of the one line that says that this place was given back."""
    return uuid5(NAMESPACE_OID, f"chat:released:{engagement.pk}")


def _end_moments(row: Conversation, engagement: Engagement) -> list[Appointment]:
    """Cancel what is proposed or agreed; return what was agreed, because calendars know of that."""
    live = list(Appointment.objects.filter(conversation=row, engagement=engagement, state__in=LIVE_APPOINTMENTS))
    ended = [one for one in live if move(one, one.state, State.CANCELLED) and one.state == State.AGREED]
    for one in ended:
        Appointment.objects.filter(pk=one.pk).update(sequence=next_sequence(engagement))
    return ended
