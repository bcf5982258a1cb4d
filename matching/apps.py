"""App configuration of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """The room `matching`."""

    name = "matching"
    label = "matching"
