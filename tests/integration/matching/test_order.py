"""The helper's page in the order the helper chose, said in words, at a cost that does not grow with the asks."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from matching.engine import ANY_TIME, PRIORS, Learned
from matching.models import Search
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.matching import make_search
from tests.factories.posts import make_post
from tests.factories.residents import make_help_preferences, make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(zaanstad: Community) -> Resident:
    resident = make_resident(community=zaanstad, name="Hanna", postcode="1562")
    make_help_preferences(resident=resident, kinds=("transport",), distance_km=25)
    return resident


def _ask(community: Community, title: str, *, waits: int, unmet: float, postcode: str = "1562") -> Post:
    author = make_resident(community=community, postcode=postcode)
    post = make_post(author=author, title=title, published_at=timezone.now() - timedelta(days=waits))
    search = make_search(post=post)
    Search.objects.filter(pk=search.pk).update(unmet=unmet)
    return post


def _order(page: str, *titles: str) -> list[str]:
    return sorted(titles, key=page.index)


def test_helper_sees_the_longest_waiting_or_where_they_help_most(
    client_for: ClientFor, zaanstad: Community, helper: Resident
) -> None:
    _ask(zaanstad, "Bijna opgelost", waits=9, unmet=0.05)
    _ask(zaanstad, "Niemand kan nog", waits=1, unmet=0.9)
    _ask(zaanstad, "Half geholpen", waits=5, unmet=0.5)
    titles = ("Bijna opgelost", "Niemand kan nog", "Half geholpen")
    client = client_for(helper)

    longest = client.get("/helpen").content.decode()
    assert _order(longest, *titles) == ["Bijna opgelost", "Half geholpen", "Niemand kan nog"]
    assert "Wie het langst wacht, staat bovenaan." in longest

    most = client.get("/helpen?volgorde=meeste").content.decode()
    assert _order(most, *titles) == ["Niemand kan nog", "Half geholpen", "Bijna opgelost"]
    assert "Waarom zie ik deze volgorde?" in most
    assert "met nog weinig kans op hulp" in most
    nonsense = client.get("/helpen?volgorde=x").content.decode()
    assert _order(nonsense, *titles)[0] == "Bijna opgelost"


def test_what_is_near_goes_before_what_is_far_when_both_need_it_as_much(
    client_for: ClientFor, zaanstad: Community, helper: Resident
) -> None:
    _ask(zaanstad, "Ver weg", waits=9, unmet=0.8, postcode="1506")
    _ask(zaanstad, "Dichtbij", waits=1, unmet=0.8)

    page = client_for(helper).get("/helpen?volgorde=meeste").content.decode()

    assert _order(page, "Ver weg", "Dichtbij") == ["Dichtbij", "Ver weg"]


def test_order_costs_the_same_for_two_asks_and_for_twelve(
    client_for: ClientFor, zaanstad: Community, helper: Resident
) -> None:
    client, counts = client_for(helper), []
    client.get("/helpen")  # notes once a day that somebody was here
    for more in (2, 10):
        for number in range(more):
            _ask(zaanstad, f"Vraag {more} {number}", waits=1, unmet=0.5)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/helpen?volgorde=meeste").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_chance_between_falls_with_distance() -> None:
    km = np.array([0.5, 3.0, 9.0, 20.0])
    same = np.zeros(4, dtype=np.int64)

    chance = Learned(PRIORS).between(kind=same, lead=same, km=km, time=same + ANY_TIME, times=0)

    assert (np.diff(chance) <= 0).all()
    assert chance[0] > chance[-1]
