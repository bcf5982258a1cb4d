"""Who takes a place: the first yes reserves it, the two agree, or it opens again."""

from datetime import datetime
from typing import Literal, get_args

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from buurt.communities.borders import within_reach
from buurt.communities.categories import ADULTS_ONLY
from buurt.ledger.clocks import span
from buurt.ledger.services import record
from buurt.residents.models import Block, Resident
from posts import events, moves
from posts.errors import AdultsOnlyError, NotReadyError, OwnPostError, RestrictedError
from posts.models import Engagement, Post, Slot
from posts.moves import Actor
from posts.services.steps import actor_of_place, lock_post, tell

Because = Literal["declined", "cancelled", "late_cancel", "no_show", "clock", "withdrawn", "erased"]
# Only the clock, a withdrawal and an erasure give a place back without one of the two.
SYSTEM_REASONS = frozenset({"clock", "withdrawn", "erased"})


@transaction.atomic
def reserve_place(
    *, helper: Resident, post: Post, slot: Slot | None = None, now: datetime | None = None
) -> Engagement | None:
    """Reserve a place for a neighbour who said yes; None when nothing is free (any more).

    Saying yes twice gives the same place. Raises NotReadyError, RestrictedError, AdultsOnlyError or OwnPostError.
    """
    now = now or timezone.now()
    refuse_unfit(helper, category=post.category, now=now)
    if helper.pk == post.author_id:
        raise OwnPostError
    current = lock_post(post.pk)
    slots = current.slots.filter(pk=slot.pk) if slot else current.slots.all()
    already = Engagement.objects.filter(slot__in=slots, helper=helper, state__in=moves.LIVE).first()
    if already is not None:
        return already
    if not _takes_answers(current, helper, now):
        return None
    for free in slots.filter(Q(starts_at__isnull=True) | Q(starts_at__gt=now), taken__lt=F("places")):
        if Slot.objects.filter(pk=free.pk, taken__lt=F("places")).update(taken=F("taken") + 1) == 1:
            return _seat(helper, current, free, now)
    return None


def refuse_unfit(person: Resident, *, category: str, now: datetime) -> None:
    """Raise the error that says why this person may not post or answer now."""
    if not person.is_active or not person.is_ready:
        raise NotReadyError
    if person.restricted_until is not None and person.restricted_until > now:
        raise RestrictedError
    if category in ADULTS_ONLY and person.age_band != Resident.AgeBand.ADULT:
        raise AdultsOnlyError


def _takes_answers(post: Post, helper: Resident, now: datetime) -> bool:
    """Say whether this post is open to this neighbour now; why not is nobody's business."""
    return (
        post.state == Post.State.OPEN
        and post.hidden_at is None
        and (post.deadline is None or post.deadline > now)
        and (post.expires_at is None or post.expires_at > now)
        and within_reach(
            post_community_id=post.community_id,
            post_area_id=post.area_id,
            community_id=helper.community_id,
            area_id=helper.area_id,
        )
        and not blocked_between(post.author_id, helper.pk)
    )


def blocked_between(one: int, other: int) -> bool:
    """Say whether one of the two blocked the other."""
    return Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)).exists()


def _seat(helper: Resident, post: Post, slot: Slot, now: datetime) -> Engagement:
    waits = span(hours=2) if post.timing == Post.Timing.SOON else span(hours=24)
    engagement = Engagement.objects.create(slot=slot, helper=helper, reserved_at=now, agree_before=now + waits)
    record("reserved", engagement, by=helper, post=post.pk)
    tell(events.place_reserved, post, engagement_id=engagement.pk)
    return engagement


@transaction.atomic
def agree_place(*, by: Resident, engagement: Engagement, now: datetime | None = None) -> bool:
    """Make a reserved place an agreement of the two. False when it is no longer reserved."""
    now = now or timezone.now()
    post = lock_post(engagement.slot.post_id)
    actor = actor_of_place(by, post, engagement)
    if not moves.move_place(engagement, Engagement.State.AGREED, actor=actor, agreed_at=now):
        return False
    record("agreed", engagement, by=by, post=post.pk)
    tell(events.place_agreed, post, engagement_id=engagement.pk)
    return True


@transaction.atomic
def release_place(
    *, by: Resident | None, engagement: Engagement, because: Because, now: datetime | None = None
) -> bool:
    """Give a place back, so that it is open again. False when it was no longer taken."""
    if because not in get_args(Because):
        raise ValueError(because)
    now = now or timezone.now()
    post = lock_post(engagement.slot.post_id)
    actor = Actor.SYSTEM if because in SYSTEM_REASONS else actor_of_place(by, post, engagement)
    if because == "clock" and not _clock_ran_out(engagement, now):
        return False
    to = Engagement.State.NO_SHOW if because == "no_show" else Engagement.State.CANCELLED
    if not moves.move_place(engagement, to, actor=actor, ended_at=now):
        return False
    free_place(engagement)
    record("released", engagement, by=by, post=post.pk, because=because)
    tell(events.place_released, post, engagement_id=engagement.pk, because=because)
    return True


def _clock_ran_out(engagement: Engagement, now: datetime) -> bool:
    waiting = Engagement.objects.filter(pk=engagement.pk, state=Engagement.State.RESERVED, agree_before__lte=now)
    return waiting.exists()


def free_place(engagement: Engagement) -> None:
    """Count one place less as taken; called only by whoever moved the engagement away from its place."""
    Slot.objects.filter(pk=engagement.slot_id, taken__gt=0).update(taken=F("taken") - 1)
