"""The unread count beside the menu."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from buurt.residents.access import resident_of
from notifications.access import unread_notices


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give templates the number of unread notices; counted once, and only when the page shows it."""
    resident = resident_of(getattr(request, "user", None))
    if resident is None:
        return {"unread_notices": 0}
    return {"unread_notices": SimpleLazyObject(lambda: unread_notices(resident))}
