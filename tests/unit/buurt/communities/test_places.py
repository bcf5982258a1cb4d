"""Cells, distances and bands; postcodes and hosts that lead to a community."""

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurt.communities import access, places
from buurt.communities.models import Community, CommunityPostcode, Postcode
from buurt.communities.services import (
    CommunityCard,
    CommunityExistsError,
    UnknownMunicipalityError,
    UnknownPlaceError,
    create_community,
)
from buurt.ledger.models import Entry

KROMMENIE = (52.49737, 4.76781)
ZAANDAM = (52.43732, 4.83221)
NEAR_POINTS = st.tuples(st.floats(51.5, 53.2), st.floats(4.0, 6.5))


def _postcode(digits: str, place: str, *, kind: str = "address", municipality: str = "Zaanstad") -> Postcode:
    return Postcode.objects.create(
        digits=digits,
        place=place,
        municipality=municipality,
        province="Noord-Holland",
        kind=kind,
        cell=places.cell_of(*KROMMENIE),
    )


@pytest.fixture
def reference(db: None) -> None:
    _postcode("1561", "Krommenie")
    _postcode("1562", "Krommenie")
    _postcode("1560", "Krommenie", kind="pobox")
    _postcode("1501", "Zaandam", kind="both")
    _postcode("2012", "Haarlem", municipality="Haarlem")


CARD = CommunityCard(
    slug="zaanstad", name="Zaanstad", phone="14 075", phone_hours="9 tot 17 uur", email="buurt@zaanstad.example"
)


def _zaanstad(**changes: object) -> Community:
    return create_community(
        by=None,
        card=CARD,
        municipality="Zaanstad",
        province="Noord-Holland",
        **changes,  # type: ignore[arg-type]
    )


def test_cell_is_resolution_eight() -> None:
    cell = places.cell_of(*KROMMENIE)

    assert h3.get_resolution(h3.int_to_str(cell)) == 8
    assert cell < 2**63  # fits a BigIntegerField


def test_distance_is_zero_to_oneself_and_plausible_to_zaandam() -> None:
    here, there = places.cell_of(*KROMMENIE), places.cell_of(*ZAANDAM)

    assert places.km_between(here, here) == 0
    assert places.km_between(here, there) == pytest.approx(8.0, abs=1.0)
    assert places.km_between(here, there) == pytest.approx(places.km_between(there, here))


@given(NEAR_POINTS, st.floats(0.5, 6))
def test_cells_within_finds_exactly_those(point: tuple[float, float], km: float) -> None:
    cell = places.cell_of(*point)
    around = [int(h3.str_to_int(each)) for each in h3.grid_disk(h3.int_to_str(cell), 16)]

    found = places.cells_within(cell, km)

    assert set(found) == {each for each in around if places.km_between(cell, each) <= km}
    assert cell in found


@given(NEAR_POINTS, NEAR_POINTS)
def test_band_agrees_with_cells_within(one: tuple[float, float], other: tuple[float, float]) -> None:
    a, b = places.cell_of(*one), places.cell_of(*other)

    band = places.distance_band(a, b)

    assert (band == "far") == (b not in places.cells_within(a, places.NEAR_KM))
    assert (band == "own") == (a == b)


def test_band_without_a_cell_is_far() -> None:
    assert places.distance_band(None, places.cell_of(*KROMMENIE)) == "far"


def test_bands_are_said_in_words() -> None:
    assert places.spoken_band("own") == "in jouw postcodegebied"
    assert places.spoken_band("near") == "tot ongeveer 3 km"
    assert places.spoken_band("far") == "verder weg"


@pytest.mark.parametrize("typed", ["1561", " 1561 ", "1561AB", "1561 ab"])
def test_postcode_leads_to_community_and_area(zaanstad: Community, typed: str) -> None:
    community, area, cell = access.community_of_postcode(typed)

    assert (community, area.name) == (zaanstad, "Krommenie")
    assert cell == CommunityPostcode.objects.get(digits="1561").cell


