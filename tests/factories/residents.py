"""Residents, their roles and what they want to be asked for. Rows only: no rule is applied."""

from collections.abc import Iterable
from itertools import count

from django.utils import timezone

from buurt.communities.categories import Category
from buurt.communities.models import Community, CommunityPostcode
from buurt.residents.models import Block, HelpKind, HelpPreferences, Resident, Role

_numbers = count(1)


def make_resident(
    *,
    community: Community,
    name: str = "",
    email: str = "",
    postcode: str = "1561",
    languages: tuple[str, ...] = ("nl",),
    age_band: str = Resident.AgeBand.ADULT,
    accepted_rules: bool = True,
) -> Resident:
    """Make a resident who lives at a postcode of the community and is ready to send."""
    number = next(_numbers)
    home = CommunityPostcode.objects.select_related("area").get(digits=postcode, community=community)
    return Resident.objects.create_user(
        email or f"buur{number}@example.org",
        display_name=name or f"Buur {number}",
        languages=list(languages),
        age_band=age_band,
        community=community,
        area=home.area,
        postcode=postcode,
        cell=home.cell,
        rules_accepted_at=timezone.now() if accepted_rules else None,
        seen_on=timezone.localdate(),
    )


def make_help_preferences(
    *,
    resident: Resident,
    kinds: Iterable[str] = (Category.TRANSPORT,),
    active: bool = True,
    distance_km: int = 3,
    asks_a_month: int = 3,
) -> HelpPreferences:
    """Switch on "vraag mij maar" for these kinds of help."""
    preferences = HelpPreferences.objects.create(
        resident=resident,
        active=active,
        distance_km=distance_km,
        asks_a_month=asks_a_month,
        switched_on_at=timezone.now() if active else None,
    )
    HelpKind.objects.bulk_create([HelpKind(preferences=preferences, category=kind) for kind in kinds])
    return preferences


def make_helper(
    *,
    community: Community,
    name: str = "",
    postcode: str = "1562",
    kinds: Iterable[str] = (Category.TRANSPORT,),
    distance_km: int = 3,
) -> Resident:
    """Make a resident who wants to be asked for these kinds of help."""
    resident = make_resident(community=community, name=name, postcode=postcode)
    make_help_preferences(resident=resident, kinds=kinds, distance_km=distance_km)
    return resident


def make_role(*, resident: Resident, name: str, community: Community | None = None) -> Role:
    """Give a resident a staff role, in their own community unless another is named."""
    place = community or resident.community
    assert place is not None, "a role needs a community"
    return Role.objects.create(resident=resident, community=place, name=name)


def make_block(*, blocker: Resident, blocked: Resident) -> Block:
    """Let one resident block another."""
    return Block.objects.create(blocker=blocker, blocked=blocked)
