"""App configuration of buurt.residents."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """The room `buurt.residents`."""

    name = "buurt.residents"
    label = "residents"
