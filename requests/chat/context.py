"""The unread count beside the menu."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from buurt.residents.access import resident_of
from chat.access import count_unread


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give templates the number of unread messages: counted once, only when a page asks, and never for visitors."""
    resident = resident_of(getattr(request, "user", None))
    if resident is None:
        return {}

    def count() -> int:
        known = getattr(request, "unread_messages", None)
        return count_unread(resident) if known is None else int(known)

    return {"unread_messages": SimpleLazyObject(count)}
