"""The pages for "not found" and "not allowed".

Under ASGI Django makes these on a thread of its own that no request ever ends, so a connection they opened for the
counts in the menu would stay open, and with a pool would be missing for good. Here it is given back.
"""

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.views import defaults


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here."""
    try:
        return defaults.page_not_found(request, exception)
    finally:
        _give_back_connections()


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not for this person."""
    try:
        return defaults.permission_denied(request, exception)
    finally:
        _give_back_connections()


def _give_back_connections() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:  # as in a test, where the page is made on the thread of the test
            connection.close_if_unusable_or_obsolete()
