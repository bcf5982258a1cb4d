"""When a session ends, so does what its browser shows while Buurt is closed: the next one may be somebody else."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from notifications.reach import end_session


def logged_out(sender: object, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Stop the browser that logs out; Django sends this before the session is emptied."""
    if request is not None and hasattr(request, "session"):
        end_session(request.session.session_key)


def session_ended(sender: object, instance: UserSession, **kwargs: Any) -> None:
    """Stop the browser of a session that was ended from elsewhere ("Waar ben je ingelogd")."""
    end_session(instance.session_key)
