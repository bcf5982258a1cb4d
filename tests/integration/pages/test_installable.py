"""Buurt on a home screen: manifest, pictures, service worker, and a page without a line that knows nobody."""

import re
from typing import Any

import pytest
from django.test import Client

from buurt.communities.models import Community
from buurt.residents.models import Resident
from tests.conftest import ClientFor
from tests.factories.communities import make_community

pytestmark = pytest.mark.django_db
HERE = "in=zaanstad&taal=nl"


def _status(client: Client, path: str) -> int:
    answer = client.get(path)
    answer.close()
    return answer.status_code


def _manifest(client: Client, query: str = HERE, **headers: Any) -> dict[str, Any]:
    answer = client.get(f"/manifest.webmanifest?{query}", **headers)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    found: dict[str, Any] = answer.json()
    return found


def test_manifest_carries_the_community_and_its_pictures(zaanstad: Community, client: Client) -> None:
    found = _manifest(client)

    assert found["name"] == "Buurt Zaanstad"
    assert (found["lang"], found["dir"], found["display"], found["scope"]) == ("nl", "ltr", "standalone", "/")
    assert [(one["sizes"], one["purpose"]) for one in found["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for one in found["icons"]:
        picture = client.get(one["src"])
        assert picture.headers["Content-Type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")
    for one in found["shortcuts"]:
        assert client.get(one["url"]).status_code in {200, 302}


def test_manifest_speaks_the_language_of_the_address_only(zaanstad: Community, client: Client) -> None:
    client.cookies["django_language"] = "nl"

    assert _manifest(client, "in=zaanstad&taal=en")["shortcuts"][0]["name"] == "Ask for help"
    assert _manifest(client, "in=zaanstad&taal=onzin")["lang"] == "nl"
    assert _manifest(client, "in=niemand")["name"] == "Buurt"
    assert _manifest(client, "in=%00")["name"] == "Buurt"


def test_every_page_names_manifest_and_worker(zaanstad: Community, client: Client) -> None:
    page = client.get("/").content.decode()

    assert f'rel="manifest" href="/manifest.webmanifest?{HERE.replace("&", "&amp;")}"' in page
    assert f'data-worker="/sw.js?{HERE.replace("&", "&amp;")}"' in page


def test_picture_of_another_size_does_not_exist(zaanstad: Community, client: Client) -> None:
    assert client.get("/app-icoon-4096.png").status_code == 404


def test_worker_keeps_files_that_are_there(zaanstad: Community, client: Client) -> None:
    answer = client.get(f"/sw.js?{HERE}")
    script = answer.content.decode()

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    listed = re.search(r"const FILES = \[(.*)\];", script)
    assert listed
    files = [one.encode().decode("unicode_escape") for one in re.findall(r'"([^"]*)"', listed[1])]
    assert files[0] == f"/zonder-internet?{HERE}"
    assert [one for one in files if _status(client, one) != 200] == []
    assert len(script) < 5_000, "small: a telephone reads it at every visit"


def test_worker_has_another_version_when_the_page_it_keeps_changes(zaanstad: Community, client: Client) -> None:
    before = client.get(f"/sw.js?{HERE}").content
    Community.objects.filter(pk=zaanstad.pk).update(phone="0750000001")

    assert client.get(f"/sw.js?{HERE}").content != before


def test_page_without_a_line_has_the_number_to_call_and_nobodys_name(
    anna: Resident, client: Client, client_for: ClientFor
) -> None:
    stranger = client.get(f"/zonder-internet?{HERE}").content.decode()
    hers = client_for(anna).get(f"/zonder-internet?{HERE}").content.decode()

    assert 'href="tel:112"' in stranger
    assert anna.community is not None
    assert anna.community.phone in stranger
    assert hers == stranger
    assert "csrf" not in hers


def test_page_without_a_line_belongs_to_the_community_of_the_address(zaanstad: Community, client: Client) -> None:
    other = make_community(slug="heiloo", name="Heiloo", hosts=("heiloo.example",))
    Community.objects.filter(pk=other.pk).update(phone="072 555 01 01")

    page = client.get("/zonder-internet?in=heiloo&taal=nl").content.decode()

    assert "072 555 01 01" in page
    assert zaanstad.phone not in page


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest", "/zonder-internet", "/app-icoon-192.png"])
def test_background_request_of_before_the_log_in_does_not_log_out(anna: Resident, client: Client, path: str) -> None:
    """The browser asks for these while somebody logs in; the answer must not drop the cookie that is new by then."""
    client.cookies["sessionid"] = "de-sessie-van-voor-het-inloggen"

    answer = client.get(f"{path}?{HERE}")

    assert answer.status_code == 200
    assert answer.cookies.output() == ""
