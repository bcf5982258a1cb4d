"""The style sheets and logos of communities: small files under an address that carries their version."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from buurt.communities.models import HouseStyle
from buurt.communities.themes.shelf import shelved

FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=60"
LOGO_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


def _file(content: str | bytes, kind: str, *, current: bool) -> HttpResponse:
    """Return a file that a browser keeps; under an old address it gets today's version, and keeps that briefly."""
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": FOR_EVER if current else BRIEFLY})


@require_GET
def shelf_sheet(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """Serve a theme that ships or was dropped in the folder."""
    found = shelved(key)
    if found is None:
        raise Http404
    return _file(found.sheet, "text/css; charset=utf-8", current=version == found.version)


@require_GET
def own_sheet(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Serve the theme that a community's manager uploaded."""
    style = HouseStyle.objects.select_related("community").filter(community__slug=slug).exclude(sheet="").first()
    if style is None:
        raise Http404
    return _file(style.sheet, "text/css; charset=utf-8", current=version == style.community.theme_version)


# Opened by itself, a drawing may load and run nothing at all.
NOTHING = {"default-src": [NONE], "script-src": [NONE], "style-src": [NONE], "img-src": [NONE], "sandbox": True}


@csp_replace(NOTHING)  # type: ignore[arg-type]
@require_GET
def logo(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Serve the logo that a community's manager uploaded."""
    style = HouseStyle.objects.select_related("community").filter(community__slug=slug, logo__isnull=False).first()
    if style is None or style.community.logo_kind not in LOGO_TYPES or style.logo is None:
        raise Http404
    kind = LOGO_TYPES[style.community.logo_kind]
    return _file(bytes(style.logo), kind, current=version == style.community.logo_version)
