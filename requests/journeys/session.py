"""What a visitor chose, for an hour, in the cache: under a random key that only a cookie of its own knows.

Never in the database, the log-in session, an address or a log line. The cookie holds the key and no answers.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from journeys.library import find_journey
from journeys.progress import Progress, avoids_neighbours

COOKIE = "wegwijzer"
# The cookie goes to the pages that need it only.
COOKIE_PATH = "/wegwijzer"
SECONDS = 60 * 60
LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's hour: per wegwijzer how far they are, the last one, and whether they read it together.

    `luggage` are the answers that came along to a wegwijzer that has not been begun.
    """

    key: str = ""
    journeys: Mapping[str, Progress] = field(default_factory=dict)
    luggage: Mapping[str, Progress] = field(default_factory=dict)
    last: str = ""
    together: bool = False
    # Four digits, if they were given.
    postcode: str = ""

    def progress(self, journey_id: str) -> Progress | None:
        """Return how far somebody is in a wegwijzer; None when they have not begun."""
        return self.journeys.get(journey_id)

    def with_progress(self, journey_id: str, progress: Progress) -> Visit:
        """Return the visit with this progress; the wegwijzer becomes the last one."""
        luggage = {name: carried for name, carried in self.luggage.items() if name != journey_id}
        return replace(self, journeys={**self.journeys, journey_id: progress}, luggage=luggage, last=journey_id)

    def with_luggage(self, journey_id: str, choices: Mapping[str, frozenset[str]]) -> Visit:
        """Return the visit with answers on their way to another wegwijzer."""
        return replace(self, luggage={**self.luggage, journey_id: Progress(choices)})

    @property
    def avoids_neighbours(self) -> bool:
        """Say whether an answer in any wegwijzer forbids open asks. Then no page of the wegwijzers offers one."""
        return any(
            avoids_neighbours(journey, progress)
            for name, progress in self.journeys.items()
            if (journey := find_journey(name)) is not None
        )


def read(request: HttpRequest) -> Visit:
    """Return the visit that the cookie names; an empty one when there is none (any more)."""
    key = request.COOKIES.get(COOKIE, "")
    if not key or len(key) > LONGEST_KEY:
        return Visit()
    kept = cache.get(_place(key))
    if not isinstance(kept, dict):
        return Visit()
    return Visit(
        key,
        _read(kept["journeys"]),
        _read(kept["luggage"]),
        str(kept["last"]),
        bool(kept["together"]),
        str(kept.get("postcode", "")),
    )


def begin(visit: Visit) -> Visit:
    """Return the visit under a new key, and forget the old one: a key that somebody planted is worth nothing."""
    if visit.key:
        cache.delete(_place(visit.key))
    return replace(visit, key=secrets.token_urlsafe(32))


def keep(visit: Visit, response: HttpResponse) -> None:
    """Keep the visit for an hour from now, and let the browser know its key until it closes."""
    kept = {
        "journeys": {name: progress.to_json() for name, progress in visit.journeys.items()},
        "luggage": {name: progress.to_json() for name, progress in visit.luggage.items()},
        "last": visit.last,
        "together": visit.together,
        "postcode": visit.postcode,
    }
    cache.set(_place(visit.key), kept, SECONDS)
    response.set_cookie(
        COOKIE,
        visit.key,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Throw away everything that was chosen, here and in the browser."""
    key = request.COOKIES.get(COOKIE, "")
    if key:
        cache.delete(_place(key))
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")


def _read(kept: dict[str, object]) -> dict[str, Progress]:
    return {str(name): Progress.from_json(progress) for name, progress in kept.items()}


def _place(key: str) -> str:
    """Return where the cache keeps it; who can list the cache's keys cannot use them as cookies."""
    return f"journeys:visit:{sha256(key.encode()).hexdigest()}"
