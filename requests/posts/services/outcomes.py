"""How it went, in the words of both; the one who was helped decides."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from posts import events, moves
from posts.errors import NotYoursError
from posts.models import Engagement, Post
from posts.moves import Actor
from posts.services.lifecycle import close_post
from posts.services.places import free_place
from posts.services.steps import actor_of_place, lock_post, tell

_OVER = frozenset({Engagement.State.CANCELLED, Engagement.State.NO_SHOW})


@transaction.atomic
def record_outcome(*, by: Resident, engagement: Engagement, says: str, now: datetime | None = None) -> bool:
    """Keep what one of the two says: happened, not, or later. False when it says nothing new or the place was given up.

    "Happened" from who was helped makes it done, "not" opens the place again; the helper's word is kept beside it.
    """
    if says not in Engagement.Outcome.values:
        raise ValueError(says)
    now = now or timezone.now()
    post = lock_post(engagement.slot.post_id)
    actor = actor_of_place(by, post, engagement)
    if actor == Actor.SYSTEM:
        raise NotYoursError
    # On an offer the author helps, and the one who took it up was helped.
    was_helped = (actor == Actor.AUTHOR) == post.is_ask
    field = "asker_says" if was_helped else "helper_says"
    said = Engagement.objects.filter(pk=engagement.pk).exclude(state__in=_OVER).exclude(**{field: says})
    if said.update(**{field: says}) != 1:
        return False
    setattr(engagement, field, says)
    if was_helped:
        _decide(post, engagement, says, actor=actor, now=now)
    record("outcome", engagement, by=by, post=post.pk, says=says)
    tell(events.outcome_recorded, post, engagement_id=engagement.pk)
    return True


def _decide(post: Post, engagement: Engagement, says: str, *, actor: Actor, now: datetime) -> None:
    """Move the place as the one who was helped says, once; a later word changes what is kept, not what was decided."""
    if says == Engagement.Outcome.NOT:
        if moves.move_place(engagement, Engagement.State.NOT_DONE, actor=actor, ended_at=now):
            free_place(engagement)
    elif says == Engagement.Outcome.HAPPENED and moves.move_place(
        engagement, Engagement.State.DONE, actor=actor, ended_at=now
    ):
        if not post.is_ask:
            # What was asked for is done and stays so; what is offered may be taken up by the next one.
            free_place(engagement)
        if not post.is_standing_offer and _all_done(post):
            close_post(by=None, post=post, now=now)


def _all_done(post: Post) -> bool:
    places = post.slots.aggregate(places=Sum("places"))["places"]
    done = Engagement.objects.filter(slot__post=post, state=Engagement.State.DONE).count()
    return bool(done >= places)
