"""What is stored about asks and helpers, as the rule of `matching/fit.py` looks at it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from buurt.communities.borders import areas_shared_with
from buurt.communities.places import km_between
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.week import PARTS, bit_at, bit_of
from matching.fit import NEAR_KINDS, WIDER_KM, AskView, HelperView
from posts.models import Post, Slot
from posts.moments import day_and_time
from posts.needs import limits_met

# How far a search looks: as helpers said; a little further; and kinds of help that are near as well.
AS_SAID, FURTHER, NEAR_KIND = 0, 1, 2
LAST_STEP = NEAR_KIND

__all__ = [
    "AS_SAID",
    "FURTHER",
    "LAST_STEP",
    "NEAR_KIND",
    "ask_view",
    "free_slots",
    "helper_view",
    "is_wanted",
    "km_between",
]


def free_slots(post: Post, *, now: datetime) -> list[Slot]:
    """Return the slots with a free place that are still to come, earliest first; prefetched slots cost no query."""
    slots = [slot for slot in post.slots.all() if slot.taken < slot.places]
    return [slot for slot in slots if slot.starts_at is None or slot.starts_at > now]


def is_wanted(post: Post, *, now: datetime) -> bool:
    """Say whether an answer still makes sense: open, shown and not over. Free places are another matter."""
    return (
        post.state == Post.State.OPEN
        and not post.is_hidden
        and (post.deadline is None or post.deadline > now)
        and (post.expires_at is None or post.expires_at > now)
    )


def ask_view(post: Post, slots: Iterable[Slot], *, step: int = AS_SAID, borders: bool = True) -> AskView:
    """Return what the rule needs to know of this ask, for these free slots and this step of widening.

    `borders=False` spares the query for areas across the border, where only people of the same municipality count.
    """
    slots = list(slots)
    first = next((slot.starts_at for slot in slots if slot.starts_at), None)
    in_town = post.reach == Post.Reach.TOWN
    return AskView(
        post_id=post.pk,
        author_id=post.author_id,
        category=post.category,
        cell=post.cell,
        area_id=post.area_id,
        community_id=post.community_id,
        own_area_only=not in_town,
        moments=moments_of(post, slots),
        spoken=frozenset(post.spoken),
        limits=limits_met(post, first),
        shared_areas=areas_shared_with(post.area_id) if in_town and borders else frozenset(),
        wider_km=WIDER_KM if step >= FURTHER and in_town else 0.0,
        near_kinds=frozenset(NEAR_KINDS.get(post.category, ())) if step >= NEAR_KIND else frozenset(),
    )


def moments_of(post: Post, slots: Iterable[Slot]) -> int:
    """Return the parts of the week this ask may be in, as bits; 0 when one of its slots may be at any time."""
    moments = 0
    for slot in slots:
        bits = bit_at(slot.starts_at) if slot.starts_at else _day_bits(post)
        if not bits:
            return 0
        moments |= bits
    return moments


def _day_bits(post: Post) -> int:
    """Return the three parts of the day that a post without an hour is about; 0 when it is about no day."""
    day, _at = day_and_time(post)
    weekday = post.weekday if post.timing == Post.Timing.WEEKLY else day.weekday() if day else None
    if weekday is None:
        return 0
    return sum(bit_of(weekday, part) for part in range(len(PARTS)))


def rests(preferences: HelpPreferences, *, now: datetime) -> bool:
    """Say whether this helper is not asked at all now: off, on a pause, restricted, not ready or gone."""
    resident = preferences.resident
    return not (
        preferences.active
        and resident.is_active
        and resident.erased_at is None
        and resident.is_ready
        and (preferences.paused_until is None or preferences.paused_until <= timezone.localdate(now))
        and (resident.restricted_until is None or resident.restricted_until <= now)
    )


def helper_view(
    preferences: HelpPreferences, *, kinds: frozenset[str], now: datetime, asked_lately: int = 0
) -> HelperView:
    """Return what the rule needs to know of a helper now."""
    resident = preferences.resident
    return HelperView(
        resident_id=resident.pk,
        cell=resident.cell or 0,
        area_id=resident.area_id,
        community_id=resident.community_id or 0,
        kinds=kinds,
        distance_km=preferences.distance_km,
        times=preferences.times,
        languages=frozenset(resident.languages),
        limits=frozenset(preferences.limits),
        is_adult=resident.age_band == Resident.AgeBand.ADULT,
        rests=rests(preferences, now=now),
        asks_a_month=preferences.asks_a_month,
        asked_lately=asked_lately,
    )
