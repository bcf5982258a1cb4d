"""A line after an act with a button that takes it back: "Stil gezet. [Maak ongedaan]". Works without JavaScript."""

import json

from django.contrib import messages
from django.http import HttpRequest


def say_with_undo(request: HttpRequest, text: str, *, action: str, **fields: str) -> None:
    """Say on the next page that something was done; its button posts these fields to `action`, a path of ours.

    The view behind `action` checks who asks, as for any other POST: the line gives no right of its own.
    """
    messages.success(request, text, extra_tags=json.dumps({"action": action, "fields": fields}))


def undo_of(extra_tags: str) -> dict[str, object] | None:
    """Return where the button of such a line leads and what it posts; None for any other notice."""
    if not extra_tags.startswith("{"):
        return None
    found: dict[str, object] = json.loads(extra_tags)
    return found
