"""For other portals: a card "hulp bij jou in de buurt" to frame, without scripts, cookies or anybody's data."""

from urllib.parse import urlencode

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from buurt.communities.categories import Category
from buurt.residents.requests import CommunityRequest
from journeys.library import find_journey
from journeys.views.wording import words_for

AN_HOUR = 3600
# May stand in a frame anywhere, and can do nothing there but show itself.
FRAMED = {
    **{name: [NONE] for name in ("script-src", "connect-src", "worker-src", "manifest-src", "font-src", "form-action")},
    "frame-ancestors": ["*"],
}


@require_GET
@xframe_options_exempt
@csp_replace(FRAMED)  # type: ignore[arg-type]
@cache_control(public=True, max_age=AN_HOUR)
@vary_on_headers("Host", "Accept-Language")
def card(request: CommunityRequest) -> HttpResponse:
    """Show the card; `?soort=` names a kind of help and `?wegwijzer=` a life event, what is not ours is left out.

    Beside a life event in which somebody may not be safe at home no open ask is offered.
    """
    kind = request.GET.get("soort", "")
    off = request.community.categories_off if request.community else []
    kind = kind if kind in Category.values and kind not in off else ""
    journey = find_journey(request.GET.get("wegwijzer", ""), *words_for(request))
    ask = reverse("journeys:ask")
    context = {
        "journey": journey,
        "kind": str(Category(kind).label).lower() if kind else "",
        "ask_href": "" if journey and journey.no_neighbour else f"{ask}?{urlencode({'soort': kind})}" if kind else ask,
    }
    return render(request, "journeys/portal_card.html", context)
