"""App configuration of buurt.moderation."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """The room `buurt.moderation`."""

    name = "buurt.moderation"
    label = "moderation"
