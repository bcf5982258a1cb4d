"""A postcode typed on the result: what is near, kept an hour, and refusals in kind words."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from buurt.communities.models import Community, Postcode
from buurt.residents.models import Resident
from posts.models import Post
from tests.factories.organisations import make_organisation
from tests.factories.posts import make_post
from tests.integration.journeys.walking import LEAVING, LIGHT, begin, journey, kept, main_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(zaanstad: Community) -> Client:
    """Return somebody who is not logged in."""
    return Client()


# -- A postcode -----------------------------------------------------------------------------------------------------


def _near(client: Client, postcode: str) -> HttpResponse:
    response: HttpResponse = client.post("/wegwijzer/geld-en-post/dichtbij", {"postcode": postcode})  # type: ignore[assignment]
    return response


def test_postcode_shows_what_is_near_and_stays_in_the_cache(
    visitor: Client, zaanstad: Community, bilal: Resident
) -> None:
    area = zaanstad.areas.get(slug="krommenie")
    make_organisation(community=zaanstad, slot="vrijwillige-geldhulp", name="Geldmaatjes Krommenie", area=area)
    make_post(author=bilal, kind=Post.Kind.OFFER, category="admin", title="Ik sorteer graag post")
    result = walk(visitor, journey("geld-en-post"), LIGHT)
    assert "Dit bieden buren al aan" not in main_of(visitor.get(result))

    response = _near(visitor, " 1561 ab ")

    assert response["Location"] == f"{result}#dichtbij"
    page = main_of(visitor.get(result))
    assert "Geldmaatjes Krommenie" in page
    assert "Dit bieden buren al aan" in page
    assert "Ik sorteer graag post" not in page
    assert 'value="1561"' in page
    assert kept(visitor)["postcode"] == "1561"
    assert "1561" not in str(visitor.cookies)

    _near(visitor, "")
    assert kept(visitor)["postcode"] == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2011", "Deze postcode hoort bij Haarlem."),
        ("3011", "Rotterdam doet nog niet mee"),
        ("straat", "geen postcode"),
    ],
)
def test_postcode_from_elsewhere_is_answered_kindly(
    visitor: Client, haarlem: Community, typed: str, words: str
) -> None:
    Postcode.objects.create(
        digits="3011", place="Rotterdam", municipality="Rotterdam", province="Zuid-Holland", kind="address", cell=1
    )
    walk(visitor, journey("geld-en-post"), LIGHT)

    response = _near(visitor, typed)

    page = main_of(response)
    assert response.status_code == 422
    assert words in page
    assert f'value="{typed}"' in page
    assert "Iemand uit de buurt die helpt sorteren" in page  # the answers are still there
    assert kept(visitor)["postcode"] == ""


def test_no_offer_of_neighbours_where_it_may_not_be_safe(visitor: Client, bilal: Resident) -> None:
    make_post(author=bilal, kind=Post.Kind.OFFER, category="company", title="Koffie?")
    result = walk(visitor, journey("uit-elkaar-gaan"), LEAVING)
    visitor.post("/wegwijzer/uit-elkaar-gaan/dichtbij", {"postcode": "1561"})

    page = main_of(visitor.get(result))
    assert "in en bij Krommenie" in page
    assert "Dit bieden buren al aan" not in page


def test_postcode_before_the_questions_leads_to_them(visitor: Client) -> None:
    assert _near(visitor, "1561")["Location"] == "/wegwijzer/geld-en-post?verlopen"
    begin(visitor, "geld-en-post")
    assert _near(visitor, "1561")["Location"] == "/wegwijzer/geld-en-post/1"
