"""The counters of the wegwijzers: what a manager sees and sends, and what a resident meets where nobody is filled in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from buurt.communities.models import Community
from buurt.ledger.models import Entry
from buurt.organisations.models import Organisation
from buurt.residents.models import Resident
from journeys.filling import fillings_of, missing_slots
from tests.conftest import ClientFor
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
PAGE = "/beheer/loketten"
GOOD = "loket;naam;telefoon\nschuldhulp;Schuldhulp Zaanstad;075 123 45 67\n"


def _table(text: str = GOOD, **more: str) -> dict[str, object]:
    return {"table": SimpleUploadedFile("loketten.csv", text.encode()), **more}


@pytest.mark.parametrize("who", ["anna", "fatma", "dirk", "carla", None])
def test_nobody_but_the_manager_sees_or_sends(
    who: str | None, request: pytest.FixtureRequest, client_for: ClientFor, zaanstad: Community
) -> None:
    client = client_for(request.getfixturevalue(who)) if who else Client()

    assert client.get(PAGE).status_code == client.post(PAGE, _table()).status_code == 404
    assert not Organisation.objects.exists()


def test_manager_sees_what_is_missing_and_what_a_resident_meets(
    mila: Resident, client_for: ClientFor, zaanstad: Community, haarlem: Community
) -> None:
    make_organisation(community=zaanstad, kind="counter", slot="burgerzaken", name="Stadhuis")
    make_organisation(community=haarlem, kind="counter", slot="inkomen", name="Loket Haarlem")
    client = client_for(mila)
    count = len(missing_slots(zaanstad))

    page = client.get(PAGE).content.decode()
    missing, known = page.split('id="bekend"')

    assert f"{count} loketten zijn nog niet bekend." in missing
    assert f"{count} loketten zijn nog niet bekend." in client.get("/beheer").content.decode()
    assert "(schuldhulp)" in missing
    assert "Een bewoner ziet nu: Geldfit." in missing
    assert "(inkomen)" in missing
    assert "Een bewoner ziet nu: bel het buurtteam, 075 123 45 67." in missing
    assert "Stadhuis" in known
    assert "UWV" in known
    assert "(uwv)" not in missing
    assert "Loket Haarlem" not in page


def test_a_file_fills_them(mila: Resident, client_for: ClientFor, zaanstad: Community) -> None:
    make_organisation(community=zaanstad, kind="counter", slot="inkomen", name="Oud loket")
    client = client_for(mila)

    said = client.post(PAGE, _table(), follow=True).content.decode()
    assert "Bewaard: 1 nieuw, 0 veranderd, 0 weggehaald." in said
    assert "schuldhulp" not in missing_slots(zaanstad)
    assert Entry.objects.get(verb="organisations_stored").actor_id == mila.pk

    said = client.post(PAGE, _table(replace="on"), follow=True).content.decode()
    assert "0 nieuw, 0 veranderd, 1 weggehaald." in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("loket;naam\nnergens;Iets\n", "Regel 2"),
        ("loket;naam;buurt\nschuldhulp;Iets;Parijs\n", "Parijs"),
        ("zomaar tekst", "Dit klopt nog niet"),
        ("", "leeg"),
    ],
)
def test_a_wrong_file_changes_nothing(text: str, words: str, mila: Resident, client_for: ClientFor) -> None:
    answer = client_for(mila).post(PAGE, _table(text, replace="on"))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Organisation.objects.exists()


def test_what_is_filled_is_one_query(zaanstad: Community, django_assert_num_queries: Any) -> None:
    for number in range(30):
        make_organisation(community=zaanstad, kind="counter", slot="buurthuis", name=f"Buurthuis {number}")
    with django_assert_num_queries(1):
        (centre,) = [each for each in fillings_of(zaanstad) if each.slot == "buurthuis"]
    assert (centre.count, centre.others, centre.is_missing) == (30, 29, False)
