"""Which community a request belongs to, in which language it is answered, and the second factor that staff need."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from buurt.communities.access import community_of_host
from buurt.communities.languages import catalogue_for
from buurt.communities.models import Community
from buurt.residents.access import resident_of
from buurt.residents.models import Resident
from buurt.residents.roles import has_second_factor, roles_of
from buurt.residents.services import note_seen

Next = Callable[[HttpRequest], HttpResponse]

SECONDS_REMEMBERED = 60
# Where a visitor's choice lives: in the session, and only when they chose.
CHOICE_KEY = "community"
# What staff may reach while they have no second factor: setting one up, and leaving.
OPEN_TO_ALL_STAFF = frozenset(
    {"account_logout", "account_reauthenticate", "link_app", "add_passkey", "language", "healthz", "readyz"}
)


class ResidentsCommunityMiddleware:
    """Sets `request.community` and `request.role_names`.

    The community is the resident's own; else the one of the host name, the one a visitor chose, the only one there is;
    else None (then pages lead to the chooser).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the community and the roles in it, then go on."""
        resident = resident_of(request.user)
        held = roles_of(resident) if resident else []
        community = self._community(request, resident, held)
        setattr(request, "community", community)  # noqa: B010 - HttpRequest does not know it
        here = community.pk if community else None
        names = frozenset(name for community_id, name in held if community_id == here)
        setattr(request, "role_names", names)  # noqa: B010
        setattr(request, "is_staff_anywhere", bool(held))  # noqa: B010
        if resident is not None:
            note_seen(resident)
        response = self.get_response(request)
        if resident is not None and not response.has_header("Cache-Control"):
            # A shared tablet: nothing of a person stays behind the Back button.
            add_never_cache_headers(response)
        return response

    def _community(
        self, request: HttpRequest, resident: Resident | None, held: list[tuple[int, str]]
    ) -> Community | None:
        if resident is not None and resident.community is not None:
            return resident.community
        if held:  # staff who live elsewhere, or said nothing about where they live
            return community_by_id(held[0][0])
        by_host = community_by_host(request.get_host())
        if by_host is not None:
            return by_host
        chosen = request.session.get(CHOICE_KEY)
        return community_by_id(chosen) if chosen else only_community()


class LanguageMiddleware:
    """Answers in the language of the reader.

    The one chosen on this device; else the one the resident keeps; else the browser's; else Dutch. Only languages that
    the community switched on count. Django's own middleware has looked before a community was known; this one knows.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak that language for the rest of the request, and say which it is, without our private "u"."""
        language = catalogue_for(_wanted_languages(request), getattr(request, "community", None))
        translation.activate(language)
        setattr(request, "LANGUAGE_CODE", language)  # noqa: B010
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language.partition("-")[0])
        return response


def _wanted_languages(request: HttpRequest) -> Iterator[str]:
    """Give the languages this reader might want, the best first."""
    yield request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    resident = resident_of(request.user)
    if resident is not None:
        yield resident.language
    for code, _weight in parse_accept_lang_header(request.headers.get("accept-language", "")):
        yield code.partition("-")[0]


class SecondFactorMiddleware:
    """Holds back staff without a second factor until they have set one up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let residents through; send staff without a second factor to set it up."""
        resident = resident_of(request.user)
        if (
            resident is None
            or not getattr(request, "is_staff_anywhere", False)
            or _may_pass(request.path_info)
            or has_second_factor(resident)
        ):
            return self.get_response(request)
        return redirect(reverse("mfa_index"))


def _may_pass(path: str) -> bool:
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        return True
    return name.startswith("mfa_") or name in OPEN_TO_ALL_STAFF


def community_by_host(host: str) -> Community | None:
    """Return the community that this host name leads to, or None."""
    return _remembered(f"host:{host.lower()}", lambda: community_of_host(host))


def community_by_id(pk: int) -> Community | None:
    """Return this community, or None when it is gone."""
    return _remembered(f"id:{pk}", lambda: Community.objects.filter(pk=pk).first())


def only_community() -> Community | None:
    """Return the community when the installation has just one, else None."""

    def find() -> Community | None:
        first = list(Community.objects.order_by("pk")[:2])
        return first[0] if len(first) == 1 else None

    return _remembered("only", find)


def _remembered(key: str, find: Callable[[], Community | None]) -> Community | None:
    """Ask the database once a minute; "there is none" is remembered too."""
    full = f"residents:community:{key}"
    kept = cache.get(full)
    if kept is None:
        kept = (find(),)
        cache.set(full, kept, SECONDS_REMEMBERED)
    found: Community | None = kept[0]
    return found
