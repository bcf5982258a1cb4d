"""Lists to tick, add up, write or take along. Whatever is filled in stays in the browser: there is no form to send."""

import re
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from buurt.residents.requests import CommunityRequest
from journeys import session
from journeys.fileformat.model import ListFile
from journeys.library import find_journey, find_list
from journeys.views.wording import words_for

BLANK = re.compile(r"\{\{([a-z0-9-]+)\}\}")


@never_cache
@require_GET
def show(request: CommunityRequest, list_id: str) -> HttpResponse:
    """Show a list; it can be printed as it is, and with JavaScript it adds up and fills in."""
    found = find_list(list_id, *words_for(request))
    if found is None:
        raise Http404
    visit = session.read(request)
    back = find_journey(visit.last)
    context = {"list": found, "letter": _letter(found), "back": back, "no_ask": visit.avoids_neighbours}
    return render(request, "journeys/list.html", context)


def _letter(found: ListFile) -> list[dict[str, Any]]:
    """Return the letter in pieces: words, and blanks with the label of what belongs there."""
    if found.text is None:
        return []
    labels = {str(blank.id): str(blank.label) for blank in found.fields}
    pieces = BLANK.split(str(found.text).rstrip())
    return [
        {"blank": piece, "label": labels[piece]} if number % 2 and piece in labels else {"words": piece}
        for number, piece in enumerate(pieces)
    ]