@pytest.mark.parametrize(
    "typed", ["", "abc", "0561", "156", "15611", "1561 A", "1561ABC", "١٥٦١", "1561\n1562", "9" * 999]
)
def test_no_postcode_is_refused(reference: None, typed: str) -> None:
    with pytest.raises(access.UnknownPostcodeError, match="vier cijfers"):
        access.community_of_postcode(typed)


def test_unknown_postcode_is_refused(reference: None) -> None:
    with pytest.raises(access.UnknownPostcodeError, match="9999 niet"):
        access.community_of_postcode("9999")


def test_po_box_is_refused(reference: None) -> None:
    with pytest.raises(access.PoBoxError, match="postbussen"):
        access.community_of_postcode("1560")


def test_municipality_that_does_not_take_part_is_named(reference: None) -> None:
    with pytest.raises(access.NoCommunityError, match="Haarlem doet nog niet mee"):
        access.community_of_postcode("2012")


def test_own_table_wins_from_the_old_list(zaanstad: Community) -> None:
    Postcode.objects.filter(digits="1561").update(kind="pobox")

    assert access.community_of_postcode("1561")[0] == zaanstad


def test_cell_of_postcode_knows_no_post_boxes(reference: None) -> None:
    assert places.cell_of_postcode("1561") == places.cell_of(*KROMMENIE)
    with pytest.raises(access.PoBoxError):
        places.cell_of_postcode("1560")


@pytest.mark.parametrize("host", ["zaanstad.example", "ZAANSTAD.example:8000", "zaanstad.example."])
def test_host_leads_to_community(zaanstad: Community, host: str) -> None:
    assert access.community_of_host(host) == zaanstad


@pytest.mark.parametrize("host", ["", "elders.example", "bad host", "[::1]:8000"])
def test_unknown_host_leads_nowhere(zaanstad: Community, host: str) -> None:
    assert access.community_of_host(host) is None


def test_community_gets_an_area_for_each_place(reference: None) -> None:
    community = _zaanstad(hosts=["Zaanstad.example"])

    areas = {area.name: sorted(area.postcodes.values_list("digits", flat=True)) for area in community.areas.all()}
    assert areas == {"Krommenie": ["1561", "1562"], "Zaandam": ["1501"]}
    assert access.community_of_host("zaanstad.example") == community
    assert Entry.objects.filter(verb="created", subject_id=community.pk).count() == 1


def test_areas_may_group_places_and_postcodes(reference: None) -> None:
    community = _zaanstad(areas={"De Zaan": ["Zaandam", "1562"]})

    assert access.community_of_postcode("1562")[1].name == "De Zaan"
    assert access.community_of_postcode("1561")[1].name == "Krommenie"
    assert community.areas.count() == 2


def test_municipality_of_the_same_name_elsewhere_is_another(reference: None) -> None:
    with pytest.raises(UnknownMunicipalityError, match="Zaanstad in Limburg"):
        create_community(by=None, card=CARD, municipality="Zaanstad", province="Limburg")


def test_community_is_made_once(reference: None) -> None:
    _zaanstad()

    with pytest.raises(CommunityExistsError):
        _zaanstad()


def test_area_with_an_unknown_place_is_refused(reference: None) -> None:
    with pytest.raises(UnknownPlaceError, match="Utrecht"):
        _zaanstad(areas={"Elders": ["Utrecht"]})

    assert not Community.objects.exists()


def test_postcode_of_another_community_stays_there(reference: None, haarlem: Community) -> None:
    area = haarlem.areas.all()[0]
    CommunityPostcode.objects.create(community=haarlem, area=area, digits="1501", cell=1)

    community = _zaanstad()

    assert not community.postcodes.filter(digits="1501").exists()
    assert [each.name for each in community.areas.all()] == ["Krommenie"]
