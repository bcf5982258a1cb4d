"""Two municipalities agree to share areas: the one offers, the other accepts; each can end it."""

from dataclasses import dataclass
from functools import partial

from django.db import models, transaction
from django.db.models import Q

from buurt.communities import events
from buurt.communities.borders import SameCommunityError, share_areas
from buurt.communities.models import Area, AreaShare, AreaShareOffer, Community, CommunityPostcode
from buurt.communities.places import cells_within, km_between
from buurt.communities.services import CommunityError
from buurt.ledger.services import record

# Areas further apart than this, between their nearest postcodes, do not lie on both sides of one border.
BORDER_KM = 15.0
# So many shared areas and offers a community may have: a page shows them all.
MOST_SHARES = 50


class TooFarError(CommunityError):
    """These two areas do not lie near each other."""


class TooManySharesError(CommunityError):
    """This community shares and offers as much as it may."""


@dataclass(frozen=True)
class Borders:
    """What a community shares, what it was offered, and what it offered itself."""

    shared: list[AreaShare]
    received: list[AreaShareOffer]
    sent: list[AreaShareOffer]


def borders_of(community: Community) -> Borders:
    """Return how the borders of a community stand, in three queries, each side at most MOST_SHARES long."""
    sides = ("area__community", "other__community")
    shares = AreaShare.objects.filter(_touches(community)).select_related(*sides).order_by("pk")
    offers = AreaShareOffer.objects.select_related(*sides).order_by("pk")
    return Borders(
        list(shares[:MOST_SHARES]),
        list(offers.filter(other__community=community)[:MOST_SHARES]),
        list(offers.filter(area__community=community)[:MOST_SHARES]),
    )


def _touches(community: Community) -> Q:
    return Q(area__community=community) | Q(other__community=community)


def neighbouring_areas(community: Community) -> list[Area]:
    """Return the areas of other communities near this one's postcodes, by community and name; two queries."""
    near: set[int] = set()
    for cell in set(CommunityPostcode.objects.filter(community=community).values_list("cell", flat=True)):
        near.update(cells_within(cell, BORDER_KM))
    across = CommunityPostcode.objects.filter(cell__in=near).exclude(community=community)
    rows = Area.objects.filter(pk__in=across.values("area")).select_related("community")
    return list(rows.order_by("community__name", "community_id", "order", "name"))


def km_between_areas(one: Area, other: Area) -> float | None:
    """Return the kilometres between the nearest postcodes of two areas; None when one has none."""
    here, there = (each.postcodes.values_list("cell", flat=True) for each in (one, other))
    return min((km_between(a, b) for a in set(here) for b in set(there)), default=None)


@transaction.atomic
def offer_share(*, by: models.Model | None, one: Area, other: Area) -> AreaShare | None:
    """Offer the municipality of `other` to share it with `one`; it decides. Offering twice is the same as once.

    Returns the sharing when it holds already, or begins now because the other side had offered the same; else None.
    Raises SameCommunityError, TooFarError or TooManySharesError.
    """
    if one.community_id == other.community_id:
        raise SameCommunityError
    low, high = sorted((one.pk, other.pk))
    share = AreaShare.objects.filter(area=low, other=high).first()
    theirs = AreaShareOffer.objects.filter(area=other, other=one).first()
    if share is not None or theirs is not None:
        return share or accept_share(by=by, offer=theirs)
    km = km_between_areas(one, other)
    if km is None or km > BORDER_KM:
        raise TooFarError
    _refuse_too_many(one.community)
    offer, made = AreaShareOffer.objects.get_or_create(area=one, other=other)
    if made:
        record("border_offered", offer, by=by, area=one.pk, other=other.pk)
        send = events.border_offered.send_robust
        transaction.on_commit(partial(send, sender=AreaShareOffer, offer_id=offer.pk))
    return None


def _refuse_too_many(community: Community) -> None:
    held = AreaShare.objects.filter(_touches(community)).count()
    if held + AreaShareOffer.objects.filter(area__community=community).count() >= MOST_SHARES:
        raise TooManySharesError


@transaction.atomic
def accept_share(*, by: models.Model | None, offer: AreaShareOffer | None) -> AreaShare | None:
    """Begin the sharing that was offered; None when the offer is gone meanwhile."""
    if offer is None or not AreaShareOffer.objects.filter(pk=offer.pk).delete()[0]:
        return None
    share = share_areas(by=by, one=offer.area, other=offer.other)
    send = events.border_shared.send_robust
    ids = {"share_id": share.pk, "offered_by_id": offer.area.community_id}
    transaction.on_commit(partial(send, sender=AreaShare, **ids))
    return share


@transaction.atomic
def drop_offer(*, by: models.Model | None, offer: AreaShareOffer, declined: bool) -> bool:
    """Take an offer away: declined by who got it, or withdrawn by who made it. False when it was gone."""
    if not AreaShareOffer.objects.filter(pk=offer.pk).delete()[0]:
        return False
    verb = "border_declined" if declined else "border_withdrawn"
    record(verb, offer.area, by=by, area=offer.area_id, other=offer.other_id)
    return True
