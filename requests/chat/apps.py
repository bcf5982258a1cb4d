"""App configuration of chat."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class ChatConfig(AppConfig):
    """The room `chat`."""

    name = "chat"
    label = "chat"

    def ready(self) -> None:
        """Tell the lower rooms what conversations have for them, and close sockets at log-out."""
        from chat import letters, panels, personal, reporting

        letters.register()
        panels.register()
        personal.register()
        reporting.register()
        user_logged_out.connect(_close_sockets, dispatch_uid="chat.close_sockets")


def _close_sockets(sender: object, user: Any = None, **rest: Any) -> None:
    """Close the person's sockets; pages that are still logged in elsewhere come back by themselves."""
    from chat.hub import hub

    if user is not None and user.pk:
        hub.tell([user.pk], {"type": "bye"})
