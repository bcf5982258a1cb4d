"""Buurt on a home screen: the manifest, its pictures, the service worker and the page for when the line is gone.

The browser keeps these without a log-in and may show them to whoever holds the telephone, so nothing in them is about a
person: `in` (the community) and `taal` in the address say what they depend on, and a cookie never does.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from buurt.communities.app_icon import SIZES, app_icon, theme_colours
from buurt.communities.models import Community
from buurt.communities.themes.addresses import sheet_address

DAY = 86_400
# What the page for "no line" is made of; all else comes from the network or not at all.
SHELL = ("buurt.css", "icons.svg", "icon.svg", "js/app.js")

View = Callable[[HttpRequest, Community | None], HttpResponse]


def _for_everybody(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Call the view with the community and in the language that the address names; the person does not matter."""

    @wraps(view)
    def by_address(request: HttpRequest) -> HttpResponse:
        _forget_cookies(request)
        slug, language = request.GET.get("in", ""), request.GET.get("taal", "")
        community = Community.objects.filter(slug=slug[:50]).first() if slug and "\0" not in slug else None
        known = {*dict(settings.LANGUAGES), settings.FORMAL_LANGUAGE_CODE}
        language = language if language in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = view(request, community)
        response["Content-Language"] = language.partition("-")[0]
        return response

    return require_safe(by_address)


def _forget_cookies(request: HttpRequest) -> None:
    """Answer as to a stranger, and leave the cookies as they are.

    A browser asks for these in the background, also while somebody logs in. With the cookie from before the log-in
    Django would answer "this session is gone, drop the cookie", and throw away the one that had just been given.
    """
    request.COOKIES = {}


def query_for(community: Community | None) -> str:
    """Return what comes behind "?" in the addresses below: the community and the language of this page."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return urlencode({"in": community.slug if community else "", "taal": language})


@_for_everybody
def manifest(request: HttpRequest, community: Community | None) -> HttpResponse:
    """Say how Buurt stands on a home screen (W3C Web App Manifest)."""
    colours, query = theme_colours(community), query_for(community)
    called = (community.site_name if community else "") or "Buurt"
    pictures = [(192, ""), (512, ""), (512, "maskable")]
    found = {
        "id": "/",
        "name": f"{called} {community.name}" if community else called,
        "short_name": called,
        "description": _("Hulp uit de buurt. Vraag het gewoon."),
        "lang": (translation.get_language() or settings.LANGUAGE_CODE).partition("-")[0],
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "start_url": reverse("pages:front"),
        "scope": "/",
        "display": "standalone",
        "background_color": colours["paper"],
        "theme_color": colours["brand"],
        "categories": ["social", "lifestyle"],
        "icons": [
            {
                "src": f"{reverse('pages:app_icon', args=[size])}?{query}" + (f"&voor={purpose}" if purpose else ""),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose or "any",
            }
            for size, purpose in pictures
        ],
        "shortcuts": [
            {"name": _("Vraag hulp"), "url": reverse("posts:ask")},
            {"name": _("Gesprekken"), "url": reverse("chat:list")},
            {"name": _("Helpen"), "url": reverse("matching:helping")},
            {"name": _("Prikbord"), "url": reverse("posts:board")},
        ],
    }
    response = JsonResponse(found, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    return cache_control(public=True, max_age=DAY)(lambda _request: response)(request)


@require_safe
@cache_control(public=True, max_age=DAY)
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """Draw the picture for a home screen in the colours of the community."""
    _forget_cookies(request)
    if size not in SIZES:
        raise Http404
    slug = request.GET.get("in", "")[:50].replace("\0", "")
    colours = theme_colours(Community.objects.filter(slug=slug).first())
    return HttpResponse(app_icon(colours, size, masked=request.GET.get("voor") == "maskable"), content_type="image/png")


@_for_everybody
def offline(request: HttpRequest, community: Community | None) -> HttpResponse:
    """Show what somebody can still do without a line; the service worker keeps this page on the telephone."""
    return HttpResponse(_offline_page(community))


def _offline_page(community: Community | None) -> str:
    # Without the request: no name, no token and no cookie can get into it.
    return render_to_string("pages/offline.html", {"community": community})


@_for_everybody
def service_worker(request: HttpRequest, community: Community | None) -> HttpResponse:
    """Give the service worker, with the addresses of the files it keeps; another file gives another version of it."""
    query = query_for(community)
    files = [f"{reverse('pages:offline')}?{query}", *(static(name) for name in SHELL)]
    if theme := sheet_address(community):
        files.append(theme)
    version = hashlib.sha256("\n".join([*files, _offline_page(community)]).encode()).hexdigest()[:12]
    context = {
        "offline": files[0],
        "files": files,
        "version": version,
        "icon": f"{reverse('pages:app_icon', args=[192])}?{query}",
    }
    response = render(request, "pages/sw.js", context, content_type="text/javascript; charset=utf-8")
    # Asked for again each time, so that a mistake in it is mended at the next visit.
    response["Cache-Control"] = "no-cache"
    return response
