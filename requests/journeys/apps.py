"""App configuration of journeys."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """The room `journeys`."""

    name = "journeys"
    label = "journeys"
