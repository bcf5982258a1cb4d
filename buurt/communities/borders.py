"""Border areas: two areas of two municipalities whose neighbours help each other."""

from django.db import models, transaction
from django.db.models import Q

from buurt.communities.models import Area, AreaShare, Community
from buurt.communities.services import CommunityError
from buurt.ledger.services import record


class SameCommunityError(CommunityError):
    """Two areas of one municipality need no sharing."""


def areas_shared_with(area_id: int | None) -> frozenset[int]:
    """Return the areas across a border that share with this one."""
    return frozenset(towns_shared_with(area_id))


def towns_shared_with(area_id: int | None) -> dict[int, int]:
    """Return the areas across a border that share with this one, each with its community; one query."""
    if area_id is None:
        return {}
    sides = ("area_id", "area__community_id", "other_id", "other__community_id")
    rows = AreaShare.objects.filter(Q(area=area_id) | Q(other=area_id)).values_list(*sides)
    return {area: town for row in rows for area, town in (row[:2], row[2:]) if area != area_id}


def shares_any(community: Community) -> bool:
    """Say whether some area of a community shares with one over its border."""
    return AreaShare.objects.filter(Q(area__community=community) | Q(other__community=community)).exists()


def within_reach(*, post_community_id: int, post_area_id: int, community_id: int | None, area_id: int | None) -> bool:
    """Say whether somebody living here may help there: the same municipality, or two areas that share."""
    return community_id == post_community_id or (area_id is not None and area_id in areas_shared_with(post_area_id))


@transaction.atomic
def share_areas(*, by: models.Model | None, one: Area, other: Area) -> AreaShare:
    """Let neighbours of two areas of different municipalities help each other; twice is the same as once.

    Raises SameCommunityError when both lie in one municipality.
    """
    if one.community_id == other.community_id:
        raise SameCommunityError
    low, high = sorted((one, other), key=lambda area: area.pk)
    share, made = AreaShare.objects.get_or_create(area=low, other=high)
    if made:
        record("areas_shared", share, by=by, area=low.pk, other=high.pk)
    return share


@transaction.atomic
def unshare_areas(*, by: models.Model | None, one: Area, other: Area) -> bool:
    """End the sharing; what was agreed before stays. False when there was none."""
    low, high = sorted((one.pk, other.pk))
    if not AreaShare.objects.filter(area=low, other=high).delete()[0]:
        return False
    record("areas_unshared", one, by=by, area=low, other=high)
    return True
