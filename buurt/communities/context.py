"""What every page knows about the platform it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from buurt.communities.languages import page_languages


def community(request: HttpRequest) -> dict[str, Any]:
    """Give templates the visitor's community (or None), the languages to choose from, and whether this is the demo."""
    community = getattr(request, "community", None)
    return {"community": community, "page_languages": page_languages(community), "is_demo": settings.IS_DEMO}
