"""App configuration of buurt.residents."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """The room `buurt.residents`."""

    name = "buurt.residents"
    label = "residents"

    def ready(self) -> None:
        """Make known what this room keeps about a person, and what privacy.yml must say about it."""
        from buurt.residents import checks, own_data  # noqa: F401 - the check registers itself
        from buurt.residents.registry import register_retention
        from buurt.residents.services import forget_inactive, forget_sessions, forget_trail

        own_data.register()
        register_retention("account", forget_inactive)
        register_retention("security", forget_sessions)
        register_retention("trail", forget_trail)
