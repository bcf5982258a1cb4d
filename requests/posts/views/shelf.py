"""Around the list on the board: tabs, categories, search, order, and how many there are."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurt.communities.categories import CATEGORY_ICONS, Category
from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.board import BoardFilters
from posts.forms import BoardForm
from posts.models import Post

PER_PAGE = 20


class CountedPaginator(Paginator):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A paginator that was told how many rows there are, so that it does not ask again."""

    def __init__(self, rows: QuerySet[Post], per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


def filters_of(request: HttpRequest) -> BoardFilters:
    """Return what somebody chose; without a choice of kind the board shows asks."""
    filters = BoardFilters.from_query(request.GET)
    return filters if filters.kind else replace(filters, kind=Post.Kind.ASK)


def either_kind(filters: BoardFilters) -> BoardFilters:
    """Return the same choices for asks and offers together."""
    return replace(filters, kind="")


def choices_of(
    filters: BoardFilters,
    counts: dict[str, int],
    *,
    community: Community,
    reader: Resident | None,
    across: bool = False,
) -> dict[str, Any]:
    """Return everything around the list, each choice with the address that keeps the others."""
    form = BoardForm(filters=filters, areas=list(community.areas.all()), with_distance=bool(reader and reader.cell))
    offers = filters.kind == Post.Kind.OFFER
    newest = filters.order == "newest"
    filtered = not either_kind(filters).is_empty
    return {
        "form": form,
        "kept": form.kept(),
        "offers": offers,
        "newest": newest,
        "tabs": _tabs(filters, counts),
        "chips": chips(filters, community),
        "summary": _summary(counts, community.name, filtered=filtered, across=across),
        "narrowed": bool(filters.area or filters.band),
        "filtered": filtered,
        "all_href": _address(BoardFilters(kind=filters.kind)),
        "order_href": _address(replace(filters, order="longest" if newest else "newest")),
        "ask_href": reverse("posts:ask"),
        "offer_href": reverse("posts:offer"),
        "helping_href": reverse("matching:helping"),
        "map_href": _address(filters).replace(reverse("posts:board"), reverse("posts:map"), 1),
    }


def _address(filters: BoardFilters) -> str:
    # Asks are what the board opens with; its address stays short.
    query = filters.to_query(kind="" if filters.kind == Post.Kind.ASK else filters.kind)
    return f"{reverse('posts:board')}?{query}" if query else reverse("posts:board")


def _tabs(filters: BoardFilters, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {Post.Kind.ASK: _("Buren vragen"), Post.Kind.OFFER: _("Buren bieden aan")}
    return [
        {
            "href": _address(replace(filters, kind=kind)),
            "label": label,
            "count": counts[kind],
            "current": filters.kind == kind,
        }
        for kind, label in labels.items()
    ]


def chips(filters: BoardFilters, community: Community) -> list[dict[str, Any]]:
    everything = {
        "href": _address(replace(filters, category="")),
        "label": _("Alles"),
        "icon": "layout-grid",
        "current": not filters.category,
    }
    kinds = [
        {
            "href": _address(replace(filters, category=slug)),
            "label": label,
            "icon": CATEGORY_ICONS[slug],
            "current": filters.category == slug,
        }
        for slug, label in Category.choices
        if slug not in community.categories_off
    ]
    return [everything, *kinds]


def _summary(counts: dict[str, int], town: str, *, filtered: bool, across: bool) -> str:
    asks, offers = counts[Post.Kind.ASK], counts[Post.Kind.OFFER]
    values = {
        "asks": ngettext("%(count)s vraag", "%(count)s vragen", asks) % {"count": asks},
        "offers": ngettext("%(count)s keer aanbod", "%(count)s keer aanbod", offers) % {"count": offers},
        "town": _("%(town)s en net over de grens") % {"town": town} if across else town,
    }
    if filtered:
        return _("Met jouw keuzes: %(asks)s en %(offers)s in %(town)s") % values
    return _("%(asks)s en %(offers)s in %(town)s") % values
