"""The house style of a community: who may change it, what is refused, and what visitors then get."""

import json

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from buurt.communities.house_style import keep_logo, keep_own_theme, wear_theme
from buurt.communities.models import Community, HouseStyle
from buurt.communities.themes.shelf import shelved
from buurt.communities.themes.tokens import ThemeError
from buurt.ledger.models import Entry
from buurt.residents.models import Resident
from tests.conftest import ClientFor

PAGE = "/beheer/huisstijl"
GOOD = json.dumps({"name": "Duinstad", "tokens": {"brand": "#004699"}})
PALE = json.dumps({"name": "Bleek", "tokens": {"brand": "#ffcc00"}})
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><path d="M0 0h80v40z"/><script>1</script></svg>'


def _form(**fields: object) -> dict[str, object]:
    return {"theme": "buurt", "site_name": "", **fields}


def _upload(text: str | bytes, name: str = "thema.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize("who", ["anna", "fatma", "dirk", "carla"])
def test_nobody_but_the_manager_has_the_page(who: str, request: pytest.FixtureRequest, client_for: ClientFor) -> None:
    client = client_for(request.getfixturevalue(who))

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, _form(theme="ma")).status_code == 404


@pytest.mark.parametrize("who", ["mila", "fatma", "dirk"])
def test_staff_see_the_style_page_in_any_theme(who: str, request: pytest.FixtureRequest, client_for: ClientFor) -> None:
    client = client_for(request.getfixturevalue(who))

    assert "huisstijl/thema" not in client.get("/stijl/").content.decode()
    assert "/huisstijl/thema/ma/" in client.get("/stijl/?thema=ma").content.decode()
    assert client.get("/stijl/?thema=../../etc").status_code == 200


def test_nobody_else_sees_the_style_page_unless_in_debug(
    anna: Resident, client_for: ClientFor, client: Client, settings: LazySettings
) -> None:
    assert client.get("/stijl/").status_code == 404
    assert client_for(anna).get("/stijl/").status_code == 404

    settings.DEBUG = True
    assert client.get("/stijl/").status_code == 200


def test_a_visitor_has_no_such_page_and_a_manager_shows_the_second_factor(mila: Resident, client: Client) -> None:
    assert client.get(PAGE).status_code == 404

    client.force_login(mila)
    answer = client.get(PAGE)

    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]


def test_the_manager_chooses_a_theme_and_visitors_get_its_sheet(
    mila: Resident, client_for: ClientFor, client: Client
) -> None:
    answer = client_for(mila).post(PAGE, _form(theme="ma"), follow=True)
    assert "De huisstijl is bewaard." in answer.content.decode()

    cache.clear()
    page = client.get("/").content.decode()
    theme = shelved("ma")
    assert theme is not None
    href = f"/huisstijl/thema/ma/{theme.version}.css"
    assert f'<link rel="stylesheet" href="{href}" media="screen">' in page
    sheet = client.get(href)
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet.headers["Cache-Control"]
    assert sheet.content.decode().startswith(":root{--buurt-brand:")


def test_the_manager_uploads_a_theme(
    zaanstad: Community, mila: Resident, client_for: ClientFor, client: Client
) -> None:
    assert client_for(mila).post(PAGE, _form(theme_file=_upload(GOOD))).status_code == 302

    zaanstad.refresh_from_db()
    assert zaanstad.theme == "eigen"
    assert Entry.objects.filter(verb="theme_uploaded", actor_id=mila.pk).exists()
    now = client.get(f"/huisstijl/eigen/zaanstad/{zaanstad.theme_version}.css")
    assert "--buurt-brand:#004699" in now.content.decode()
    assert "immutable" in now.headers["Cache-Control"]
    old = client.get("/huisstijl/eigen/zaanstad/000000000000.css")
    assert old.content == now.content
    assert "immutable" not in old.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"theme_file": PALE}, "haalt 1.4, nodig is 4.5"),
        ({"theme_file": "geen json"}, "Dit is geen JSON-bestand"),
        ({"theme_file": b"\xff\xfe\x00"}, "Dit bestand is geen tekst"),
        ({"logo": b"<html>"}, "Kies een PNG- of SVG-bestand"),
        ({"theme": "weg"}, "weg"),
        ({"site_name": "x" * 31}, "30"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_changes(
    fields: dict[str, object], words: str, zaanstad: Community, mila: Resident, client_for: ClientFor
) -> None:
    files = {name: _upload(value) for name, value in fields.items() if name in {"theme_file", "logo"}}  # type: ignore[arg-type]

    answer = client_for(mila).post(PAGE, _form(**{**fields, **files}))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    zaanstad.refresh_from_db()
    assert (zaanstad.theme, zaanstad.logo_version, zaanstad.site_name) == ("buurt", "", "")


def test_a_logo_and_a_name_stand_in_the_header(
    zaanstad: Community, mila: Resident, client_for: ClientFor, client: Client
) -> None:
    client_for(mila).post(PAGE, _form(logo=_upload(DRAWING, "logo.svg"), site_name="Zaanstad helpt"))
    cache.clear()
    zaanstad.refresh_from_db()

    page = client.get("/").content.decode()
    assert "Zaanstad helpt" in page
    href = f"/huisstijl/logo/zaanstad/{zaanstad.logo_version}"
    assert f'src="{href}" width="80" height="40" alt=""' in page
    logo = client.get(href)
    assert logo.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in logo.headers["Content-Security-Policy"]
    assert b"script" not in logo.content

    client_for(mila).post(PAGE, _form(drop_logo="on"))
    assert client.get(href).status_code == 404
    cache.clear()
    assert "huisstijl/logo" not in client.get("/").content.decode()


def test_a_manager_lets_the_pages_say_u_and_je_again(
    zaanstad: Community, mila: Resident, client_for: ClientFor
) -> None:
    client_for(mila).post(PAGE, _form(formal="on"))
    zaanstad.refresh_from_db()
    assert zaanstad.formal

    client_for(mila).post(PAGE, _form())
    zaanstad.refresh_from_db()
    assert not zaanstad.formal


def test_no_other_community_is_touched(zaanstad: Community, haarlem: Community, mila: Resident, client: Client) -> None:
    keep_own_theme(by=mila, community=zaanstad, text=GOOD)
    keep_logo(by=mila, community=zaanstad, data=DRAWING)

    assert HouseStyle.objects.get().community == zaanstad
    assert client.get("/huisstijl/eigen/haarlem/x.css").status_code == 404
    assert "huisstijl" not in client.get("/", headers={"host": "haarlem.example"}).content.decode()


def test_a_theme_that_is_gone_leaves_the_page_as_it_is(zaanstad: Community, client: Client) -> None:
    Community.objects.update(theme="weggehaald")

    assert client.get("/").status_code == 200
    assert client.get("/huisstijl/thema/weggehaald/x.css").status_code == 404
    with pytest.raises(ThemeError):
        wear_theme(by=None, community=zaanstad, key="eigen")
