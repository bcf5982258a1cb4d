"""Every kind of route through every wegwijzer, logged out: the database stays as it was, and answers stay hidden.

There are 29,462 routes. A result page is made of cards, and a card is made of its answer, the own choices that made
it show, and whether open asks are offered; so routes whose cards are all known in that form can lead nowhere new.
By default as many routes are walked as it takes to meet every card in every form, every option of every question
and every set of questions that is asked (some 520). With EVERY_ROUTE=1 all of them are walked: about ten minutes.
"""

import logging
import os
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.test import Client

from buurt.communities.models import Community
from journeys.checker.walk import Walker
from journeys.fileformat.evaluate import all_routes, visible_questions
from journeys.fileformat.model import Journey
from journeys.library import all_journeys, find_journey
from journeys.progress import Progress, avoids_neighbours
from journeys.session import COOKIE
from tests.integration.journeys.walking import Route, begin, links_of, routes_to_every_card

EVERY_ROUTE = os.environ.get("EVERY_ROUTE") == "1"
ROUTES = 29_462
# The result itself, and what forgets the answers or wants a form.
NOT_OPENED = ("/uitkomst", "/snel-weg", "/alles-wissen", "/verder", "/dichtbij")
JOURNEYS = [str(journey.id) for journey in all_journeys()]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return everything that is logged, down to the smallest line."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.template").setLevel(logging.INFO)
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


def _journey(journey_id: str) -> Journey:
    journey = find_journey(journey_id)
    assert journey is not None
    return journey


class _Crawler:
    """Walks routes and collects every address it was led to."""

    def __init__(self, client: Client, journey: Journey) -> None:
        self.client, self.journey = client, journey
        # What stands on every page says nothing about anybody.
        self.everywhere = set(links_of(client.get("/wegwijzer").content.decode()))
        self.addresses: set[str] = set()
        self.cookies: set[str] = set()
        self.given: dict[str, frozenset[str]] = {}
        self.at = begin(client, str(journey.id))

    def follow(self, route: Route) -> None:
        """Answer what this route answers differently, as somebody who goes back and changes does; open the result."""
        for question in visible_questions(self.journey, route):
            name = str(question.id)
            if self.given.get(name) != route[name]:
                sent = {"vraag": name, "keuze": sorted(route[name])}
                self.at = self.client.post(f"/wegwijzer/{self.journey.id}/1", sent)["Location"]
                self.given[name] = route[name]
        assert self.at.endswith("/uitkomst"), self.at
        page = self.client.get(self.at)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        self.cookies |= {morsel.value for morsel in self.client.cookies.values()}
        links = set(links_of(page.content.decode()))
        if avoids_neighbours(self.journey, Progress(route)):
            asks = {link for link in links if link.startswith(("/vraag", "/aanbod", "/hulp-vragen"))}
            assert {link for link in asks if "stil=team" not in link} == set()
        for address in links - self.addresses - self.everywhere:
            self._open(address)

    def _open(self, address: str) -> None:
        self.addresses.add(address)
        if address.startswith("/") and not address.startswith("/static/") and not address.endswith(NOT_OPENED):
            assert self.client.get(address).status_code in {200, 302}, address


def _routes(journey: Journey) -> Iterator[Route]:
    yield from all_routes(journey) if EVERY_ROUTE else routes_to_every_card(journey)


@pytest.mark.parametrize("journey_id", JOURNEYS)
def test_nothing_stays_behind(journey_id: str, zaanstad: Community, log: pytest.LogCaptureFixture) -> None:
    journey = _journey(journey_id)
    before = _database()
    assert before["communities_community"]

    crawler = _Crawler(Client(), journey)
    walked = 0
    for route in _routes(journey):
        crawler.follow(route)
        walked += 1

    assert walked == Walker(journey).count() if EVERY_ROUTE else walked > 10
    assert _database() == before
    options = {str(option.id) for question in journey.questions for option in question.options}
    assert {address for address in crawler.addresses if _words_of(address) & options} == set()
    assert len(crawler.addresses) > len(journey.questions)  # so it did look
    _no_option_in_cookies_or_log(crawler, options, log)


def _no_option_in_cookies_or_log(crawler: _Crawler, options: set[str], log: pytest.LogCaptureFixture) -> None:
    assert set(crawler.client.cookies) <= {COOKIE, "csrftoken"}
    assert crawler.cookies & options == set()
    lines = {record.getMessage() for record in log.records}
    for line in lines:
        assert not any(f"'{option}'" in line or f"keuze={option}" in line for option in options), line


def test_how_many_routes_there_are() -> None:
    assert sum(Walker(journey).count() for journey in all_journeys()) == ROUTES
