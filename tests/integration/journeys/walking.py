"""Walking through a wegwijzer as a visitor does, and the routes that a test walks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from random import Random
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from journeys import session
from journeys.fileformat.evaluate import Given, all_routes, shown_answers, visible_questions
from journeys.fileformat.model import Condition, Journey
from journeys.library import find_journey
from journeys.session import COOKIE

Route = Mapping[str, frozenset[str]]

# A pile of post and no debts; and somebody who is not sure of being safe.
LIGHT = {"dreigt": {"nee"}, "overzicht": {"half"}, "post": {"stapel"}, "achter": {"nee"}, "speelt": {"niets"}}
LEAVING = {"veilig": {"twijfel"}, "fase": {"denk"}, "kinderen": {"nee"}, "zorgen": {"geld"}, "dreigt": {"nee"}}


def journey(name: str) -> Journey:
    """Return an adopted wegwijzer."""
    found = find_journey(name)
    assert found is not None
    return found


def kept(client: Client) -> dict[str, Any]:
    """Return what the cache keeps of this visitor."""
    found: dict[str, Any] = cache.get(session._place(client.cookies[COOKIE].value))
    return found


def begin(client: Client, journey_id: str, **sent: object) -> str:
    """Press "Begin" and return where it leads."""
    response = client.post(f"/wegwijzer/{journey_id}", sent)
    assert response.status_code == 302, response.content.decode()[:500]
    return response["Location"]


def answer(client: Client, address: str, question: str, options: Iterable[str]) -> HttpResponse:
    """Send the answer to one question."""
    response: HttpResponse = client.post(address, {"vraag": question, "keuze": sorted(options)})  # type: ignore[assignment]
    return response


def walk(client: Client, journey: Journey, given: Given, **sent: object) -> str:
    """Answer every question that is asked, and return the address of the result."""
    at = begin(client, str(journey.id), **sent)
    asked = visible_questions(journey, given)
    for _step in range(len(asked) + 1):
        if at.endswith("/uitkomst"):
            return at
        question = str(asked[int(at.rsplit("/", 1)[1]) - 1].id)
        at = answer(client, at, question, given[question])["Location"]
    raise AssertionError("the questions never end")


def main_of(response: object) -> str:
    """Return the main part of a page, as text with its entities read."""
    html = unescape(response.content.decode())  # type: ignore[attr-defined]
    return html[html.index("<main") : html.index("</main>")]


def links_of(html: str) -> list[str]:
    """Return every address that the page leads to."""
    return [unescape(found) for found in re.findall(r'(?:href|action)="([^"]+)"', html)]


def routes_to_every_card(journey: Journey) -> list[Route]:
    """Return routes that together meet every card in every form it has, every option, and every set of questions."""
    asks = {str(answer.id): _asked_about(answer.condition) for answer in journey.answers}
    routes = list(all_routes(journey))
    Random(str(journey.id)).shuffle(routes)
    met = [(route, _met(journey, route, asks)) for route in routes]
    met.sort(key=lambda each: -len(each[1]))
    seen: set[object] = set()
    chosen: list[Route] = []
    for route, things in met:
        if things - seen:
            chosen.append(route)
            seen |= things
    return chosen


def _asked_about(condition: Condition | None) -> dict[str, set[str]]:
    """Return per question the options that a condition asks about."""
    found: dict[str, set[str]] = {}
    for clause in condition.clauses if condition else ():
        for pick in (*clause.picks, *clause.unless):
            found.setdefault(str(pick.question), set()).update(map(str, pick.options))
    return found


def _met(journey: Journey, route: Route, asks: Mapping[str, Mapping[str, set[str]]]) -> set[object]:
    """Return what a route meets: cards with the choices that made them show, options, and the questions asked."""
    zone = journey.no_neighbour
    safe = zone is None or not zone.condition.holds(dict(route))
    met: set[object] = {("asked", *route)}
    met |= {(question, option) for question, options in route.items() for option in options}
    for answer in shown_answers(journey, dict(route)):
        hits = [route.get(question, frozenset()) & options for question, options in asks[str(answer.id)].items()]
        met.add((str(answer.id), safe, *map(frozenset, hits)))
    return met
