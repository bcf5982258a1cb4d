"""The unread count beside the menu, and whether somebody may be asked about messages on their telephone."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from buurt.residents.access import resident_of
from notifications.access import may_be_offered_push, unread_notices
from notifications.channels.webpush.keys import public_key


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give templates what they may ask for; counted once, and only when the page shows it."""
    resident = resident_of(getattr(request, "user", None))
    if resident is None:
        return {"unread_notices": 0}
    return {
        "unread_notices": SimpleLazyObject(lambda: unread_notices(resident)),
        # Asked only where a page has room for the question (components/push_offer.html).
        "push_key": SimpleLazyObject(lambda: public_key() if may_be_offered_push(resident) else ""),
    }
