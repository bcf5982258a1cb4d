"""One wave: claim the search, let the engine choose, look again at whom it chose, write down, tell after commit."""

import random
import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from buurt.ledger.services import record
from matching import events
from matching.asks import lead_of, waking_left_of
from matching.choice import Choice, Overview, choose
from matching.chosen import Chosen, look_at_again
from matching.columns import KIND_BITS
from matching.engine import Because, Term
from matching.engine.model import distance_band
from matching.fit import AskView
from matching.models import Invitation, Search, Wave
from matching.pace import after_waking, next_waking
from matching.search import hold, stop_search, tell_invited
from matching.views_of import LAST_STEP, free_slots
from posts.models import Post, Slot

# Nobody is worth asking, although people fit: we look again, but hand over when so long nobody was asked.
# From so many asks in one sweep a community's helpers are read once.
MANY = 8
PATIENCE = timedelta(days=1)


@transaction.atomic
def plan_wave(*, search: Search, now: datetime | None = None, overview: Overview | None = None) -> Wave | None:
    """Ask the next few helpers, if this search is due and nobody else claimed it. None when no wave went out."""
    now = now or timezone.now()
    due = search.next_wave_at
    if due is None or due > now:
        return None
    hold(search.post_id)
    post = Post.objects.select_related("author", "community").prefetch_related("slots").get(pk=search.post_id)
    # The claim: of several workers one moves the clock, in the same transaction as what it then writes.
    claimed = Search.objects.filter(pk=search.pk, state=Search.State.RUNNING, next_wave_at=due).update(
        next_wave_at=after_waking(now, 4.0)
    )
    if not claimed:
        return None
    search = Search.objects.get(pk=search.pk)
    over = post.deadline is not None and post.deadline <= now
    if post.state != Post.State.OPEN or post.is_hidden or over or not free_slots(post, now=now):
        stop_search(post=post, because="over" if over else "not_needed", now=now)
        return None
    asleep = next_waking(now)
    if asleep > now:
        _look_again(search, asleep)
        return None
    return _plan(search, post, overview or Overview(now), now=now)


def _plan(search: Search, post: Post, overview: Overview, *, now: datetime) -> Wave | None:
    """Let the engine choose, one step wider each time that nobody is left."""
    for step in range(search.widened, LAST_STEP + 1):
        if step != search.widened:
            search.widened = step
            Search.objects.filter(pk=search.pk).update(widened=step)
            record("search.widened", post, by=None, step=step)
        # Twice: who was chosen may have changed a setting, or been asked by another worker, this very moment.
        for _attempt in range(2):
            choice = choose(post, search, now=now, overview=overview)
            Search.objects.filter(pk=search.pk).update(unmet=choice.plan.unmet)
            if choice.plan.because == Because.ASKED:
                chosen = look_at_again(choice, now=now)
                if chosen:
                    _note(overview, post, choice, chosen)
                    return _send_wave(search, post, choice, chosen, now=now)
                overview.forget_people(post)
                continue
            break
        else:
            _look_again(search, after_waking(now, 0.25))
            return None
        if _waits(search, choice, now=now):
            return None
    _nobody_left(search, post, choice, now=now)
    return None


def _look_again(search: Search, at: datetime) -> None:
    Search.objects.filter(pk=search.pk).update(next_wave_at=at)


def _waits(search: Search, choice: Choice, *, now: datetime) -> bool:
    """Set the next look when it is better to wait than to widen; False when nobody is left at this step."""
    plan = choice.plan
    if plan.because == Because.HELD:
        _look_again(search, after_waking(now, plan.wait))
        return True
    if plan.because == Because.WAITING and plan.fitting:
        _look_again(search, after_waking(now, plan.wait))
        return True
    if choice.quiet_until is not None and not plan.fitting:
        # All who fit have their quiet hours now.
        _look_again(search, min(choice.quiet_until, after_waking(now, 4.0)))
        return True
    return False


def _note(overview: Overview, post: Post, choice: Choice, chosen: list[Chosen]) -> None:
    """Let the rest of this sweep know who was asked for what."""
    overview.note_sent(post, [one.helper.resident_id for one in chosen])
    room = overview.room(post)
    if room is None:
        return
    helpers, chances = [one.helper.resident_id for one in chosen], [one.term.chance for one in chosen]
    room.note(post.pk, helper_ids=helpers, chance=chances, unmet=choice.plan.unmet)
    for one in chosen:
        for other, _slot, chance in one.extras:
            room.note(other.pk, helper_ids=[one.helper.resident_id], chance=[chance])


def _send_wave(search: Search, post: Post, choice: Choice, chosen: list[Chosen], *, now: datetime) -> Wave:
    """Write the wave, its invitations and what travels along; they are told after commit."""
    number = search.waves_sent + 1
    log = _log(choice, chosen)
    wave = Wave.objects.create(search=search, number=number, sent_at=now, asked=len(chosen), log=log)
    heads = Invitation.objects.bulk_create(
        Invitation(
            post=post,
            slot=one.slot,
            helper_id=one.helper.resident_id,
            wave=wave,
            public_id=uuid.uuid4(),
            reasons=_reasons(one, choice, search),
            chance=one.term.chance,
            price=one.term.price,
            invited_at=now,
        )
        for one in chosen
    )
    Invitation.objects.bulk_create(
        Invitation(
            post=other,
            slot=slot,
            helper_id=one.helper.resident_id,
            wave=wave,
            carried_by=head,
            public_id=uuid.uuid4(),
            reasons=_reasons_of_extra(one, other, slot, choice, now=now),
            chance=chance,
            price=0.0,
            invited_at=now,
        )
        for one, head in zip(chosen, heads, strict=True)
        for other, slot, chance in one.extras
    )
    Search.objects.filter(pk=search.pk).update(
        waves_sent=number, next_wave_at=after_waking(now, choice.plan.wait), stopped_because=""
    )
    record("wave.sent", search, by=None, number=number, asked=len(chosen))
    for invitation in heads:
        tell_invited(invitation.pk)
    return wave


