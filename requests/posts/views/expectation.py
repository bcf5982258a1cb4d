""" "8 van de 10": what an asker may expect, from what really happened here, or nothing at all."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurt.communities.categories import Category
from buurt.communities.models import Community
from posts.access import Figures


def expectation_of(figures: Figures | None, category: str, community: Community) -> dict[str, Any] | None:
    """Return what figure.html shows, or None under the small-number rule."""
    if figures is None:
        return None
    named = {"kind": Category(category).label.lower(), "town": community.name}
    text = _("vragen in %(town)s over %(kind)s krijgen een ja.") % named
    if figures.median_hours:
        text = ngettext(
            "vragen in %(town)s over %(kind)s krijgen een ja, meestal binnen %(hours)s uur.",
            "vragen in %(town)s over %(kind)s krijgen een ja, meestal binnen %(hours)s uur.",
            figures.median_hours,
        ) % {**named, "hours": figures.median_hours}
    return {"count": figures.of_ten, "total": 10, "text": text}
