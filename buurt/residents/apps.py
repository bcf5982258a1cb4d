"""App configuration of buurt.residents."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """The room `buurt.residents`."""

    name = "buurt.residents"
    label = "residents"

    def ready(self) -> None:
        """Make known what this room keeps about a person, and what privacy.yml must say about it."""
        from buurt.residents import checks, own_data  # noqa: F401 - the check registers itself

        own_data.register()
