"""Which community a request belongs to, and how a visitor chooses one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurt.communities.models import Community, CommunityHost
from buurt.residents.models import Resident
from tests.conftest import ClientFor
from tests.factories.communities import make_community

RULES = "pages:house_rules"


def community_for(client: Client, host: str) -> Community | None:
    found: Community | None = client.get(reverse(RULES), headers={"host": host}).context["community"]
    return found


@pytest.fixture
def nowhere(zaanstad: Community, haarlem: Community) -> str:
    """Return a host name that leads to no community, in an installation of two."""
    CommunityHost.objects.filter(host="localhost").delete()
    return "localhost"


def test_host_leads_visitors_to_its_community(zaanstad: Community, haarlem: Community) -> None:
    assert community_for(Client(), "zaanstad.example:8000") == zaanstad


def test_resident_keeps_their_own_community_on_any_host(
    zaanstad: Community, carla: Resident, client_for: ClientFor
) -> None:
    assert community_for(client_for(carla), "zaanstad.example") == carla.community


def test_unknown_host_with_several_communities_is_nobodys(nowhere: str) -> None:
    client = Client()

    assert community_for(client, nowhere) is None
    assert "sessionid" not in client.cookies


def test_unknown_host_with_one_community_is_that_one(db: None) -> None:
    only = make_community(hosts=())

    assert community_for(Client(), "localhost") == only


def test_visitor_chooses_by_name(nowhere: str, haarlem: Community) -> None:
    client = Client(headers={"host": nowhere})

    response = client.post(reverse("residents:choose_community"), {"community": "haarlem", "next": "/huisregels"})

    assert response["Location"] == "/huisregels"
    assert community_for(client, nowhere) == haarlem


def test_visitor_chooses_by_postcode(nowhere: str, zaanstad: Community) -> None:
    client = Client(headers={"host": nowhere})

    client.post(reverse("residents:choose_community"), {"postcode": "1561 XY"})

    assert community_for(client, nowhere) == zaanstad


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"postcode": "9999"}, "We kennen postcode 9999 niet"),
        ({"postcode": ""}, "Kies je gemeente of vul je postcode in."),
        ({"community": "atlantis"}, "Kies je gemeente of vul je postcode in."),
        ({"postcode": "x" * 100_000}, "10"),
    ],
)
def test_choice_is_refused_kindly(nowhere: str, typed: dict[str, Any], words: str) -> None:
    client = Client(headers={"host": nowhere})

    response = client.post(reverse("residents:choose_community"), typed)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert "sessionid" not in client.cookies


def test_visitors_cost_no_queries_for_their_community_after_the_first(
    zaanstad: Community, django_assert_num_queries: Any
) -> None:
    client = Client()
    client.get(reverse(RULES))

    with django_assert_num_queries(0):
        client.get(reverse(RULES))


def test_residents_cost_two_queries_after_the_first(
    anna: Resident, client_for: ClientFor, django_assert_max_num_queries: Any
) -> None:
    client = client_for(anna)
    client.get(reverse("residents:young"))

    # The session comes from the cache; the resident with their place is one query. Badges of other rooms add theirs.
    with django_assert_max_num_queries(4):
        client.get(reverse("residents:young"))
