"""Where a text points besides neighbours: upper rooms register what they know, an ask form shows it."""

from collections.abc import Callable

from django.http import HttpRequest

# Returns safe HTML, or "" when the text says nothing to it.
Signpost = Callable[[HttpRequest, str], str]
_signposts: list[Signpost] = []


def register_signpost(signpost: Signpost) -> None:
    """Add a signpost. Called in an app's ready(), once."""
    if signpost not in _signposts:
        _signposts.append(signpost)


def signposts_for(request: HttpRequest, text: str) -> list[str]:
    """Return what the registered rooms say about this text; they point, and never block."""
    return [html for signpost in _signposts if (html := signpost(request, text))]
