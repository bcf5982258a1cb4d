"""Who may be asked, whom a resident does not meet, and what belongs to a resident."""

from datetime import datetime
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from buurt.communities.categories import ADULTS_ONLY
from buurt.communities.languages import catalogue_for
from buurt.residents.models import Block, HelpPreferences, Resident
from buurt.residents.week import bit_at


def resident_of(user: object) -> Resident | None:
    """Return the logged-in resident behind `request.user` or `scope["user"]`, or None for a visitor."""
    if user is None or isinstance(user, AnonymousUser) or not getattr(user, "is_authenticated", False):
        return None
    return cast(Resident, user)


def catalogue_of(resident: Resident, *, first: str = "") -> str:
    """Return the catalogue for what this resident reads: `first` when it is on there, else their own language."""
    return catalogue_for((first, resident.language), resident.community)


def eligible_helpers(*, community_id: int, category: str, now: datetime) -> QuerySet[HelpPreferences]:
    """Return the helpers of a community who want to be asked for this kind of help now; their resident is along.

    Not those who pause, are restricted, left, or are not ready; and for children and care only adults (law.md, C.1).
    Distance, times, blocks and the number asked this month are the matching's to weigh.
    """
    helpers = HelpPreferences.objects.filter(
        Q(paused_until__isnull=True) | Q(paused_until__lte=timezone.localdate(now)),
        Q(resident__restricted_until__isnull=True) | Q(resident__restricted_until__lte=now),
        active=True,
        kinds__category=category,
        resident__community_id=community_id,
        resident__cell__isnull=False,
        resident__rules_accepted_at__isnull=False,
        resident__is_active=True,
        resident__erased_at__isnull=True,
    ).exclude(resident__display_name="")
    if category in ADULTS_ONLY:
        helpers = helpers.filter(resident__age_band=Resident.AgeBand.ADULT)
    return helpers.select_related("resident").order_by("resident_id")


def fits_times(preferences: HelpPreferences, start: datetime | None) -> bool:
    """Say whether this moment lies in the helper's week; help at any time fits everybody."""
    return start is None or bool(preferences.times & bit_at(start))


def blocked_ids(resident: Resident) -> set[int]:
    """Return the ids of everybody this resident does not meet: blocked by them, or who blocked them."""
    pairs = Block.objects.filter(Q(blocker=resident) | Q(blocked=resident)).values_list("blocker_id", "blocked_id")
    return {person for pair in pairs for person in pair} - {resident.pk}


def meet_each_other(one: Resident, other: Resident) -> bool:
    """Say whether neither of the two has blocked the other."""
    return not Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)).exists()


def missing_for_sending(resident: Resident) -> list[str]:
    """Return what must still be asked before the first sending: names of fields of the start page."""
    asked = {
        "display_name": not resident.display_name,
        "postcode": not resident.has_place,
        "languages": not resident.languages,
        "age_band": not resident.age_band,
        "rules": resident.rules_accepted_at is None,
    }
    return [name for name, missing in asked.items() if missing]


def preferences_of(resident: Resident) -> HelpPreferences | None:
    """Return what this helper wants to be asked for, or None when they never said."""
    return HelpPreferences.objects.filter(resident=resident).first()


def blocks_of(resident: Resident) -> list[Block]:
    """Return whom this resident keeps away, the latest first."""
    return list(Block.objects.filter(blocker=resident).select_related("blocked").order_by("-pk"))


def resident_for_block(public_id: str) -> Resident:
    """Return a resident by public id, or 404."""
    return get_object_or_404(Resident, public_id=public_id, erased_at__isnull=True)
