"""The life of a post after it was published: pause, resume, renew, close, withdraw."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from posts import events, moments, moves
from posts.models import Engagement, Post
from posts.services import places
from posts.services.steps import actor_of_post, lock_post, tell

# A closed post keeps what was agreed: both still say how it went.
_ONLY_RESERVED = frozenset({Engagement.State.RESERVED})


@transaction.atomic
def pause_post(*, by: Resident, post: Post, now: datetime | None = None) -> bool:
    """Take an open post from the board for a while; who already said yes stays. False when it is not open any more."""
    actor = actor_of_post(by, post)
    lock_post(post.pk)
    if not moves.move_post(post, Post.State.PAUSED, actor=actor, now=now or timezone.now()):
        return False
    record("paused", post, by=by)
    tell(events.post_paused, post)
    return True


@transaction.atomic
def resume_post(*, by: Resident, post: Post, now: datetime | None = None) -> bool:
    """Put a paused post back. False when it is not paused any more, or its time is over."""
    actor = actor_of_post(by, post)
    now = now or timezone.now()
    current = lock_post(post.pk)
    if current.state != Post.State.PAUSED or (current.expires_at is not None and current.expires_at <= now):
        return False
    if not moves.move_post(post, Post.State.OPEN, actor=actor, now=now):
        return False
    record("resumed", post, by=by)
    tell(events.post_reopened, post)
    return True


@transaction.atomic
def renew_post(*, by: Resident, post: Post, now: datetime | None = None) -> bool:
    """Let an open or expired post count its days again. False for other states, and for one about a single day."""
    actor = actor_of_post(by, post)
    now = now or timezone.now()
    current = lock_post(post.pk)
    if current.timing == Post.Timing.DAY or current.state not in {Post.State.OPEN, Post.State.EXPIRED}:
        return False
    fresh = moments.standing(current.kind, current.timing, now=now)
    changes = {"deadline": fresh.deadline, "expires_at": fresh.expires_at, "warned_at": None}
    if current.state == Post.State.OPEN:
        Post.objects.filter(pk=post.pk, state=Post.State.OPEN).update(**changes)
        for name, value in changes.items():
            setattr(post, name, value)
        tell(events.post_changed, post)
    elif moves.move_post(post, Post.State.OPEN, actor=actor, now=now, **changes):
        tell(events.post_reopened, post)
    record("renewed", post, by=by, was=current.state)
    return True


@transaction.atomic
def close_post(*, by: Resident | None, post: Post, now: datetime | None = None) -> bool:
    """End a post because it is done or no longer needed; places without agreement are given back."""
    return _end(post, Post.State.CLOSED, by=by, now=now or timezone.now(), gives_back=_ONLY_RESERVED)


@transaction.atomic
def withdraw_post(*, by: Resident | None, post: Post, now: datetime | None = None) -> bool:
    """Take a post back for good; everybody who said yes is free again."""
    return _end(post, Post.State.WITHDRAWN, by=by, now=now or timezone.now(), gives_back=moves.LIVE)


@transaction.atomic
def expire_post(*, post: Post, now: datetime) -> bool:
    """Let a post whose time is over leave the board; not while somebody is on their way to helping."""
    lock_post(post.pk)
    if Engagement.objects.filter(slot__post=post, state__in=moves.LIVE).exists():
        return False
    still_over = Post.objects.filter(pk=post.pk, expires_at__lte=now).exists()
    return still_over and _end(post, Post.State.EXPIRED, by=None, now=now, gives_back=frozenset())


def _end(post: Post, to: str, *, by: Resident | None, now: datetime, gives_back: frozenset[Engagement.State]) -> bool:
    actor = actor_of_post(by, post)
    lock_post(post.pk)
    if not moves.move_post(post, to, actor=actor, now=now):
        return False
    record(to, post, by=by)
    for engagement in Engagement.objects.filter(slot__post=post, state__in=gives_back).order_by("pk"):
        places.release_place(by=None, engagement=engagement, because="withdrawn", now=now)
    tell(events.post_closed, post)
    return True


# How long after its time a post with an agreement waits for the word of the two, before it is closed.
WAITS_FOR_OUTCOME = timedelta(days=14)
