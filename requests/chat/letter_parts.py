"""What the letters of this room have in common."""

from django.urls import reverse
from django.utils.translation import gettext as _

from buurt.residents.letters import Action
from chat.models import Conversation
from posts.naming import title_for_everybody


def way_into(conversation: Conversation, label: str, anchor: str = "laatste") -> Action:
    """Return the button that leads into the conversation."""
    path = reverse("chat:conversation", args=[conversation.public_id])
    return Action(label, f"{path}#{anchor}", "main")


def reason_of(conversation: Conversation) -> str:
    """Return why somebody gets the letter."""
    return _("Je krijgt dit omdat je een gesprek hebt over: %(title)s") % {
        "title": title_for_everybody(conversation.post)
    }
