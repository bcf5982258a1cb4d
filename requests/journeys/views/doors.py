"""The ways in and out: the ten life events, the deep link to an ask, the quick way off the page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from buurt.communities.categories import Category
from buurt.residents.requests import CommunityRequest
from journeys import session
from journeys.library import all_journeys
from journeys.views.wording import words_for

# A page that everybody opens now and then, and that says nothing about where somebody was.
NEUTRAL = "https://www.buienradar.nl/"


@never_cache
@require_GET
def index(request: CommunityRequest) -> HttpResponse:
    """Show the life events to choose from, and whom to speak to for who would rather not choose."""
    context = {"journeys": all_journeys(*words_for(request)), "cleared": "gewist" in request.GET}
    return render(request, "journeys/index.html", {**context, "no_ask": session.read(request).avoids_neighbours})


@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the answers and be off to a neutral page. A GET: it must work from a link, and can only take away."""
    response = HttpResponseRedirect(NEUTRAL)
    response["Referrer-Policy"] = "no-referrer"
    session.forget(request, response)
    return response


@never_cache
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Forget the answers and stay."""
    response = HttpResponseRedirect(f"{reverse('journeys:index')}?gewist")
    session.forget(request, response)
    return response


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Lead a link on another site to the ask form, with the kind of help if it is one of ours."""
    kind = request.GET.get("soort", "")
    if kind not in Category.values:
        return redirect("posts:ask")
    return redirect(f"{reverse('posts:ask')}?{urlencode({'soort': kind})}")
