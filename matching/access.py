"""What a person may see of matching."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from buurt.communities.categories import Category
from buurt.communities.places import cells_within, km_between
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.services import WHOLE_TOWN
from matching.columns import ASKED_WINDOW
from matching.fit import misfit
from matching.models import Invitation
from matching.views_of import ask_view, free_slots, helper_view
from posts import access as posts_access
from posts.models import Post, Slot

# Of the open asks on the board, so many of the longest waiting are looked through for one helper's page.
LOOK_THROUGH = 300


def invitation_of(resident: Resident, public_id: uuid.UUID) -> Invitation:
    """Return the invitation when it was sent to this person, else Http404."""
    found = (
        Invitation.objects.filter(public_id=public_id, helper=resident)
        .select_related("post__author", "post__area", "post__community", "helper", "slot", "wave")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _of_wanted_posts(now: datetime) -> QuerySet[Invitation]:
    """Return the open invitations to what still looks for somebody: not solved, not ended, not over."""
    free = Slot.objects.filter(post=OuterRef("post"), taken__lt=F("places"))
    return Invitation.objects.filter(
        Exists(free.filter(Q(starts_at=None) | Q(starts_at__gt=now))),
        Q(post__deadline=None) | Q(post__deadline__gt=now),
        Q(post__expires_at=None) | Q(post__expires_at__gt=now),
        state=Invitation.State.OPEN,
        post__state=Post.State.OPEN,
        post__hidden_at__isnull=True,
    )


def open_invitations(resident: Resident, *, now: datetime) -> list[Invitation]:
    """Return what this helper is asked now and has not answered, newest first (at most twenty)."""
    return list(
        _of_wanted_posts(now).filter(helper=resident).select_related("post__area", "slot").order_by("-invited_at")[:20]
    )


def others_in_message(invitation: Invitation, *, now: datetime) -> list[Invitation]:
    """Return the other asks of the same message that can still be answered, in their order; one query.

    "Past dit niet? Misschien een van deze": the first ask and up to four that travelled along.
    """
    head = invitation.carried_by_id or invitation.pk
    return list(
        _of_wanted_posts(now)
        .filter(Q(pk=head) | Q(carried_by=head), answer="")
        .exclude(pk=invitation.pk)
        .select_related("post__area", "post__author", "post__community", "helper", "slot")
        .order_by("pk")
    )


def asked_this_month(resident: Resident, *, now: datetime) -> int:
    """Return how many times waves asked this helper in the last 30 days."""
    sent = Invitation.objects.filter(helper=resident, wave__isnull=False, carried_by__isnull=True)
    return sent.filter(invited_at__gt=now - ASKED_WINDOW).count()


def fitting_posts(preferences: HelpPreferences, *, now: datetime) -> list[Post]:
    """Return open asks on the board that fit what the helper said, longest waiting first; the budget is for waves."""
    resident = preferences.resident
    if not resident.has_place or resident.community is None:
        return []
    kinds = frozenset(preferences.kinds.values_list("category", flat=True))
    filters = posts_access.BoardFilters(kind="ask")
    across = posts_access.areas_across(resident, filters)
    rows = posts_access.board(viewer=resident, community=resident.community, filters=filters, across=across)
    asked = Invitation.objects.filter(helper=resident, post__state=Post.State.OPEN).values("post_id")
    helper = helper_view(preferences, kinds=kinds, now=now)
    fitting = []
    for post in (
        rows.filter(category__in=kinds)
        .exclude(author=resident)
        .exclude(pk__in=asked)
        .prefetch_related("slots")[:LOOK_THROUGH]
    ):
        ask = ask_view(post, free_slots(post, now=now), borders=False)
        if helper.area_id is not None and post.area_id in across:
            ask = replace(ask, shared_areas=frozenset({helper.area_id}))
        # Who rests is not asked, and may still look what fits.
        if misfit(ask, replace(helper, rests=False), km=km_between(post.cell, helper.cell)) is None:
            fitting.append(post)
    return fitting


def honest_note(preferences: HelpPreferences, *, now: datetime) -> list[str] | None:
    """Return which other kinds neighbours did ask for, when for 30 days nothing fitted this helper; None otherwise.

    Kinds of public asks within the helper's own distance, without numbers; at most four, the most asked first.
    """
    resident = preferences.resident
    since = now - ASKED_WINDOW
    if preferences.switched_on_at is None or preferences.switched_on_at > since or resident.cell is None:
        return None
    if Invitation.objects.filter(helper=resident, invited_at__gt=since).exists():
        return None
    asks = Post.objects.filter(
        community=resident.community_id,
        kind=Post.Kind.ASK,
        visibility=Post.Visibility.PUBLIC,
        hidden_at__isnull=True,
        published_at__gt=since,
        published_at__lte=now,
    ).exclude(author=resident)
    if preferences.distance_km < WHOLE_TOWN:
        asks = asks.filter(cell__in=cells_within(resident.cell, preferences.distance_km))
    kinds = set(preferences.kinds.values_list("category", flat=True))
    counted = asks.order_by().values("category").annotate(times=Count("pk")).order_by("-times", "category")
    asked = [row["category"] for row in counted]
    if kinds & set(asked):
        return None
    return [slug for slug in asked if slug in Category.values][:4]


def was_invited(resident: Resident, post: Post) -> bool:
    """Whether this person was asked for this post, and so may read it, quiet or not."""
    return Invitation.objects.filter(post=post, helper=resident).exclude(state=Invitation.State.WITHDRAWN).exists()
