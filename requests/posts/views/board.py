"""The board and the page of one post: residents read words, visitors what is made from the fields."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from buurt.communities.languages import spoken_languages
from buurt.communities.models import Community
from buurt.residents.access import resident_of
from buurt.residents.models import Resident
from buurt.residents.requests import CommunityRequest
from posts import access
from posts.board import BoardFilters
from posts.models import Post
from posts.naming import title_for_everybody
from posts.panels import panels_for
from posts.views import shelf
from posts.views.cards import card_of, facts_of
from posts.wording import ground_rules_for


@never_cache
@require_GET
def board(request: CommunityRequest) -> HttpResponse:
    """List asks or offers that still look for somebody, with the choices beside them."""
    community = request.community
    if community is None:
        return redirect(f"{reverse('residents:choose_community')}?{urlencode({'next': request.get_full_path()})}")
    reader = reader_of(request, community)
    filters = shelf.filters_of(request)
    across = access.areas_across(reader, filters)
    counts = _counts(reader, community, filters, across)
    rows = access.board(viewer=reader, community=community, filters=filters, across=across)
    page = shelf.CountedPaginator(rows, shelf.PER_PAGE, count=counts[filters.kind]).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "cards": [card_of(post, reader=reader, now=now) for post in page.object_list],
        "page": page,
        "nav": "board",
        "reader": reader,
        "login_href": _login(request),
        **shelf.choices_of(filters, counts, community=community, reader=reader, across=bool(across)),
    }
    return unlisted(render(request, "posts/board.html", context))


@never_cache
@require_GET
def detail(request: CommunityRequest, public_id: str) -> HttpResponse:
    """Show one post to this reader, with what upper rooms add: answer it, see why it is shown."""
    resident = resident_of(request.user)
    post = access.post_for_reader(resident, request.community, public_id)
    reads = resident and (access.reads_words(resident, post.community) or access.may_meet_across(resident, post))
    reader = resident if reads else None
    mine = reader is not None and reader.pk == post.author_id
    context = {
        "post": post,
        "nav": "board",
        "reader": reader,
        "mine": mine,
        "own_words": reader is not None,
        "facts": facts_of(post, None if mine else reader),
        "rules": ground_rules_for(post.category, insurance_text=post.community.insurance_text),
        "languages": spoken_languages(post.author.languages) if reader else "",
        "actions": panels_for("actions", request, post) if reader and not mine else [],
        "aside": panels_for("aside", request, post) if reader and not mine else [],
        **_addresses(request, post),
        **_titles(post, reader),
    }
    return unlisted(render(request, "posts/detail.html", context))


def reader_of(request: CommunityRequest, community: Community) -> Resident | None:
    """Return the resident who may read people's words here; a guest from elsewhere reads as a visitor."""
    resident = resident_of(request.user)
    return resident if resident and access.reads_words(resident, community) else None


def _counts(
    reader: Resident | None, community: Community, filters: BoardFilters, across: Mapping[int, int]
) -> dict[str, int]:
    """Return how many asks and offers these choices leave, in one query; the page needs both anyway."""
    both = access.board(viewer=reader, community=community, filters=shelf.either_kind(filters), across=across)
    found = dict(both.order_by().values_list("kind").annotate(count=Count("pk")))
    return {kind: found.get(kind, 0) for kind in Post.Kind.values}


def _titles(post: Post, reader: Resident | None) -> dict[str, Any]:
    public = title_for_everybody(post)
    return {
        "title": post.title if reader else public,
        "public_title": public,
        "is_open": post.state == Post.State.OPEN and post.free_places > 0,  # type: ignore[attr-defined]
        "state_words": _state_words(post),
        "wait": card_of(post, reader=reader, now=timezone.now()).wait,
    }


def _state_words(post: Post) -> str:
    if post.state == Post.State.PAUSED:
        return _("Dit staat even stil. Misschien gaat het later verder.")
    if post.state == Post.State.EXPIRED:
        return _("De tijd hiervan is om.")
    if post.state == Post.State.OPEN:
        return _("Er is al iemand gevonden.")
    return _("Dit is al afgerond.")


def _addresses(request: CommunityRequest, post: Post) -> dict[str, Any]:
    """Return where the page leads to; what is shared carries kind and area only."""
    share = request.build_absolute_uri(reverse("posts:detail", args=[post.public_id]))
    title = title_for_everybody(post)
    return {
        "board_href": reverse("posts:board"),
        "status_href": reverse("posts:status", args=[post.public_id]),
        "report_href": reverse("moderation:report", args=["post", post.public_id]),
        "login_href": _login(request),
        "shareable": post.visibility == Post.Visibility.PUBLIC and post.state == Post.State.OPEN,
        "share_url": share,
        "mail_href": f"mailto:?subject={quote(title)}&body={quote(f'{title}: {share}')}",
    }


def _login(request: CommunityRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"


def unlisted(response: HttpResponse) -> HttpResponse:
    """Keep search engines out: what neighbours ask is for neighbours."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
