"""Who fits an ask, from what helpers said and what we asked of them lately; a handful of bounded queries."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from buurt.communities.places import km_between
from buurt.residents.access import blocked_ids, eligible_helpers, fits_times
from buurt.residents.models import HelpPreferences, Resident
from matching.fit import AskView, Candidate, HelperView, misfit
from matching.models import Invitation
from posts.models import Engagement, Post, Slot

ASKED_WINDOW = timedelta(days=30)
HELPED_WINDOW = timedelta(days=28)
# No more eligible people than this are looked at one by one.
MOST_HELPERS = 20_000


def ask_view(post: Post, slot: Slot | None) -> AskView:
    """Return what the rule needs to know of this ask."""
    return AskView(
        post_id=post.pk,
        author_id=post.author_id,
        category=post.category,
        cell=post.cell,
        area_id=post.area_id,
        own_area_only=post.reach == Post.Reach.AREA,
        starts_at=slot.starts_at if slot else None,
        spoken=frozenset(post.spoken),
    )


def helper_view(
    preferences: HelpPreferences, *, starts_at: datetime | None, kinds: frozenset[str], asked: int, helped: int
) -> HelperView:
    """Return what the rule needs to know of a helper for an ask at this moment."""
    resident = preferences.resident
    return HelperView(
        resident_id=resident.pk,
        cell=resident.cell or 0,
        area_id=resident.area_id,
        kinds=kinds,
        distance_km=preferences.distance_km,
        fits_time=fits_times(preferences, starts_at),
        languages=frozenset(resident.languages),
        is_adult=resident.age_band == Resident.AgeBand.ADULT,
        asks_a_month=preferences.asks_a_month,
        asked_lately=asked,
        helped_lately=helped,
    )


def asked_lately(community_id: int, *, now: datetime) -> Counter[int]:
    """Count, per helper, the invitations that waves sent in this community in the last 30 days."""
    rows = Invitation.objects.filter(
        post__community_id=community_id, invited_at__gt=now - ASKED_WINDOW, wave__isnull=False
    )
    return _per_helper(rows)


def helped_lately(community_id: int, *, now: datetime) -> Counter[int]:
    """Count, per helper, the places taken in this community in the last 28 days."""
    rows = Engagement.objects.filter(slot__post__community_id=community_id, reserved_at__gt=now - HELPED_WINDOW)
    return _per_helper(rows)


def _per_helper(rows: QuerySet[Invitation] | QuerySet[Engagement]) -> Counter[int]:
    counted = rows.order_by().values("helper_id").annotate(times=Count("id"))
    return Counter({row["helper_id"]: row["times"] for row in counted})


def candidates_for(post: Post, slot: Slot | None, *, now: datetime) -> list[Candidate]:
    """Return everyone who fits and was not asked for this ask before, in no order yet."""
    ask = ask_view(post, slot)
    apart = blocked_ids(post.author) | set(Invitation.objects.filter(post=post).values_list("helper_id", flat=True))
    rows = [
        preferences
        for preferences in eligible_helpers(community_id=post.community_id, category=post.category, now=now)[
            :MOST_HELPERS
        ]
        if preferences.resident_id not in apart
    ]
    asked = asked_lately(post.community_id, now=now)
    helped = helped_lately(post.community_id, now=now)
    found = []
    for preferences in rows:
        helper = helper_view(
            preferences,
            starts_at=ask.starts_at,
            kinds=frozenset({post.category}),
            asked=asked[preferences.resident_id],
            helped=helped[preferences.resident_id],
        )
        km = km_between(post.cell, helper.cell)
        if misfit(ask, helper, km=km) is None:
            found.append(Candidate(helper=helper, km=km))
    return found
