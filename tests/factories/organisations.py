"""Teams, initiatives and counters."""

from buurt.communities.models import Area, Community
from buurt.organisations.models import Organisation


def make_organisation(
    *,
    community: Community,
    name: str = "Sociaal Wijkteam Krommenie",
    kind: str = Organisation.Kind.TEAM,
    area: Area | None = None,
    slot: str = "",
    phone: str = "075 765 43 21",
) -> Organisation:
    """Make an organisation that people can call."""
    return Organisation.objects.create(community=community, name=name, kind=kind, area=area, slot=slot, phone=phone)
