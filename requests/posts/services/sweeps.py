"""What the clock does: give back places nobody agreed on, warn before the end, end what is over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from buurt.ledger.services import record
from posts import events, moves
from posts.models import Engagement, Post
from posts.services.lifecycle import WAITS_FOR_OUTCOME, close_post, expire_post
from posts.services.places import release_place
from posts.services.steps import tell

BATCH = 200
WARN_BEFORE = timedelta(days=3)
_ON_THE_BOARD = (Post.State.OPEN, Post.State.PAUSED)
_SOMEBODY_COMES = Exists(Engagement.objects.filter(slot__post=OuterRef("pk"), state__in=moves.LIVE))


def sweep_places(now: datetime | None = None) -> int:
    """Give back the places whose clock ran out without agreement; returns how many."""
    now = now or timezone.now()
    late = Engagement.objects.filter(state=Engagement.State.RESERVED, agree_before__lte=now)
    late = late.select_related("slot").order_by("agree_before")[:BATCH]
    return sum(release_place(by=None, engagement=each, because="clock", now=now) for each in late)


def sweep_posts(now: datetime | None = None) -> int:
    """Warn three days before a post ends, end those that are over; returns how many were touched."""
    now = now or timezone.now()
    return _warn(now) + _expire(now) + _close_silent(now)


def _warn(now: datetime) -> int:
    # A single day cannot be renewed, so nobody is warned about it.
    soon = Post.objects.filter(
        ~_SOMEBODY_COMES,
        state=Post.State.OPEN,
        hidden_at__isnull=True,
        warned_at__isnull=True,
        expires_at__gt=now,
        expires_at__lte=now + WARN_BEFORE,
    ).exclude(timing=Post.Timing.DAY)
    return sum(_warn_one(post, now) for post in soon.order_by("expires_at")[:BATCH])


@transaction.atomic
def _warn_one(post: Post, now: datetime) -> bool:
    claimed = Post.objects.filter(pk=post.pk, state=Post.State.OPEN, warned_at__isnull=True).update(warned_at=now)
    if claimed != 1:
        return False
    record("warned", post, by=None)
    # After a renewal it may be warned about again: another day, another letter.
    tell(events.post_expiring, post, round=post.expires_at.toordinal() if post.expires_at else 0)
    return True


def _expire(now: datetime) -> int:
    over = Post.objects.filter(~_SOMEBODY_COMES, state__in=_ON_THE_BOARD, expires_at__lte=now)
    return sum(expire_post(post=post, now=now) for post in over.order_by("expires_at")[:BATCH])


def _close_silent(now: datetime) -> int:
    """Close what was agreed long ago and about which neither of the two ever said how it went."""
    silent = Post.objects.filter(_SOMEBODY_COMES, state__in=_ON_THE_BOARD, expires_at__lte=now - WAITS_FOR_OUTCOME)
    return sum(close_post(by=None, post=post, now=now) for post in silent.order_by("expires_at")[:BATCH])
