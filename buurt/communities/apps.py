"""App configuration of buurt.communities."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """The room `buurt.communities`."""

    name = "buurt.communities"
    label = "communities"
