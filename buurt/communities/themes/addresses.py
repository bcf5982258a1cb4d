"""Where a community's style sheet is."""

from typing import Any

from django.urls import reverse

from buurt.communities.themes.shelf import BUURT, OWN, shelved


def sheet_address(community: Any, worn: str = "") -> str:
    """Return the address of the theme's style sheet (of the theme named `worn`, if any); "" for Buurt's own."""
    key = worn or getattr(community, "theme", None) or BUURT
    if key == OWN:
        version = getattr(community, "theme_version", "")
        return reverse("communities:own_sheet", args=[community.slug, version]) if version else ""
    found = shelved(key) if key != BUURT else None
    return reverse("communities:shelf_sheet", args=[key, found.version]) if found else ""