def _log(choice: Choice, chosen: list[Chosen]) -> dict[str, Any]:
    """Return what the wave rested on, without names: for calibration, replay and "why this person and not that one"."""
    plan = choice.plan
    return {
        "step": 2 if choice.view.near_kinds else 1 if choice.view.wider_km else 0,
        "ask": signature(choice.view),
        "fitting": plan.fitting,
        "worth": round(plan.worth, 4),
        "unmet": round(plan.unmet, 4),
        "wait": round(plan.wait, 2),
        "chosen": [_numbers(one.term) for one in chosen],
        "passed": [_numbers(term) for term in plan.passed],
    }


def _numbers(term: Term) -> dict[str, float]:
    return {
        "km": round(term.km, 1),
        "chance": round(term.chance, 4),
        "price": round(term.price, 5),
        "recent": round(term.level, 2),
        "helps": term.helps,
        "extras": len(term.extras),
    }


def signature(view: AskView) -> list[Any]:
    """Return what of an ask decides whom it fits; when that changes the search looks anew."""
    return [view.category, view.moments, view.own_area_only, sorted(view.spoken), sorted(view.limits), view.cell]


def _reasons(one: Chosen, choice: Choice, search: Search) -> dict[str, Any]:
    """Return why this person is asked, as parameters that are put into words when shown."""
    cells = one.term.cells
    reasons: dict[str, Any] = {
        "km": round(one.term.km, 1),
        "starts_at": one.slot.starts_at.isoformat() if one.slot.starts_at else None,
        "said_time": bool(choice.view.moments),
        "asked_lately": one.helper.asked_lately + 1,
        "asks_a_month": one.helper.asks_a_month,
        "cells": [cells.kind, cells.distance, cells.availability, cells.lead, cells.alerts, cells.rest],
    }
    if offer := choice.offers.get(one.helper.resident_id):
        reasons["offer"] = offer.public_id
    if one.term.km > one.helper.distance_km:
        reasons["further"] = True
    if choice.view.category not in one.helper.kinds:
        near = sorted(one.helper.kinds & choice.view.near_kinds)
        reasons["near_kind"] = near[0] if near else ""
    return reasons


def _reasons_of_extra(one: Chosen, post: Post, slot: Slot, choice: Choice, *, now: datetime) -> dict[str, Any]:
    cells, said = one.term.cells, slot.starts_at is not None
    km = choice.plane.km(one.helper.cell, post.cell)
    kind, lead = KIND_BITS[post.category], lead_of(post, waking_left_of(post, now=now))
    return {
        "km": round(km, 1),
        "cells": [kind, int(distance_band(np.array(km))), int(said), lead, cells.alerts, cells.rest],
        "starts_at": slot.starts_at.isoformat() if slot.starts_at else None,
        "said_time": said,
        "asks_a_month": one.helper.asks_a_month,
        "along": True,
    }


def _nobody_left(search: Search, post: Post, choice: Choice, *, now: datetime) -> None:
    """Everybody who fits was asked: wait for their answers, then the neighbourhood team, then the honest end."""
    unanswered = Invitation.objects.filter(post=post, state=Invitation.State.OPEN, answer="").exists()
    last = search.waves.order_by("-number").values_list("sent_at", flat=True).first() or search.started_at
    if choice.plan.fitting and now - last < PATIENCE / _speed():
        # People fit, but asking them costs more than it brings just now: they were asked a lot these days.
        _look_again(search, after_waking(now, choice.plan.wait))
        return
    if unanswered and search.stopped_because != "asked_everyone":
        # One more round of waiting for those who are still thinking, then the desk.
        wait = after_waking(now, max(choice.plan.wait, 0.5))
        Search.objects.filter(pk=search.pk).update(stopped_because="asked_everyone", next_wave_at=wait)
        return
    state = Search.State.BROKER if post.broker_consent else Search.State.EXHAUSTED
    Search.objects.filter(pk=search.pk).update(state=state, next_wave_at=None, stopped_because="asked_everyone")
    record(f"search.{state}", post, by=None)
    send = events.search_changed.send_robust
    transaction.on_commit(partial(send, sender=Search, post_id=post.pk, state=state))


def _speed() -> float:
    return float(settings.CLOCK_SPEED)


def sweep_waves(*, now: datetime | None = None, limit: int = 100) -> int:
    """Send every wave that is due; returns how many went out. The clock calls this, several workers may."""
    now = now or timezone.now()
    running = Search.objects.filter(state=Search.State.RUNNING, next_wave_at__lte=now)
    due = list(running.order_by("next_wave_at")[:limit])
    # Several workers begin at different ends, instead of waiting for each other's locks.
    random.shuffle(due)
    overview = Overview(now, keeps_people=len(due) >= MANY)
    return sum(plan_wave(search=search, now=now, overview=overview) is not None for search in due)
