"""What moderation does to a post: hide it, put it back, let a held one go. Hiding never changes its state."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from posts import events, moments, moves
from posts.models import Post
from posts.moves import Actor
from posts.services.steps import lock_post, tell


@transaction.atomic
def hide_post(*, by: Resident, post: Post, now: datetime | None = None) -> bool:
    """Hide a post from everybody but its author. False when it already was."""
    lock_post(post.pk)
    now = now or timezone.now()
    if Post.objects.filter(pk=post.pk, hidden_at__isnull=True).update(hidden_at=now) != 1:
        return False
    post.hidden_at = now
    record("hidden", post, by=by)
    tell(events.post_hidden, post)
    return True


@transaction.atomic
def restore_post(*, by: Resident, post: Post, now: datetime | None = None) -> bool:
    """Show a hidden post again, exactly as it was. False when it was not hidden."""
    current = lock_post(post.pk)
    if Post.objects.filter(pk=post.pk, hidden_at__isnull=False).update(hidden_at=None) != 1:
        return False
    post.hidden_at = None
    record("restored", post, by=by)
    if current.state == Post.State.OPEN:
        tell(events.post_reopened, post)
    return True


@transaction.atomic
def release_held(*, by: Resident, post: Post, now: datetime | None = None) -> bool:
    """Put a post that was held back on the board; its days start now. False when it was not held any more."""
    now = now or timezone.now()
    current = lock_post(post.pk)
    changes: dict[str, datetime | None] = {"published_at": now}
    if current.timing != Post.Timing.DAY:
        fresh = moments.standing(current.kind, current.timing, now=now)
        changes |= {"deadline": fresh.deadline, "expires_at": fresh.expires_at}
    if not moves.move_post(post, Post.State.OPEN, actor=Actor.MODERATOR, now=now, **changes):
        return False
    record("released_held", post, by=by)
    tell(events.post_published, post)
    return True
