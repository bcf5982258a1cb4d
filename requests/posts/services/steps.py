"""Small steps that several services share."""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

from buurt.residents.models import Resident
from posts.errors import NotYoursError
from posts.models import Engagement, Post
from posts.moves import Actor


def tell(event: Signal, post: Post, **ids: int | str) -> None:
    """Announce an event about a post once this transaction is really stored."""
    transaction.on_commit(partial(event.send_robust, sender=Post, post_id=post.pk, **ids))


def lock_post(post_id: int) -> Post:
    """Return the post as it is now and hold it until the end of the transaction.

    Every service that touches places takes this first, so that they wait for each other and never in a circle.
    """
    return Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=post_id)


def actor_of_post(by: Resident | None, post: Post) -> Actor:
    """Return in which part somebody acts on a post: its author, or nobody (the system); raises NotYoursError."""
    if by is None:
        return Actor.SYSTEM
    if by.pk == post.author_id:
        return Actor.AUTHOR
    raise NotYoursError


def actor_of_place(by: Resident | None, post: Post, engagement: Engagement) -> Actor:
    """Return in which part somebody acts on a place: author, helper or the system; raises NotYoursError."""
    if by is not None and by.pk == engagement.helper_id:
        return Actor.HELPER
    return actor_of_post(by, post)
