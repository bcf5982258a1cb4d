"""The running search for one ask: start, stop, go on. A crash is repaired by the clock; the waves stand in waves.py."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from buurt.ledger.services import record
from matching import events
from matching.models import Invitation, Search
from matching.pace import after_waking, next_waking
from posts.models import Post, Slot

# So many waking hours a reserve has the place to themselves.
RESERVE_HOURS = 2.0


def hold(post_id: int) -> Post:
    """Lock an ask (on SQLite the IMMEDIATE transaction does): what happens around it happens one after the other.

    Every write here takes this lock first, so that no two of them wait for each other.
    """
    return Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=post_id)


def first_free_slot(post: Post) -> Slot | None:
    """Return the earliest slot of the post that still has a free place, or None."""
    return next((slot for slot in post.slots.all() if slot.taken < slot.places), None)


@transaction.atomic
def start_search(*, post: Post, now: datetime | None = None) -> Search | None:
    """Begin looking for helpers for an open ask; safe to call twice. None for an offer, or when it is not open."""
    now = now or timezone.now()
    if not post.is_ask or post.state != Post.State.OPEN or post.is_hidden:
        return None
    search, made = Search.objects.get_or_create(
        post=post, defaults={"started_at": now, "next_wave_at": next_waking(now)}
    )
    if made:
        record("search.started", search, by=None, post=post.pk)
    return search


@transaction.atomic
def resume_search(*, post: Post, now: datetime | None = None) -> bool:
    """Go on looking: people who agreed to be reserve are asked first, then the waves. False when there is no need."""
    now = now or timezone.now()
    if post.state != Post.State.OPEN or post.is_hidden or not post.is_ask or first_free_slot(post) is None:
        return False
    hold(post.pk)
    start_search(post=post, now=now)
    reserves = list(Invitation.objects.filter(post=post, state=Invitation.State.RESERVE).order_by("answered_at")[:1])
    for invitation in reserves:
        Invitation.objects.filter(pk=invitation.pk, state=Invitation.State.RESERVE).update(
            state=Invitation.State.OPEN, answer="", answered_at=None
        )
        tell_invited(invitation.pk, again=int(now.timestamp()))
    moved = (
        Search.objects.filter(post=post)
        .exclude(state=Search.State.RUNNING)
        .update(
            state=Search.State.RUNNING,
            stopped_because="",
            widened=0,
            next_wave_at=after_waking(now, RESERVE_HOURS) if reserves else next_waking(now),
        )
    )
    if moved:
        record("search.resumed", post, by=None)
    return bool(moved)


@transaction.atomic
def stop_search(*, post: Post, because: str, now: datetime | None = None) -> bool:
    """Stop asking and tell those who did not answer yet that it is no longer needed. False when nothing was running."""
    now = now or timezone.now()
    hold(post.pk)
    moved = Search.objects.filter(
        post=post, state__in=[Search.State.RUNNING, Search.State.BROKER, Search.State.EXHAUSTED]
    ).update(state=Search.State.STOPPED, stopped_because=because, next_wave_at=None)
    waiting = Invitation.objects.filter(post=post, state=Invitation.State.OPEN)
    if because == "reserved":
        # Who is asking something first keeps the talk; only those who said nothing hear that it is filled.
        waiting = waiting.filter(answer="")
    withdraw(list(waiting.values_list("pk", flat=True)), now=now)
    if moved:
        record("search.stopped", post, by=None, because=because)
    return bool(moved)


def withdraw(invitation_ids: list[int], *, now: datetime) -> None:
    """Withdraw open invitations. A message is called off, kindly, only when nothing it carried is open any more."""
    rows = Invitation.objects.filter(pk__in=invitation_ids, state=Invitation.State.OPEN)
    heads = {head or own for own, head in rows.values_list("pk", "carried_by_id")}
    if not rows.update(state=Invitation.State.WITHDRAWN, answered_at=now):
        return
    unread = Invitation.objects.filter(pk__in=heads, state=Invitation.State.WITHDRAWN)
    for head_id in unread.exclude(carried__state=Invitation.State.OPEN).values_list("pk", flat=True):
        transaction.on_commit(
            partial(events.invitation_withdrawn.send_robust, sender=Invitation, invitation_id=head_id)
        )


def look_on(post_ids: list[int], *, now: datetime) -> None:
    """Let the searches of these asks plan at once when nobody of those asked is still thinking."""
    thinking = Invitation.objects.filter(post=OuterRef("post"), state=Invitation.State.OPEN, answer="")
    running = Search.objects.filter(post__in=post_ids, state=Search.State.RUNNING, waves_sent__gt=0)
    running.exclude(Exists(thinking)).update(next_wave_at=next_waking(now))


def tell_invited(invitation_id: int, *, again: int = 0) -> None:
    """Tell that somebody is asked; `again` marks another asking of the same person (a reserve), so it is delivered.

    Within the caller's transaction: who listens writes a row of work, and a process that is killed right after the
    commit would otherwise leave somebody asked whom no message ever reaches.
    """
    events.help_invited.send(sender=Invitation, invitation_id=invitation_id, round=again)
