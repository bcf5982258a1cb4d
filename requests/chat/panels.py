"""Links from a post's page to the conversations about it."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from buurt.residents.access import resident_of
from chat.access import talks_of
from chat.rows import rows_of
from posts.models import Post
from posts.panels import register_panel


def conversations_panel(request: HttpRequest, post: Post) -> str:
    """Show the reader's own conversations about this post, or nothing."""
    resident = resident_of(request.user)
    if resident is None:
        return ""
    parts = list(talks_of(resident).filter(conversation__post=post)[:10])
    if not parts:
        return ""
    return render_to_string("chat/_panel.html", {"rows": rows_of(resident, parts, now=timezone.now())}, request=request)


def register() -> None:
    """Stand in "Zo staat het ervoor" for the author and under the post for a helper."""
    register_panel("status", conversations_panel, order=20)
    register_panel("actions", conversations_panel, order=20)
