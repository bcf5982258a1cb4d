"""What every page knows about the platform it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def community(request: HttpRequest) -> dict[str, Any]:
    """Give templates the visitor's community (or None) and whether this is the demo."""
    return {"community": getattr(request, "community", None), "is_demo": settings.IS_DEMO}
