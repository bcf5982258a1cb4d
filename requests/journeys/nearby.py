"""Where somebody reads, if they say so: the area of their postcode, and what neighbours near there offer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from buurt.communities.access import PostcodeError, community_of_postcode
from buurt.communities.models import Area, Community
from buurt.communities.places import NEAR_KM, cells_within, distance_band, spoken_band
from buurt.residents.models import Resident
from posts.access import BoardFilters, board, reads_words
from posts.models import Post
from posts.naming import field_title

# Of one kind of help on one card; the board shows the rest.
MOST_OFFERS = 2
# So many rows are read to find those.
MOST_READ = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A postcode here: its area and its cell."""

    area: Area
    cell: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What a neighbour offers already, as this reader may see it."""

    href: str
    title: str
    where: str


class ElsewhereError(PostcodeError):
    """A postcode of another municipality that takes part."""

    def __init__(self, community: Community) -> None:
        """Keep which one."""
        self.community = community
        super().__init__(community.name)


def spot_of(postcode: str, community: Community | None) -> tuple[Community, Spot]:
    """Return where a postcode is; PostcodeError (ElsewhereError: of another municipality) when not here."""
    theirs, area, cell = community_of_postcode(postcode)
    if community is not None and theirs.pk != community.pk:
        raise ElsewhereError(theirs)
    return theirs, Spot(area, cell)


def offers_near(
    spot: Spot, community: Community, categories: Collection[str], reader: Resident | None
) -> dict[str, list[Offer]]:
    """Return per kind of help what neighbours offer within about 3 km, the nearest first."""
    if not categories:
        return {}
    near = board(viewer=reader, community=community, filters=BoardFilters(kind=Post.Kind.OFFER))
    rows = list(near.filter(category__in=categories, cell__in=cells_within(spot.cell, NEAR_KM))[:MOST_READ])
    own_words = reader is not None and reads_words(reader, community)
    found: dict[str, list[Offer]] = {}
    for post in sorted(rows, key=lambda each: each.cell != spot.cell):
        offers = found.setdefault(post.category, [])
        if len(offers) < MOST_OFFERS and (reader is None or post.author_id != reader.pk):
            title = post.title if own_words else field_title(post.kind, post.category, post.area.name, "")
            band = spoken_band(distance_band(spot.cell, post.cell))
            offers.append(Offer(reverse("posts:detail", args=[post.public_id]), title, band))
    return found
