"""The way back: words in an ask that a neighbour alone cannot answer lead to the wegwijzer that can.

The words are read and forgotten. What goes along is the name of a sign in a form, never an answer in an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from buurt.ledger.clocks import span
from journeys.library import CORE_LANGUAGE, find_journey
from posts.models import Post
from posts.panels import register_panel
from posts.signposts import register_signpost


@dataclass(frozen=True, slots=True)
class Sign:
    """Words (a pattern over lower case), the wegwijzer they point to, and the answers they fill in there."""

    name: str
    words: re.Pattern[str]
    journey_id: str
    choices: Mapping[str, str]


def _sign(name: str, words: str, journey_id: str, **choices: str) -> Sign:
    return Sign(name, re.compile(rf"\b(?:{words})"), journey_id, choices)


# The first that fits counts: what cannot wait stands on top.
SIGNS = (
    _sign("huis", r"ontruim|uitgezet|uit (?:mijn|ons) huis gezet|uithuiszetting|evict", "geld-en-post", dreigt="spoed"),
    _sign("stroom", r"(?:stroom|gas|water|energie)\b.{0,40}\bafgeslot|(?:stroom|gas|water|energie)\b.{0,40}\bafsluit"
          r"|afsluit\w*.{0,40}\b(?:stroom|gas|water|energie)\b"
          r"|(?:electricity|power|gas|water|energy)\b.{0,40}\bcut off"
          r"|cut(?:ting)? off.{0,40}\b(?:electricity|power|gas|water)\b",
          "geld-en-post", dreigt="spoed"),
    _sign("beslag", r"deurwaarder|loonbeslag|beslag (?:op|gelegd)|bailiff", "geld-en-post", dreigt="beslag"),
    _sign("schulden", r"schulden|incasso|aanmaning|(?:betalings|huur)achterstand|debts?\b|in arrears|unpaid bills",
          "geld-en-post", achter="veel"),
    _sign("rouw", r"overleden|uitvaart|begrafenis|weduwe|weduwnaar|in de rouw|gestorven|funeral|passed away|widow"
          r"|(?:husband|wife|partner|mother|father|child|son|daughter|brother|sister) (?:has )?died",
          "iemand-overleden"),
    _sign("baby", r"pasgeboren|net bevallen|kraamtijd|kraambed|newborn|just given birth", "kind-erbij", fase="net"),
    _sign("zwanger", r"zwanger|pregnan", "kind-erbij"),
    _sign("scheiding", r"scheiding|scheiden|gescheiden|uit elkaar|divorc", "uit-elkaar-gaan"),
    _sign("ontslag", r"ontslag|ontslagen|werkloos|baan kwijt|lost (?:my|his|her) job|unemployed", "baan-kwijt"),
)  # fmt: skip
# An ask that nobody took up for so long.
LONG_OPEN_HOURS = 24


def sign_in(text: str) -> Sign | None:
    """Return the most pressing sign in a text."""
    lowered = " ".join(text.lower().split())
    return next((sign for sign in SIGNS if sign.words.search(lowered)), None)


def choices_of(name: str, journey_id: str) -> dict[str, frozenset[str]]:
    """Return what the sign of this name fills in at a wegwijzer; nothing for a name that is not ours."""
    for sign in SIGNS:
        if sign.name == name and sign.journey_id == journey_id:
            return {question: frozenset({option}) for question, option in sign.choices.items()}
    return {}


def signpost(request: HttpRequest, text: str) -> str:
    """Return the notice beside an ask, or ""."""
    sign = sign_in(text)
    journey = find_journey(sign.journey_id, (get_language() or CORE_LANGUAGE).split("-")[0]) if sign else None
    if sign is None or journey is None:
        return ""
    return render_to_string("journeys/signpost.html", {"sign": sign, "journey": journey}, request)


def status_panel(request: HttpRequest, post: Post) -> str:
    """Return the notice for an ask that found nobody, or ""."""
    waiting = post.state in {Post.State.OPEN, Post.State.EXPIRED} and post.published_at is not None
    if not post.is_ask or not waiting or post.hidden_at or post.slots.filter(taken__gt=0).exists():
        return ""
    if post.published_at is None or timezone.now() - post.published_at < span(hours=LONG_OPEN_HOURS):
        return ""
    return signpost(request, f"{post.title} {post.text}")


def register() -> None:
    """Tell the posts where their words may point."""
    register_signpost(signpost)
    register_panel("status", status_panel, order=60)
