"""Offers meet open asks, both ways: who offers counts as a helper, who asked hears of it, both see it at once."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from buurt.communities.places import km_between
from buurt.residents.access import blocked_ids
from buurt.residents.models import HelpPreferences, Resident
from matching import events
from matching.fit import AskView, HelperView, misfit
from matching.models import Search
from matching.views_of import ask_view, free_slots, moments_of
from posts.models import Post, Slot

# Who offers something without "vraag mij maar" is asked as somebody who goes so far, so often.
KM_OF_OFFER = 6
ASKS_OF_OFFER = 3
# So many are looked through, shown, and told.
LOOKED_THROUGH, SHOWN, TOLD = 200, 5, 5


def standing(community_id: int, *, now: datetime) -> QuerySet[Post]:
    """Return the open public offers of a community that still have room, the newest first."""
    room = Slot.objects.filter(post=OuterRef("pk"), taken__lt=F("places"))
    return (
        Post.objects.filter(
            Exists(room),
            Q(expires_at__isnull=True) | Q(expires_at__gt=now),
            community_id=community_id,
            kind=Post.Kind.OFFER,
            state=Post.State.OPEN,
            visibility=Post.Visibility.PUBLIC,
            hidden_at__isnull=True,
            author__is_active=True,
            author__erased_at__isnull=True,
        )
        .select_related("author", "area")
        .prefetch_related("slots")
        .order_by("-published_at")
    )


def offering(offer: Post, *, now: datetime, asked_lately: int = 0) -> HelperView:
    """Return who makes an offer as a helper: for this kind, at its moments, six kilometres around or their own area."""
    author = offer.author
    restricted = author.restricted_until is not None and author.restricted_until > now
    return HelperView(
        resident_id=author.pk,
        cell=offer.cell,
        area_id=offer.area_id,
        community_id=offer.community_id,
        kinds=frozenset({offer.category}),
        distance_km=KM_OF_OFFER,
        times=moments_of(offer, free_slots(offer, now=now)),
        languages=frozenset(offer.spoken or author.languages),
        is_adult=author.age_band == Resident.AgeBand.ADULT,
        rests=restricted or not author.is_ready or not free_slots(offer, now=now),
        asks_a_month=ASKS_OF_OFFER,
        asked_lately=asked_lately,
    )


def _meet(ask: AskView, offer: Post, *, now: datetime) -> bool:
    if offer.reach == Post.Reach.AREA and offer.area_id != ask.area_id:
        return False
    helper = offering(offer, now=now)
    return misfit(ask, helper, km=km_between(helper.cell, ask.cell)) is None


def offers_for(view: AskView, *, now: datetime) -> list[Post]:
    """Return the standing offers whose authors may be asked for this ask; those with "vraag mij maar" are in already.

    Who paused or switched off "vraag mij maar" wants no questions: their offer stands on the board and no more.
    """
    said = HelpPreferences.objects.filter(resident=OuterRef("author"))
    rows = standing(view.community_id, now=now).filter(~Exists(said), category=view.category)
    return [offer for offer in rows[:LOOKED_THROUGH] if _meet(view, offer, now=now)]


def fitting_offers(post: Post, *, now: datetime) -> list[Post]:
    """Return standing offers that fit this open ask, for its author to see; never of people they do not meet."""
    view = ask_view(post, free_slots(post, now=now), borders=False)
    rows = standing(post.community_id, now=now).filter(category=post.category)
    rows = rows.exclude(author__in={post.author_id, *blocked_ids(post.author)})
    return [offer for offer in rows[:LOOKED_THROUGH] if _meet(view, offer, now=now)][:SHOWN]


def fitting_asks(offer: Post, *, now: datetime) -> list[Post]:
    """Return open public asks that fit this offer, longest waiting first; never of people its author does not meet."""
    room = Slot.objects.filter(post=OuterRef("pk"), taken__lt=F("places"))
    rows = (
        Post.objects.filter(
            Exists(room),
            Q(deadline__isnull=True) | Q(deadline__gt=now),
            community_id=offer.community_id,
            kind=Post.Kind.ASK,
            category=offer.category,
            state=Post.State.OPEN,
            visibility=Post.Visibility.PUBLIC,
            hidden_at__isnull=True,
        )
        .exclude(author__in={offer.author_id, *blocked_ids(offer.author)})
        .select_related("author", "area")
        .prefetch_related("slots")
        .order_by("published_at")
    )
    views = ((post, ask_view(post, free_slots(post, now=now), borders=False)) for post in rows[:LOOKED_THROUGH])
    return [post for post, view in views if _meet(view, offer, now=now)]


@transaction.atomic
def offer_made(*, post: Post, now: datetime | None = None) -> int:
    """After a new offer: who asks for it hears of it, and searches that found nobody look again. Returns how many."""
    now = now or timezone.now()
    if post.is_ask or post.state != Post.State.OPEN or post.is_hidden or post.visibility != Post.Visibility.PUBLIC:
        return 0
    asks = fitting_asks(post, now=now)[:TOLD]
    for ask in asks:
        send = events.offer_found.send_robust
        transaction.on_commit(partial(send, sender=Post, post_id=ask.pk, offer_id=post.pk))
    given_up = [Search.State.EXHAUSTED, Search.State.BROKER]
    Search.objects.filter(post__in=[ask.pk for ask in asks], state__in=given_up).update(
        state=Search.State.RUNNING, next_wave_at=now, stopped_because=""
    )
    return len(asks)
