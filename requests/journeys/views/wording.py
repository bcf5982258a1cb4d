"""In which words a page speaks: the language of the page, and what the municipality changed."""

from django.http import Http404
from django.utils.translation import get_language

from buurt.residents.requests import CommunityRequest
from journeys.fileformat.model import Journey
from journeys.library import CORE_LANGUAGE, find_journey


def words_for(request: CommunityRequest) -> tuple[str, str]:
    """Return the language and the municipality of a page, as the library asks for them."""
    language = (get_language() or CORE_LANGUAGE).split("-")[0]
    return language, request.community.slug if request.community else ""


def journey_or_404(request: CommunityRequest, journey_id: str) -> Journey:
    """Return the wegwijzer of this address in the words of this page."""
    journey = find_journey(journey_id, *words_for(request))
    if journey is None:
        raise Http404
    return journey
