"""What stands when somebody acts on what is agreed: the held conversation, its place, and the small steps all share."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.dispatch import Signal

from buurt.residents.models import Resident
from chat import errors
from chat.access import LIVE_PLACES
from chat.models import Appointment, Conversation, Participant
from chat.services.talking import lock, people_in
from posts.models import Engagement, Post

State = Appointment.State


@dataclass(frozen=True)
class Ground:
    """What stands when somebody acts: the held conversation, the latest place, and who is who."""

    conversation: Conversation
    engagement: Engagement
    # In whose name it happens: the person, or the asker for whom a proxy acts.
    actor: Resident

    @property
    def is_live(self) -> bool:
        """Whether the place is reserved or agreed now."""
        return self.engagement.state in LIVE_PLACES


def ground_of(by: Resident, conversation: Conversation, engagement_id: int | None = None) -> Ground:
    """Hold the conversation for somebody who takes part and return its latest place; raises when there is none.

    In a circle there are several places: `engagement_id` says which, a helper has no business with another's.
    A guest talks along and agrees nothing; a proxy acts in the name of the asker.
    The post is held first, as the services of posts do: whoever needs both takes them in this order.
    """
    Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=conversation.post_id)
    row = lock(conversation)
    people_in(row, by)
    role = Participant.objects.values_list("role", flat=True).get(conversation=row, resident=by)
    if role == Participant.Role.GUEST:
        raise errors.NotYoursToDoError
    engagement = _places_in(row, engagement_id).select_related("slot__post__author").order_by("-pk").first()
    if engagement is None:
        raise errors.NoPlaceError
    if role == Participant.Role.HELPER and engagement.helper_id != by.pk and row.helper_id is None:
        raise errors.NotYoursToDoError
    actor = engagement.slot.post.author if role == Participant.Role.PROXY else by
    return Ground(row, engagement, actor)


def _places_in(row: Conversation, engagement_id: int | None) -> QuerySet[Engagement]:
    """Return the places a conversation is about: of its helper, or the one named in a circle."""
    places_here = Engagement.objects.filter(slot__post_id=row.post_id)
    if row.helper_id is not None:
        return places_here.filter(helper_id=row.helper_id)
    if row.kind != Conversation.Kind.CIRCLE or engagement_id is None:
        return places_here.none()
    circle = Participant.objects.filter(conversation=row, role=Participant.Role.HELPER)
    return places_here.filter(pk=engagement_id, helper__in=circle.values("resident"))


def whose(ground: Ground) -> dict[str, Any]:
    """Return what a line in a circle says besides who acted: whose place it is about."""
    return {"helper": ground.engagement.helper_id} if ground.conversation.kind == Conversation.Kind.CIRCLE else {}


def agreed_on(engagement: Engagement) -> Appointment | None:
    """Return the moment that is agreed for this place."""
    return Appointment.objects.filter(engagement=engagement, state=State.AGREED).first()


def move(appointment: Appointment, old: str, new: str) -> bool:
    """Move an appointment on; False when it was no longer in the old state."""
    return Appointment.objects.filter(pk=appointment.pk, state=old).update(state=new) == 1


def next_sequence(engagement: Engagement) -> int:
    """Return the next revision of this place's calendar entry."""
    known = of_place(engagement).exclude(agreed_at=None)
    latest = known.aggregate(top=Max("sequence"))["top"]
    return 0 if latest is None else int(latest) + 1


def of_place(engagement: Engagement) -> QuerySet[Appointment]:
    """Return what was ever proposed or agreed for this place."""
    return Appointment.objects.filter(engagement=engagement)


def of_helper(ground: Ground) -> QuerySet[Appointment]:
    """Return what was ever proposed or agreed with this helper here, also for earlier places."""
    return Appointment.objects.filter(conversation=ground.conversation, engagement__helper=ground.engagement.helper_id)


def announce(event: Signal, appointment: Appointment) -> None:
    """Send an event about an appointment after commit."""
    transaction.on_commit(partial(event.send_robust, sender=Appointment, appointment_id=appointment.pk))
