"""Who fills a slot near somebody, the demo's table, and what neighbours near there offer."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from buurt.communities.access import NoCommunityError, UnknownPostcodeError
from buurt.communities.models import Area, Community, Postcode
from buurt.residents.models import Resident
from config.demo.build import DESKS
from journeys.desks import desks_for, import_file
from journeys.nearby import ElsewhereError, offers_near, spot_of
from posts.models import Post
from tests.factories.organisations import make_organisation
from tests.factories.posts import make_post


def area(community: Community, slug: str) -> Area:
    return community.areas.get(slug=slug)


def test_own_area_first_then_the_whole_community(zaanstad: Community) -> None:
    krommenie, zaandam = area(zaanstad, "krommenie"), area(zaanstad, "zaandam")
    make_organisation(community=zaanstad, slot="bibliotheek", name="Bieb Zaandam", area=zaandam)
    make_organisation(community=zaanstad, slot="bibliotheek", name="Bieb Krommenie", area=krommenie)
    make_organisation(community=zaanstad, slot="uwv", name="UWV Zaandam", area=zaandam)
    make_organisation(community=zaanstad, slot="schuldhulp", name="Voor iedereen")
    make_organisation(community=zaanstad, slot="schuldhulp", name="Alleen Zaandam", area=zaandam)
    slots = {"bibliotheek", "uwv", "schuldhulp", "politie"}

    here = desks_for(zaanstad, slots, krommenie)
    nowhere = desks_for(zaanstad, slots)

    assert {slot: each.name for slot, each in here.found.items()} == {
        "bibliotheek": "Bieb Krommenie",
        "uwv": "UWV Zaandam",
        "schuldhulp": "Voor iedereen",
    }
    assert desks_for(zaanstad, slots, zaandam).found["schuldhulp"].name == "Alleen Zaandam"
    assert nowhere.by_area == {"bibliotheek"}
    assert {slot: each.name for slot, each in nowhere.found.items()} == {
        "uwv": "UWV Zaandam",
        "schuldhulp": "Voor iedereen",
    }


def test_the_table_of_the_demo_fits(zaanstad: Community) -> None:
    stored = import_file(zaanstad, DESKS)
    assert stored.new > 25
    assert import_file(zaanstad, DESKS).new == 0


def test_command_names_every_faulty_line_and_stores_nothing(zaanstad: Community, tmp_path: Path) -> None:
    path = tmp_path / "loketten.csv"
    path.write_text("loket;naam;buurt\nschulden;Hulp;\nuwv;UWV;\nggd;;\n")
    errors = StringIO()

    with pytest.raises(CommandError, match="niets opgeslagen"):
        call_command("import_organisations", "zaanstad", str(path), stderr=errors)

    assert [line.split(" ")[0] for line in errors.getvalue().splitlines()] == [f"{path}:2", f"{path}:4"]
    assert not zaanstad.organisations.exists()


@pytest.mark.parametrize(("slug", "name"), [("nergens", "x.csv"), ("zaanstad", "bestaat-niet.csv")])
def test_command_refuses_what_is_not_there(zaanstad: Community, tmp_path: Path, slug: str, name: str) -> None:
    with pytest.raises(CommandError):
        call_command("import_organisations", slug, str(tmp_path / name))


def test_command_says_how_it_went(zaanstad: Community, tmp_path: Path) -> None:
    path = tmp_path / "loketten.yaml"
    path.write_text("- loket: uwv\n  naam: UWV\n")
    said = StringIO()

    call_command("import_organisations", "zaanstad", str(path), stdout=said)

    assert said.getvalue().strip() == "1 nieuw, 0 veranderd, 0 weggehaald."


# -- A postcode -----------------------------------------------------------------------------------------------------


def test_postcode_here_elsewhere_and_nowhere(zaanstad: Community, haarlem: Community) -> None:
    Postcode.objects.create(
        digits="3011", place="Rotterdam", municipality="Rotterdam", province="Zuid-Holland", kind="address", cell=1
    )
    assert spot_of("1561 AB", zaanstad)[1].area.name == "Krommenie"
    assert spot_of("1561", None)[0] == zaanstad
    with pytest.raises(ElsewhereError):
        spot_of("2011", zaanstad)
    with pytest.raises(UnknownPostcodeError):
        spot_of("9", zaanstad)
    with pytest.raises(NoCommunityError):
        spot_of("3011", zaanstad)


def _offer(author: Resident, category: str = "admin", **given: object) -> Post:
    return make_post(author=author, kind=Post.Kind.OFFER, category=category, title="Ik help graag", **given)  # type: ignore[arg-type]


def test_offers_near_without_words_for_visitors(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    _offer(bilal)
    make_post(author=bilal, category="admin", title="Een vraag")
    spot = spot_of(bilal.postcode, zaanstad)[1]

    (offer,) = offers_near(spot, zaanstad, {"admin", "company"}, None)["admin"]
    assert "Ik help graag" not in offer.title
    assert offer.where == "in jouw postcodegebied"
    assert offers_near(spot, zaanstad, {"admin"}, anna)["admin"][0].title == "Ik help graag"
    assert offers_near(spot, zaanstad, {"admin"}, bilal) == {"admin": []}
    assert offers_near(spot, zaanstad, set(), None) == {}
    assert offers_near(spot, zaanstad, {"pets"}, None) == {}


def test_no_more_offers_than_fit_a_card(zaanstad: Community, bilal: Resident) -> None:
    for _each in range(4):
        _offer(bilal)
    spot = spot_of(bilal.postcode, zaanstad)[1]

    assert len(offers_near(spot, zaanstad, {"admin"}, None)["admin"]) == 2
