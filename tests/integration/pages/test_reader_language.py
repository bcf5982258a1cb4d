"""Whose language a page and a mail speak: this device's, the resident's, the browser's, the community's."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from buurt.communities.languages import catalogue_for, language_choices, page_languages
from buurt.communities.models import Community
from buurt.residents.models import Resident
from notifications.services import send_delivery
from tests.browser.scene import set_scene
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation
from tests.factories.notifications import make_delivery
from tests.factories.posts import make_engagement, make_post
from tests.integration.residents.door import code_in_mail, mails

EVERY = ["nl", "en", "tr", "ar", "pl", "uk"]
COOKIE = settings.LANGUAGE_COOKIE_NAME


def language_of(html: str) -> tuple[str, str]:
    """Return the language and the direction that a page says it has."""
    found = re.search(r'<html lang="([^"]*)" dir="([^"]*)"', html)
    assert found is not None
    return found[1], found[2]


@pytest.fixture
def town(zaanstad: Community) -> Community:
    """Zaanstad with every language switched on."""
    zaanstad.languages = EVERY
    zaanstad.save()
    return zaanstad


def test_this_device_goes_before_the_resident_the_resident_before_the_browser_and_the_browser_before_dutch(
    town: Community, anna: Resident, client_for: ClientFor
) -> None:
    client, turkish = client_for(anna), {"accept-language": "tr-TR,tr;q=0.9"}

    assert language_of(client.get("/mij").content.decode()) == ("nl", "ltr")
    assert language_of(client.get("/mij", headers=turkish).content.decode()) == ("tr", "ltr")
    Resident.objects.filter(pk=anna.pk).update(language="pl")
    assert language_of(client.get("/mij", headers=turkish).content.decode()) == ("pl", "ltr")
    client.cookies[COOKIE] = "ar"
    assert language_of(client.get("/mij", headers=turkish).content.decode()) == ("ar", "rtl")


def test_a_language_that_the_community_has_not_switched_on_does_not_count(
    zaanstad: Community, anna: Resident, client_for: ClientFor
) -> None:
    Resident.objects.filter(pk=anna.pk).update(language="tr")
    client = client_for(anna)
    client.cookies[COOKIE] = "ar"

    page = client.get("/mij", headers={"accept-language": "pl,en;q=0.5"}).content.decode()

    assert language_of(page) == ("en", "ltr")
    assert re.findall(r'name="language" value="(..)"', page) == ["nl"]
    assert page_languages(zaanstad) == ["nl", "en"]


def test_dutch_is_always_on(zaanstad: Community) -> None:
    zaanstad.languages = []

    assert page_languages(zaanstad) == ["nl"]
    assert catalogue_for(["tr"], zaanstad) == "nl"
    assert page_languages(None) == EVERY


def test_the_switch_names_each_language_in_its_own_words(town: Community, client: Client) -> None:
    page = client.get("/").content.decode()

    for code, name in language_choices(town)[1:]:
        direction = "rtl" if code == "ar" else "ltr"
        assert re.search(f'<button [^>]*value="{code}" lang="{code}" dir="{direction}">{name}</button>', page)


def test_a_residents_choice_is_kept_with_them_and_a_visitors_only_on_the_device(
    town: Community, anna: Resident, client_for: ClientFor, client: Client
) -> None:
    client.post("/taal", {"language": "tr"})
    client_for(anna).post("/taal", {"language": "uk"})
    anna.refresh_from_db()
    assert anna.language == "uk"

    client_for(anna).post("/taal", {"language": "xx"})
    client_for(anna).get("/taal?language=tr")
    anna.refresh_from_db()
    assert anna.language == "uk"


def test_the_choice_on_the_profile_is_seen_at_once_also_after_another_one_on_this_device(
    town: Community, anna: Resident, client_for: ClientFor
) -> None:
    client = client_for(anna)
    client.cookies[COOKIE] = "en"
    form = {"display_name": "Anna", "about": "", "languages": ["nl"], "age_band": "18+"}

    answer = client.post("/mij/profiel", {**form, "language": "pl"}, follow=True)

    anna.refresh_from_db()
    assert anna.language == "pl"
    assert language_of(answer.content.decode()) == ("pl", "ltr")


def test_who_logs_in_for_the_first_time_keeps_the_language_of_the_page(town: Community) -> None:
    client = Client()
    client.post("/taal", {"language": "tr"})

    client.post("/account/login/", {"login": "nieuw@example.org"})
    letter = mails()[-1]
    client.post("/account/login/code/confirm/", {"code": code_in_mail()})

    assert letter.subject == "Buurt kodunuz"
    assert Resident.objects.get(email="nieuw@example.org").language == "tr"


def test_letters_come_in_the_language_of_their_reader(town: Community, anna: Resident, bilal: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(language="en")
    post = make_post(author=anna)
    place = make_engagement(post=post, helper=bilal)
    make_conversation(post=post, helper=bilal)
    by_mail = make_delivery(resident=anna, kind="place_reserved", facts={"engagement": place.pk}, channel="email")

    with translation.override("tr"):
        assert send_delivery(by_mail.pk)

    assert mail.outbox[0].subject == "Bilal said yes"


@pytest.mark.parametrize("language", EVERY)
def test_every_page_of_a_resident_can_be_made_in_every_language(
    town: Community, anna: Resident, bilal: Resident, dirk: Resident, client_for: ClientFor, language: str
) -> None:
    names = set_scene(zaanstad=town, anna=anna, bilal=bilal, dirk=dirk)
    direction = "rtl" if language == "ar" else "ltr"
    client, helper = client_for(anna), client_for(bilal)
    client.cookies[COOKIE] = helper.cookies[COOKIE] = language

    for path in ("/", "/prikbord", "/prikbord/{ask}", "/vraag", "/mijn", "/mijn/{ask}", "/gesprekken/{talk}", "/mij"):
        page = client.get(path.format(**names))
        assert page.status_code == 200
        assert language_of(page.content.decode()) == (language, direction), path
        assert page["Content-Language"] == language
    for path in ("/helpen", "/helpen/instellingen", "/helpen/gevraagd/{invitation}", "/meldingen", "/wegwijzer"):
        page = helper.get(path.format(**names))
        assert page.status_code == 200
        assert language_of(page.content.decode()) == (language, direction), path


def test_a_community_that_says_u_says_it_in_dutch_only_on_pages_and_in_letters(
    town: Community, anna: Resident, bilal: Resident, client_for: ClientFor, client: Client
) -> None:
    town.formal = True
    town.save()
    post = make_post(author=anna)
    make_conversation(post=post, helper=bilal)
    letter = make_delivery(
        resident=anna,
        kind="place_reserved",
        facts={"engagement": make_engagement(post=post, helper=bilal).pk},
        channel="email",
    )

    page = client.get("/")
    assert language_of(page.content.decode()) == ("nl", "ltr")
    assert page["Content-Language"] == "nl"
    assert "Wij denken met u mee." in page.content.decode()
    assert '<b lang="nl" aria-current="true">Nederlands</b>' in page.content.decode()
    assert 'value="nl-formal"' not in page.content.decode()
    assert "Hoe noemen buren u?" in client_for(anna).get("/mij/profiel").content.decode()
    assert send_delivery(letter.pk)
    assert "Beste Anna" in str(mail.outbox[0].body)
    manifest = client.get("/manifest.webmanifest", {"in": town.slug, "taal": "nl-formal"})
    assert (manifest["Content-Language"], manifest.json()["lang"]) == ("nl", "nl")
    client.cookies[COOKIE] = "en"
    assert language_of(client.get("/").content.decode()) == ("en", "ltr")


def test_no_language_of_a_reader_is_the_one_with_u(town: Community, client: Client) -> None:
    client.cookies[COOKIE] = "nl-formal"

    assert "Wij denken met je mee." in client.get("/", headers={"accept-language": "nl-formal"}).content.decode()


def test_what_is_not_translated_is_said_in_dutch() -> None:
    with translation.override("tr"):
        assert translation.gettext("Prikbord") == "Pano"
        assert translation.gettext("Een zin die niemand vertaalde") == "Een zin die niemand vertaalde"
        assert translation.ngettext("%(n)d zin", "%(n)d zinnen", 2) == "%(n)d zinnen"


def test_a_telephone_number_is_read_from_left_to_right_on_an_arabic_page(town: Community, client: Client) -> None:
    client.cookies[COOKIE] = "ar"

    page = client.get(reverse("pages:contact")).content.decode()

    assert f"<bdi>{town.phone}</bdi>" in page or f'<bdi dir="ltr">{town.phone}</bdi>' in page
