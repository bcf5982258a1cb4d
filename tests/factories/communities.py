"""Communities with their areas and postcodes. Rows only: no service is called, no rule applied."""

from buurt.communities.models import Area, Community, CommunityHost, CommunityPostcode, Postcode
from buurt.communities.places import cell_of

# Real postcodes of Zaanstad with their centres, under the names people use (4PP, see data/).
ZAANSTAD = {
    "Krommenie": {"1561": (52.49737, 4.76781), "1562": (52.50851, 4.75642)},
    "Assendelft": {"1566": (52.46911, 4.73967), "1567": (52.48881, 4.74804)},
    "Wormerveer": {"1521": (52.49035, 4.79807)},
    "Westzaan": {"1551": (52.46422, 4.77199)},
    "Koog en Zaandijk": {"1541": (52.46079, 4.80473), "1544": (52.47404, 4.80282)},
    "Zaandam": {"1501": (52.43732, 4.83221), "1506": (52.44190, 4.81805), "1507": (52.43714, 4.80392)},
}
HAARLEM = {"Haarlem-Centrum": {"2011": (52.38084, 4.63683)}, "Schalkwijk": {"2033": (52.36795, 4.66031)}}


def make_community(
    *,
    slug: str = "zaanstad",
    name: str = "Zaanstad",
    hosts: tuple[str, ...] = (),
    areas: dict[str, dict[str, tuple[float, float]]] | None = None,
) -> Community:
    """Make a municipality's platform with its areas and postcodes, found by these host names."""
    community = Community.objects.create(
        slug=slug,
        name=name,
        municipality=name,
        province="Noord-Holland",
        phone="075 123 45 67",
        phone_hours="werkdagen van 9 tot 17 uur",
        email=f"buurt@{slug}.example",
        languages=["nl", "en"],
    )
    CommunityHost.objects.bulk_create([CommunityHost(community=community, host=host) for host in hosts])
    for order, (area_name, points) in enumerate((areas or {}).items()):
        make_area(community=community, name=area_name, order=order, points=points)
    return community


def make_area(
    *,
    community: Community,
    name: str = "Krommenie",
    order: int = 0,
    points: dict[str, tuple[float, float]] | None = None,
) -> Area:
    """Make an area with the postcodes at these points."""
    slug = name.lower().replace(" ", "-")
    area = Area.objects.create(community=community, name=name, slug=slug, order=order)
    cells = {digits: cell_of(*point) for digits, point in (points or {}).items()}
    CommunityPostcode.objects.bulk_create(
        [CommunityPostcode(community=community, area=area, digits=digits, cell=cell) for digits, cell in cells.items()]
    )
    Postcode.objects.bulk_create(
        [
            Postcode(
                digits=digits,
                place=name,
                municipality=community.municipality,
                province=community.province,
                kind=Postcode.Kind.ADDRESS,
                cell=cell,
            )
            for digits, cell in cells.items()
        ],
        ignore_conflicts=True,  # a site with the whole list has them
    )
    return area
