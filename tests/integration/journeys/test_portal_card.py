"""The card that other portals frame: no scripts, no cookies, and no open ask beside a life event that may be unsafe."""

import pytest
from django.test import Client

from buurt.communities.models import Community
from tests.integration.journeys.walking import links_of


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ("", ["/hulp-vragen", "/wegwijzer"]),
        ("?soort=admin", ["/hulp-vragen?soort=admin", "/wegwijzer"]),
        ("?soort=admin&wegwijzer=geld-en-post", ["/hulp-vragen?soort=admin", "/wegwijzer/geld-en-post"]),
        ("?wegwijzer=uit-elkaar-gaan&soort=company", ["/wegwijzer/uit-elkaar-gaan"]),
        ("?soort=<script>&wegwijzer=../../x", ["/hulp-vragen", "/wegwijzer"]),
    ],
)
def test_card_leads_to_the_doors(zaanstad: Community, query: str, links: list[str]) -> None:
    response = Client().get(f"/hulp-vragen/kaart{query}")

    html = response.content.decode()
    found = [link for link in links_of(html[html.index("<body") :]) if not link.startswith(("tel:", "/static/"))]
    assert found == links
    assert zaanstad.phone in html


def test_card_may_be_framed_and_can_do_nothing(zaanstad: Community) -> None:
    client = Client()
    response = client.get("/hulp-vragen/kaart?soort=admin")

    assert "X-Frame-Options" not in response
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "default-src 'none'" in policy
    assert "<script" not in response.content.decode()
    assert not client.cookies
    assert "public" in response["Cache-Control"]


def test_kind_of_help_that_is_off_here_is_left_out(zaanstad: Community) -> None:
    zaanstad.categories_off = ["admin"]
    zaanstad.save()

    assert "soort=admin" not in Client().get("/hulp-vragen/kaart?soort=admin").content.decode()


def test_every_other_page_refuses_to_be_framed(zaanstad: Community) -> None:
    for path in ("/wegwijzer", "/wegwijzer/geld-en-post", "/vraag"):
        response = Client().get(path)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
