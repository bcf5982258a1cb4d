"""The unread count beside the menu."""

from typing import Any

from django.http import HttpRequest


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give templates the number of unread things, counted once and only when a page asks for it."""
    return {}
