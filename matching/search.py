"""The running search for one ask: start, ask the next few, stop, go on. A crash is repaired by the clock."""

import random
import uuid
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from buurt.ledger.services import record
from matching import events
from matching.candidates import candidates_for
from matching.fit import Candidate, in_order
from matching.models import Invitation, Search, Wave
from matching.pace import next_waking, round_up, waiting_time, wave_size
from posts.models import Post, Slot


def _ended(post_id: int, state: str) -> None:
    """Tell that nobody is left to ask (and who looks along now); ordinary waves are told to the helpers only."""
    transaction.on_commit(partial(events.search_changed.send_robust, sender=Search, post_id=post_id, state=state))


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
    wait = waiting_time(now, post.deadline)
    for invitation in reserves:
        Invitation.objects.filter(pk=invitation.pk, state=Invitation.State.RESERVE).update(
            state=Invitation.State.OPEN, answer="", answered_at=None
        )
        _invited(invitation.pk, again=int(now.timestamp()))
    moved = (
        Search.objects.filter(post=post)
        .exclude(state=Search.State.RUNNING)
        .update(
            state=Search.State.RUNNING,
            stopped_because="",
            next_wave_at=next_waking(round_up(now + wait)) if reserves else next_waking(now),
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
    for invitation_id in list(waiting.values_list("pk", flat=True)):
        if Invitation.objects.filter(pk=invitation_id, state=Invitation.State.OPEN).update(
            state=Invitation.State.WITHDRAWN, answered_at=now
        ):
            transaction.on_commit(
                partial(events.invitation_withdrawn.send_robust, sender=Invitation, invitation_id=invitation_id)
            )
    if moved:
        record("search.stopped", post, by=None, because=because)
    return bool(moved)


def _invited(invitation_id: int, *, again: int = 0) -> None:
    """Tell that somebody is asked; `again` marks another asking of the same person (a reserve), so it is delivered."""
    send = events.help_invited.send_robust
    transaction.on_commit(partial(send, sender=Invitation, invitation_id=invitation_id, round=again))


@transaction.atomic
def plan_wave(*, search: Search, now: datetime | None = None) -> Wave | None:
    """Ask the next few helpers, if this search is due and nobody else claimed it. None when no wave went out."""
    now = now or timezone.now()
    due = search.next_wave_at
    if due is None or due > now:
        return None
    hold(search.post_id)
    post = Post.objects.select_related("author", "community").get(pk=search.post_id)
    upcoming = next_waking(round_up(now + waiting_time(now, post.deadline)))
    # The claim: of several workers one moves the clock, in the same transaction as what it then writes.
    claimed = Search.objects.filter(pk=search.pk, state=Search.State.RUNNING, next_wave_at=due).update(
        next_wave_at=upcoming
    )
    if not claimed:
        return None
    slot = first_free_slot(post)
    if post.state != Post.State.OPEN or post.is_hidden or slot is None or (post.deadline and post.deadline <= now):
        stop_search(post=post, because="not_needed", now=now)
        return None
    asleep = next_waking(now)
    if asleep > now:
        Search.objects.filter(pk=search.pk).update(next_wave_at=asleep)
        return None
    people = candidates_for(post, slot, now=now)
    if not people:
        _nobody_left(search, post, now=now)
        return None
    chosen = in_order(people, draw={one.helper.resident_id: random.random() for one in people})
    return _send_wave(search, slot, chosen[: wave_size(slot.places - slot.taken)], now=now)


def _send_wave(search: Search, slot: Slot, chosen: list[Candidate], *, now: datetime) -> Wave:
    """Write the wave and its invitations; they are told after commit."""
    number = search.waves_sent + 1
    ring = max(candidate.ring for candidate in chosen)
    wave = Wave.objects.create(search=search, number=number, sent_at=now, asked=len(chosen), log={"ring": ring})
    invitations = Invitation.objects.bulk_create(
        Invitation(
            post_id=search.post_id,
            slot=slot,
            helper_id=candidate.helper.resident_id,
            wave=wave,
            public_id=uuid.uuid4(),
            reasons=_reasons(candidate, slot),
            invited_at=now,
        )
        for candidate in chosen
    )
    Search.objects.filter(pk=search.pk).update(waves_sent=number, widened=ring)
    record("wave.sent", search, by=None, number=number, asked=len(chosen))
    for invitation in invitations:
        _invited(invitation.pk)
    return wave


def _reasons(candidate: Candidate, slot: Slot) -> dict[str, object]:
    """Return why this person is asked, as parameters that are put into words when shown."""
    return {
        "km": round(candidate.km, 1),
        "starts_at": slot.starts_at.isoformat() if slot.starts_at else None,
        "asked_lately": candidate.helper.asked_lately + 1,
        "asks_a_month": candidate.helper.asks_a_month,
    }


def _nobody_left(search: Search, post: Post, *, now: datetime) -> None:
    """Everybody who fits was asked: wait for their answers, then the neighbourhood team, then the honest end."""
    unanswered = Invitation.objects.filter(post=post, state=Invitation.State.OPEN, answer="").exists()
    handed_over = search.stopped_because == "asked_everyone"
    if unanswered and not handed_over:
        # One more round of waiting for those who are still thinking, then the desk.
        Search.objects.filter(pk=search.pk).update(stopped_because="asked_everyone")
        return
    state = Search.State.BROKER if post.broker_consent else Search.State.EXHAUSTED
    Search.objects.filter(pk=search.pk).update(state=state, next_wave_at=None, stopped_because="asked_everyone")
    record(f"search.{state}", post, by=None)
    _ended(post.pk, state)


def sweep_waves(*, now: datetime | None = None, limit: int = 100) -> int:
    """Send every wave that is due; returns how many went out. The clock calls this, several workers may."""
    now = now or timezone.now()
    due = Search.objects.filter(state=Search.State.RUNNING, next_wave_at__lte=now).order_by("next_wave_at")[:limit]
    return sum(plan_wave(search=search, now=now) is not None for search in due)
