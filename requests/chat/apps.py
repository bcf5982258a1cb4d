"""App configuration of chat."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """The room `chat`."""

    name = "chat"
    label = "chat"
