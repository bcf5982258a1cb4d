"""The board with a map above it; the same choices, and always the list below."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from buurt.communities.hexmap import HexMap
from buurt.communities.languages import comma_list
from buurt.communities.models import Community, CommunityPostcode
from buurt.residents.requests import CommunityRequest
from posts import access
from posts.boardmap import MOST_ROWS, Group, groups_of
from posts.maplabels import NUMBER, box_of, name_spots, number_spots
from posts.models import Post
from posts.views import shelf
from posts.views.board import reader_of, unlisted
from posts.views.cards import card_of


@never_cache
@require_GET
def board_map(request: CommunityRequest) -> HttpResponse:
    """Show in which cells neighbours ask or offer, and below it the list, of one cell when one is chosen."""
    community = request.community
    if community is None:
        return redirect(f"{reverse('residents:choose_community')}?{urlencode({'next': request.get_full_path()})}")
    reader = reader_of(request, community)
    filters = shelf.filters_of(request)
    across = access.areas_across(reader, filters)
    rows = access.board(viewer=reader, community=community, filters=filters, across=across)
    places = list(rows.order_by().values_list("cell", "area__name")[:MOST_ROWS])
    groups, elsewhere = groups_of(places)
    chosen = next((group for group in groups if group.key == request.GET.get("vak")), None)
    listed = rows.filter(cell__in=chosen.cells) if chosen else rows
    number = chosen.count if chosen else len(places)
    page = shelf.CountedPaginator(listed, shelf.PER_PAGE, count=number).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "cards": [card_of(post, reader=reader, now=now) for post in page.object_list],
        "page": page,
        "nav": "board",
        "offers": filters.kind == Post.Kind.OFFER,
        "chosen": chosen,
        "chosen_words": _words(chosen, offers=filters.kind == Post.Kind.OFFER) if chosen else "",
        "all_href": _address(request.GET, None),
        "list_href": f"{reverse('posts:board')}?{filters.to_query()}",
        "chips": [_to_map(chip) for chip in shelf.chips(filters, community)],
        "sheet": _sheet(request.GET, community, groups, chosen, offers=filters.kind == Post.Kind.OFFER),
        "elsewhere": elsewhere,
    }
    response = unlisted(render(request, "posts/map.html", context))
    if settings.MAP_TILES:
        # Only this page may fetch pictures from the map service, and only where a municipality switched it on.
        setattr(response, "_csp_update", {"img-src": [settings.MAP_TILES_ORIGIN]})  # noqa: B010 - django-csp reads it
    return response


def _sheet(
    query: QueryDict, community: Community, groups: list[Group], chosen: Group | None, *, offers: bool
) -> dict[str, Any] | None:
    """Return what the drawing needs, or None for a community without places."""
    ground: dict[str, list[int]] = {}
    places = CommunityPostcode.objects.filter(community=community).select_related("area")
    for place in places.order_by("area__order", "digits"):
        ground.setdefault(place.area.name, []).append(place.cell)
    every = {cell for cells in ground.values() for cell in cells}
    if not every:
        return None
    sheet = HexMap({*every, *(group.cell for group in groups)})
    spots = number_spots(sheet, groups)
    taken = [box_of(str(group.count), spot, NUMBER) for group, spot in zip(groups, spots, strict=True)]
    return {
        "width": sheet.width,
        "height": sheet.height,
        "tiles": sheet.tiles(settings.MAP_TILES) if settings.MAP_TILES else [],
        "credit": settings.MAP_CREDIT if settings.MAP_TILES else "",
        "ground": [sheet.points(cell) for cell in sorted(every)],
        "names": [(name, *spot) for name, spot in name_spots(sheet, ground, taken)],
        "groups": [
            {
                "points": sheet.points(group.cell),
                "middle": spot,
                "count": group.count,
                "words": _words(group, offers=offers),
                "href": _address(query, group),
                "current": group == chosen,
            }
            for group, spot in zip(groups, spots, strict=True)
        ],
    }


def _words(group: Group, *, offers: bool) -> str:
    values = {"count": group.count, "areas": _listed(group.areas)}
    if offers:
        return ngettext("%(count)s aanbod in %(areas)s", "%(count)s keer aanbod in %(areas)s", group.count) % values
    return ngettext("%(count)s vraag in %(areas)s", "%(count)s vragen in %(areas)s", group.count) % values


def _listed(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s en %(last)s") % {"first": comma_list(names[:-1]), "last": names[-1]}


def _address(query: QueryDict, group: Group | None) -> str:
    asked = query.copy()
    asked.pop("page", None)
    asked.pop("vak", None)
    if group is not None:
        asked["vak"] = group.key
    there = reverse("posts:map") + (f"?{asked.urlencode()}" if asked else "")
    return f"{there}#lijst" if group is not None else there


def _to_map(chip: dict[str, Any]) -> dict[str, Any]:
    return {**chip, "href": chip["href"].replace(reverse("posts:board"), reverse("posts:map"), 1)}
