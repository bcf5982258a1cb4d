"""Walking through a wegwijzer as a visitor does, and the routes that a test walks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import islice
from random import Random
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from journeys import session
from journeys.fileformat.evaluate import Given, all_routes, selections, visible_questions
from journeys.fileformat.model import Journey
from journeys.library import find_journey
from journeys.session import COOKIE

Route = Mapping[str, frozenset[str]]
# Up to here a file's routes are all listed; of a file with more a fixed draw is taken.
FEW = 2_000

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


def some_routes(journey: Journey, most: int) -> list[Route]:
    """Return at most so many routes, always the same: evenly spread over all of them, or a fixed draw from very many.

    The draw goes on until every option of every question was chosen once.
    """
    listed: list[Route] = list(islice(all_routes(journey), FEW + 1))
    if len(listed) <= FEW:
        return listed[:: max(1, -(-len(listed) // most))]
    lots = Random(str(journey.id))
    drawn = [_drawn(journey, lots) for _each in range(most)]
    missing = _all_options(journey) - _options(drawn)
    for _attempt in range(5_000):
        if not missing:
            break
        route = _drawn(journey, lots)
        if missing & _options([route]):
            drawn.append(route)
            missing -= _options([route])
    assert not missing, missing
    return drawn


def _drawn(journey: Journey, lots: Random) -> Route:
    chosen: dict[str, frozenset[str]] = {}
    for question in journey.questions:
        if question.is_asked(chosen):
            chosen[str(question.id)] = lots.choice(list(selections(question)))
    return chosen


def _all_options(journey: Journey) -> set[tuple[str, str]]:
    return {(str(question.id), str(option.id)) for question in journey.questions for option in question.options}


def _options(routes: Iterable[Route]) -> set[tuple[str, str]]:
    return {(question, option) for route in routes for question, options in route.items() for option in options}
