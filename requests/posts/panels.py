"""Parts of a post's page that belong to upper rooms: the state of the search, a chat button. They register here."""

from collections.abc import Callable

from django.http import HttpRequest

from posts.models import Post

# Where a panel stands: "status" in "Zo staat het ervoor", "actions" under a post for a reader, "aside" beside it.
Panel = Callable[[HttpRequest, Post], str]
_panels: dict[str, list[tuple[int, Panel]]] = {}


def register_panel(place: str, panel: Panel, *, order: int = 50) -> None:
    """Add a panel to a place; it returns safe HTML or "". Called in an app's ready(). Lower order comes first."""
    _panels.setdefault(place, []).append((order, panel))


def panels_for(place: str, request: HttpRequest, post: Post) -> list[str]:
    """Return the HTML of the panels at this place that have something to show."""
    ordered = sorted(_panels.get(place, []), key=lambda pair: pair[0])
    return [html for _, panel in ordered if (html := panel(request, post))]
