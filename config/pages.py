"""The front page and the footer's pages: thin, they only ask the rooms."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.i18n import set_language

from buurt.ledger.models import Heartbeat
from buurt.residents.access import resident_of
from buurt.residents.checks import privacy_rules
from buurt.residents.requests import CommunityRequest
from buurt.residents.services import choose_language
from config.demo.build import cast_here
from config.statement import statement_of
from posts import access
from posts.board import BoardFilters
from posts.forms import WordsForm
from posts.models import Post
from posts.views.cards import front_card
from posts.week import Week, week_of

SHOWN_ON_FRONT = 3


@require_GET
def front(request: CommunityRequest) -> HttpResponse:
    """Show the ask box, three doors, the street of this week and what neighbours ask now, as everybody may see it."""
    community, now = request.community, timezone.now()
    context: dict[str, object] = {"ask": WordsForm(kind=Post.Kind.ASK, community=community), "week": Week()}
    if community is not None:
        filters = BoardFilters(kind=Post.Kind.ASK, order="newest")
        newest = access.board(viewer=None, community=community, filters=filters)[:SHOWN_ON_FRONT]
        context["cards"] = [front_card(post, now=now) for post in newest]
        context["week"] = week_of(community, now=now)
    return render(request, "pages/front.html", context)


@require_GET
def call(request: HttpRequest) -> HttpResponse:
    """Show whom to call, for those who would rather speak to somebody."""
    return render(request, "pages/call.html")


@require_GET
def house_rules(request: HttpRequest) -> HttpResponse:
    """Show the house rules."""
    return render(request, "pages/house_rules.html")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about people, how long, and why."""
    rules = privacy_rules()["rules"].values()
    return render(request, "pages/privacy.html", {"retention": [rule for rule in rules if rule["what"]]})


@require_GET
def accessibility(request: CommunityRequest) -> HttpResponse:
    """Show the accessibility statement: the community's own, or the one that ships."""
    statement = statement_of(request.community)
    contact = statement.contact or (request.community.email if request.community else "")
    return render(request, "pages/accessibility.html", {"statement": statement, "contact": contact})


@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    """Show how to reach the people behind the platform."""
    return render(request, "pages/contact.html")


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Show the demo's logins; only in demo mode."""
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "pages/demo.html", {"people": cast_here()})


def language(request: CommunityRequest) -> HttpResponseBase:
    """Keep the language chosen: on this device in a cookie, and with the resident, whose mails then come in it.

    Django's own view takes only a POST, and goes back to a page of ours only.
    """
    resident = resident_of(request.user)
    if request.method == "POST" and resident is not None:
        choose_language(by=resident, language=request.POST.get("language", ""))
    return set_language(request)


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return JsonResponse({"ok": True})


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database, Redis and the clock are there; 503 when not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    edge = timezone.now() - timedelta(minutes=2)
    clock = Heartbeat.objects.filter(name="clock", beat_at__gte=edge).exists()
    return JsonResponse({"database": True, "clock": clock}, status=200 if clock else 503)
