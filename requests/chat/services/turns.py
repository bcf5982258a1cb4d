"""The dates of a weekly circle: a helper takes one, or gives it back. Everybody in the circle reads who comes when."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors
from chat.access import LIVE_PLACES
from chat.models import Conversation, Participant, Turn
from chat.services.talking import add_system_line, lock, people_in, refuse_held_back
from posts.models import Engagement, Post

# Who said that a week went well helps on the next.
HELPS = (*LIVE_PLACES, Engagement.State.DONE)
# So many dates stand open: further away nobody knows.
DATES = 4


def coming_dates(post: Post, *, now: datetime) -> list[date]:
    """Return the next dates of an ask for every week, today included; none for any other ask."""
    if post.timing != Post.Timing.WEEKLY or post.weekday is None or not post.is_ask:
        return []
    today = timezone.localdate(now)
    first = today + timedelta(days=(post.weekday - today.weekday()) % 7)
    return [first + timedelta(weeks=week) for week in range(DATES)]


def turns_that_hold(conversation: Conversation) -> QuerySet[Turn]:
    """Return the dates that are taken by somebody who still helps here."""
    still = _helpers(conversation).filter(resident=OuterRef("helper"))
    return Turn.objects.filter(Exists(still), conversation=conversation)


def takes_turns(resident_id: int, conversation: Conversation) -> bool:
    """Say whether somebody helps here, and so may take a date."""
    return _helpers(conversation).filter(resident=resident_id).exists()


def _helpers(conversation: Conversation) -> QuerySet[Participant]:
    places = Engagement.objects.filter(slot__post=conversation.post_id, helper=OuterRef("resident"), state__in=HELPS)
    part = {"conversation": conversation, "role": Participant.Role.HELPER, "left_at": None}
    return Participant.objects.filter(Exists(places), **part)


@transaction.atomic
def take_date(*, by: Resident, conversation: Conversation, day: date, now: datetime | None = None) -> bool:
    """Come on this date. False when it is one's own already; NoPlaceError when another was faster, or it is over."""
    now = now or timezone.now()
    row = _ground(by, conversation, day, now=now)
    holds = turns_that_hold(row).filter(day=day).first()
    if holds is not None:
        if holds.helper_id != by.pk:
            raise errors.NoPlaceError
        return False
    Turn.objects.update_or_create(conversation=row, day=day, defaults={"helper": by, "reminded_at": None})
    record("turn_taken", row, by=by, day=day.isoformat())
    add_system_line(conversation=row, name="turn_taken", now=now, who=by.pk, day=day.isoformat())
    return True


@transaction.atomic
def give_date_back(*, by: Resident, conversation: Conversation, day: date, now: datetime | None = None) -> bool:
    """Do not come on this date after all; it is free again. False when it was not one's own."""
    now = now or timezone.now()
    row = _ground(by, conversation, day, now=now)
    if not Turn.objects.filter(conversation=row, day=day, helper=by).delete()[0]:
        return False
    record("turn_given_back", row, by=by, day=day.isoformat())
    add_system_line(conversation=row, name="turn_given_back", now=now, who=by.pk, day=day.isoformat())
    return True


def _ground(by: Resident, conversation: Conversation, day: date, *, now: datetime) -> Conversation:
    """Hold the conversation for a helper with a place in it, about a date that comes; raises for all else."""
    refuse_held_back(by, now=now)
    row = lock(conversation)
    people_in(row, by)
    if row.ended_at is not None:
        raise errors.EndedError
    if row.kind != Conversation.Kind.CIRCLE or not takes_turns(by.pk, row):
        raise errors.NotYoursToDoError
    if day not in coming_dates(row.post, now=now):
        raise errors.NoPlaceError
    return row
