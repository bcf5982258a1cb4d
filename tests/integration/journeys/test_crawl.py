"""Every kind of route through every wegwijzer, logged out: the database stays as it was, and answers stay hidden.

Files with at most 2,000 routes are walked at an even spread; of larger ones a fixed draw in which every option of
every question comes up. The result page is opened on each route, and each page it leads to once.
"""

import logging
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.test import Client

from buurt.communities.models import Community
from journeys.library import all_journeys, find_journey
from journeys.session import COOKIE
from tests.integration.journeys.walking import Route, links_of, some_routes, walk

ROUTES_A_FILE = 18
# The result itself, and what forgets the answers or wants a form.
NOT_OPENED = ("/uitkomst", "/snel-weg", "/alles-wissen", "/verder")
JOURNEYS = [str(journey.id) for journey in all_journeys()]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return everything that is logged, down to the smallest line."""
    caplog.set_level(logging.DEBUG)
    return caplog


def _database() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, sessions too."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
    }


def _words_of(address: str) -> set[str]:
    """Return the parts of an address that could name an option: path segments, query keys and values, the fragment."""
    parts = urlsplit(address)
    query = [word for pair in parse_qsl(parts.query, keep_blank_values=True) for word in pair]
    return {*parts.path.split("/"), *query, parts.fragment}


def _option_ids(journey_id: str) -> set[str]:
    journey = find_journey(journey_id)
    assert journey is not None
    return {str(option.id) for question in journey.questions for option in question.options}


class _Crawler:
    """Walks routes and collects every address it was led to."""

    def __init__(self, client: Client, journey_id: str) -> None:
        journey = find_journey(journey_id)
        assert journey is not None
        self.client, self.journey = client, journey
        # What stands on every page says nothing about anybody.
        self.everywhere = set(links_of(client.get("/wegwijzer").content.decode()))
        self.addresses: set[str] = set()
        self.cookies: set[str] = set()

    def follow(self, route: Route) -> None:
        result = walk(self.client, self.journey, route)
        page = self.client.get(result)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        self.cookies |= {morsel.value for morsel in self.client.cookies.values()}
        for address in {result, *links_of(page.content.decode())} - self.addresses - self.everywhere:
            self.addresses.add(address)
            if address.startswith("/") and not address.startswith("/static/") and not address.endswith(NOT_OPENED):
                assert self.client.get(address).status_code in {200, 302}, address


@pytest.mark.parametrize("journey_id", JOURNEYS)
def test_nothing_stays_behind(journey_id: str, zaanstad: Community, log: pytest.LogCaptureFixture) -> None:
    before = _database()
    assert before["communities_community"]

    crawler = _Crawler(Client(), journey_id)
    for route in some_routes(crawler.journey, ROUTES_A_FILE):
        crawler.follow(route)

    assert _database() == before
    options = _option_ids(journey_id)
    assert {address for address in crawler.addresses if _words_of(address) & options} == set()
    assert len(crawler.addresses) > len(crawler.journey.questions)  # so it did look
    _no_option_in_cookies_or_log(crawler, options, log)


def _no_option_in_cookies_or_log(crawler: _Crawler, options: set[str], log: pytest.LogCaptureFixture) -> None:
    assert set(crawler.client.cookies) <= {COOKIE, "csrftoken"}
    assert crawler.cookies & options == set()
    lines = [record.getMessage() for record in log.records if record.name != "django.template"]
    for line in lines:
        assert not any(f"'{option}'" in line or f"keuze={option}" in line for option in options), line
