"""App configuration of buurt.organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The room `buurt.organisations`."""

    name = "buurt.organisations"
    label = "organisations"
