"""The broker's desk, first version: asks that nobody said yes to, and people who might after all."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from buurt.communities.models import Community
from buurt.communities.places import km_between
from buurt.ledger.services import record
from buurt.residents.access import blocked_ids, eligible_helpers
from buurt.residents.models import HelpPreferences, Resident
from chat.models import Conversation
from chat.services import open_team_talk
from matching.columns import ASKED_WINDOW
from matching.fit import misfit
from matching.models import Invitation, Search
from matching.search import first_free_slot, tell_invited
from matching.views_of import ask_view, free_slots, helper_view
from posts.models import Post

# An ask that waits this long is shown to the broker while the waves still run.
WAITING_LONG = timedelta(days=1)
SUGGESTED = 10
MOST_LOOKED_AT = 5_000


@dataclass(frozen=True)
class Suggestion:
    """Somebody the broker might ask, and what stands in the way according to their own preferences ("" if nothing)."""

    resident: Resident
    km: float
    hurdle: str


def unanswered(community: Community, *, now: datetime) -> QuerySet[Search]:
    """Return searches the team looks along with: handed over, or long under way; only with the asker's consent."""
    handed_over = Q(state__in=[Search.State.BROKER, Search.State.EXHAUSTED])
    long_under_way = Q(state=Search.State.RUNNING, started_at__lte=now - WAITING_LONG)
    return (
        Search.objects.filter(handed_over | long_under_way)
        .filter(
            post__community=community,
            post__state=Post.State.OPEN,
            post__hidden_at__isnull=True,
            post__broker_consent=True,
        )
        .select_related("post__area", "post__author")
        .prefetch_related("post__invitations")
        .order_by("post__published_at")
    )


def for_the_team(community: Community) -> QuerySet[Post]:
    """Return what people wrote to the team alone ("stil, met hulp van het buurtteam"), longest waiting first."""
    return (
        Post.objects.filter(
            community=community,
            state=Post.State.HELD,
            visibility=Post.Visibility.QUIET,
            broker_consent=True,
            hidden_at__isnull=True,
        )
        .select_related("area", "author")
        .order_by("created_at")
    )


def talk_with_author(*, by: Resident, community: Community, public_id: str) -> Conversation:
    """Open the team's conversation with somebody who asked for the team; raises Http404 for any other post."""
    post = for_the_team(community).filter(public_id=public_id).first()
    if post is None or post.author_id == by.pk:
        raise Http404
    with transaction.atomic():
        conversation = open_team_talk(post=post, member=by)
        record("desk.talk_opened", post, by=by)
    return conversation


def search_at_desk(community: Community, public_id: str, *, now: datetime) -> Search:
    """Return one of the unanswered searches, else Http404."""
    found = unanswered(community, now=now).filter(post__public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def suggestions(search: Search, *, now: datetime) -> list[Suggestion]:
    """Return people with this kind switched on who were not asked yet, those with no hurdle first, nearest first."""
    post = search.post
    ask = ask_view(post, free_slots(post, now=now))
    apart = blocked_ids(post.author) | {one.helper_id for one in post.invitations.all()} | {post.author_id}
    asked = asked_lately(post.community_id, now=now)
    found = []
    willing = eligible_helpers(community_id=post.community_id, category=post.category, now=now)
    for preferences in willing[:MOST_LOOKED_AT]:
        if preferences.resident_id in apart or preferences.resident.cell is None:
            continue
        helper = helper_view(
            preferences,
            kinds=frozenset({post.category}),
            now=now,
            asked_lately=asked[preferences.resident_id],
        )
        km = km_between(post.cell, preferences.resident.cell)
        found.append(Suggestion(preferences.resident, km, misfit(ask, helper, km=km) or ""))
    return sorted(found, key=lambda one: (bool(one.hurdle), one.km))[:SUGGESTED]


def asked_lately(community_id: int, *, now: datetime) -> Counter[int]:
    """Count, per helper, the messages that waves sent in this community in the last 30 days."""
    rows = Invitation.objects.filter(
        post__community_id=community_id,
        invited_at__gt=now - ASKED_WINDOW,
        wave__isnull=False,
        carried_by__isnull=True,
    )
    counted = rows.order_by().values("helper_id").annotate(times=Count("id"))
    return Counter({row["helper_id"]: row["times"] for row in counted})


@transaction.atomic
def invite_by_broker(*, by: Resident, search: Search, helper: Resident, now: datetime) -> Invitation | None:
    """Ask one person on behalf of the team; they may say no like everybody. None when they were asked before."""
    preferences = HelpPreferences.objects.filter(resident=helper, active=True).first()
    if preferences is None or helper.pk in blocked_ids(search.post.author):
        return None
    invitation, made = Invitation.objects.get_or_create(
        post=search.post,
        helper=helper,
        defaults={
            "slot": first_free_slot(search.post),
            "public_id": uuid.uuid4(),
            "invited_at": now,
            "reasons": {"broker": True},
        },
    )
    if not made:
        return None
    record("invitation.by_broker", invitation, by=by, post=search.post_id)
    tell_invited(invitation.pk)
    return invitation
