"""A resident's own pages: what they ask, what they refuse, and what they change."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurt.communities.categories import Category
from buurt.communities.models import Community, Postcode
from buurt.residents.models import Block, Resident
from buurt.residents.services import block_resident
from tests.conftest import ClientFor
from tests.factories.residents import make_help_preferences

OWN_PAGES = [
    "residents:me",
    "residents:profile",
    "residents:move",
    "residents:blocks",
    "residents:data",
    "residents:data_download",
    "residents:erase",
    "residents:preferences",
    "residents:start",
    "account_email",
    "account_set_password",
    "mfa_index",
    "usersessions_list",
]
START = {"display_name": "Emma", "postcode": "1561 ab", "languages": ["nl", "tr"], "age_band": "18+", "rules": "on"}


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_sends_visitors_to_the_door_and_back(zaanstad: Community, name: str) -> None:
    client = Client()

    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=/")
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("name", [name for name in OWN_PAGES if name not in {"residents:start"}])
def test_own_page_opens_in_dutch_without_inline_script_or_style(
    anna: Resident, client_for: ClientFor, name: str
) -> None:
    response = client_for(anna).get(reverse(name))

    html = response.content.decode()
    assert response.status_code == 200
    if name != "residents:data_download":
        assert '<html lang="nl"' in html
        assert " style=" not in html
        assert "onclick" not in html
        assert "no-store" in response["Cache-Control"]


def test_own_page_costs_few_queries(anna: Resident, client_for: ClientFor, django_assert_max_num_queries: Any) -> None:
    client = client_for(anna)
    client.get(reverse("residents:me"))

    with django_assert_max_num_queries(7):
        client.get(reverse("residents:me"))


def test_start_asks_what_is_missing_and_goes_on(zaanstad: Community, fresh: Resident, client_for: ClientFor) -> None:
    client = client_for(fresh)
    page = client.get(reverse("residents:start"), {"next": "/mij/profiel"}).content.decode()
    assert "Hoe noemen buren je?" in page
    assert "huisregels" in page

    response = client.post(reverse("residents:start"), {**START, "next": "/mij/profiel"})

    fresh.refresh_from_db()
    assert response["Location"] == "/mij/profiel"
    assert fresh.is_ready
    assert (fresh.postcode, str(fresh.area), fresh.community) == ("1561", "Krommenie", zaanstad)
    assert fresh.languages == ["nl", "tr"]


def test_start_asks_only_what_is_missing(anna: Resident, client_for: ClientFor) -> None:
    Resident.objects.filter(pk=anna.pk).update(rules_accepted_at=None)
    client = client_for(anna)

    page = client.get(reverse("residents:start")).content.decode()
    assert 'name="rules"' in page
    assert 'name="display_name"' not in page
    client.post(reverse("residents:start"), {"rules": "on", "display_name": "Iemand anders"})

    anna.refresh_from_db()
    assert anna.rules_accepted_at is not None
    assert anna.display_name == "Anna"


def test_start_goes_straight_on_when_nothing_is_missing(anna: Resident, client_for: ClientFor) -> None:
    response = client_for(anna).get(reverse("residents:start"), {"next": "/mij"})

    assert response["Location"] == "/mij"


def test_start_does_not_follow_next_to_another_site(anna: Resident, client_for: ClientFor) -> None:
    response = client_for(anna).get(reverse("residents:start"), {"next": "//boos.example"})

    assert response["Location"] == reverse("pages:front")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"postcode": "0999"}, "Dat is geen postcode"),
        ({"postcode": "9999"}, "We kennen postcode 9999 niet"),
        ({"postcode": "1500"}, "alleen voor postbussen"),
        ({"postcode": "3011"}, "Rotterdam doet nog niet mee"),
        ({"postcode": ""}, "Vul je postcode in."),
        ({"display_name": " "}, "Vul een naam in."),
        ({"display_name": "E"}, "minstens twee letters"),
        ({"display_name": "Emma 06 12345678"}, "geen telefoonnummer"),
        ({"display_name": "x" * 100_000}, "onder de 40 letters"),
        ({"languages": []}, "Kies minstens één taal."),
        ({"age_band": ""}, "Kies je leeftijd."),
        ({"rules": ""}, "zet een vinkje"),
    ],
)
def test_start_refuses_kindly_and_keeps_what_was_typed(
    zaanstad: Community, fresh: Resident, client_for: ClientFor, change: dict[str, Any], words: str
) -> None:
    place = {"municipality": "Zaanstad", "province": "Noord-Holland", "cell": 1}
    Postcode.objects.create(digits="1500", place="Zaandam", kind=Postcode.Kind.POBOX, **place)
    Postcode.objects.create(
        digits="3011", place="Rotterdam", kind="address", cell=1, municipality="Rotterdam", province="Zuid-Holland"
    )

    response = client_for(fresh).post(reverse("residents:start"), {**START, **change, "next": "/vraag"})

    html = response.content.decode()
    fresh.refresh_from_db()
    assert response.status_code == 422
    assert words in html
    assert "Dit klopt nog niet" in html
    assert 'name="next" value="/vraag"' in html
    if change.get("postcode"):
        assert f'value="{change["postcode"]}"' in html
        assert 'value="Emma"' in html
    assert not fresh.is_ready


def test_start_escapes_what_was_typed(zaanstad: Community, fresh: Resident, client_for: ClientFor) -> None:
    response = client_for(fresh).post(
        reverse("residents:start"), {**START, "display_name": "<script>alert(1)</script>", "rules": ""}
    )

    assert "<script>alert(1)" not in response.content.decode()


def test_start_under_sixteen_keeps_no_account(zaanstad: Community, fresh: Resident, client_for: ClientFor) -> None:
    client = client_for(fresh)

    response = client.post(reverse("residents:start"), {**START, "age_band": "jonger"}, follow=True)

    fresh.refresh_from_db()
    assert "Kindertelefoon" in response.content.decode()
    assert reverse("journeys:index") in response.content.decode()
    assert fresh.erased_at is not None
    assert fresh.email.endswith("@weg.invalid")
    assert "_auth_user_id" not in client.session


def test_under_sixteen_does_nothing_to_who_told_their_age(anna: Resident, client_for: ClientFor) -> None:
    client_for(anna).post(reverse("residents:start"), {"age_band": "jonger"})

    anna.refresh_from_db()
    assert anna.erased_at is None


def test_profile_changes_what_neighbours_read(anna: Resident, client_for: ClientFor) -> None:
    response = client_for(anna).post(
        reverse("residents:profile"),
        {"display_name": "  Anna \u202e de  Wit ", "about": "Ik wandel graag.", "languages": ["pl"], "age_band": "18+"},
    )

    anna.refresh_from_db()
    assert response.status_code == 302
    assert (anna.display_name, anna.about, anna.languages) == ("Anna de Wit", "Ik wandel graag.", ["pl"])


def test_profile_refuses_more_than_200_letters_and_keeps_them(anna: Resident, client_for: ClientFor) -> None:
    about = "Ik wandel. " * 30

    response = client_for(anna).post(
        reverse("residents:profile"),
        {"display_name": "Anna", "about": about, "languages": ["nl"], "age_band": "18+"},
    )

    assert response.status_code == 422
    assert "Houd het bij 200 letters" in response.content.decode()
    assert about.strip() in response.content.decode()


def test_profile_under_eighteen_switches_child_care_off(anna: Resident, client_for: ClientFor) -> None:
    make_help_preferences(resident=anna, kinds=(Category.CHILDCARE, Category.GARDEN))

    client_for(anna).post(
        reverse("residents:profile"), {"display_name": "Anna", "languages": ["nl"], "age_band": "16-17"}
    )

    assert list(anna.help_preferences.kinds.values_list("category", flat=True)) == [Category.GARDEN]


def test_moving_house_changes_the_community(anna: Resident, haarlem: Community, client_for: ClientFor) -> None:
    client = client_for(anna)

    response = client.post(reverse("residents:move"), {"postcode": "2011 HX"}, follow=True)

    anna.refresh_from_db()
    assert (anna.community, anna.postcode, str(anna.area)) == (haarlem, "2011", "Haarlem-Centrum")
    assert "Je woont nu in Haarlem-Centrum." in response.content.decode()
    assert response.context["community"] == haarlem


def test_moving_to_nowhere_keeps_the_old_place(anna: Resident, client_for: ClientFor) -> None:
    response = client_for(anna).post(reverse("residents:move"), {"postcode": "9999"})

    anna.refresh_from_db()
    assert response.status_code == 422
    assert anna.postcode == "1561"


def test_blocks_are_shown_to_the_blocker_only_and_lifted_by_them(
    anna: Resident, bilal: Resident, client_for: ClientFor
) -> None:
    block_resident(by=anna, other=bilal)
    lift = reverse("residents:unblock", args=[bilal.public_id])

    assert "Bilal" in client_for(anna).get(reverse("residents:blocks")).content.decode()
    assert "Anna" not in client_for(bilal).get(reverse("residents:blocks")).content.decode()
    client_for(bilal).post(reverse("residents:unblock", args=[anna.public_id]))
    assert Block.objects.count() == 1
    assert client_for(anna).get(lift).status_code == 405
    client_for(anna).post(lift)
    assert Block.objects.count() == 0
    assert client_for(anna).post(reverse("residents:unblock", args=["NIEMAND"])).status_code == 404


def test_download_is_a_json_file_of_ones_own(anna: Resident, client_for: ClientFor) -> None:
    response = client_for(anna).get(reverse("residents:data_download"))

    assert response["Content-Disposition"].startswith('attachment; filename="buurt-')
    assert json.loads(response.content)["data"]["account"]["email"] == anna.email


def test_erase_asks_for_the_word(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)

    refused = client.post(reverse("residents:erase"), {"word": "ja"})
    assert refused.status_code == 422
    assert "Typ het woord verwijderen" in refused.content.decode()
    anna.refresh_from_db()
    assert anna.erased_at is None

    response = client.post(reverse("residents:erase"), {"word": " Verwijderen "})
    anna.refresh_from_db()
    assert response["Location"] == reverse("pages:front")
    assert anna.erased_at is not None
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("residents:me")).status_code == 302


def test_erasing_ends_every_other_device(anna: Resident, client_for: ClientFor) -> None:
    tablet, phone = client_for(anna), client_for(anna)

    phone.post(reverse("residents:erase"), {"word": "verwijderen"})

    assert tablet.get(reverse("residents:me"))["Location"].startswith("/account/login/")
