"""The signed link of an invitation to join a conversation: it proves which invitation, and opens nothing by itself."""

from django.core import signing
from django.urls import reverse

from chat.models import GuestInvite

SALT = "chat.guest"


def path_for(invite: GuestInvite) -> str:
    """Return the path of the page where the place that was kept is taken."""
    return reverse("chat:join", args=[signing.dumps([invite.pk, invite.conversation.public_id], salt=SALT)])


def invite_from(token: str) -> GuestInvite | None:
    """Return the invitation of a link, or None when it is forged or gone; whether it can be used is not said here."""
    try:
        pk, public_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = GuestInvite.objects.filter(pk=pk, conversation__public_id=public_id)
    return rows.select_related("conversation__post", "invited_by").first()
