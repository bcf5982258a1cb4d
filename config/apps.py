"""The top room: ties the others together when all are loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The room `config`."""

    name = "config"

    def ready(self) -> None:
        """Make the managers' letters known and connect the listeners of all events."""
        from config import checks, wiring  # noqa: F401 - the checks register themselves
        from config.manage import letters

        letters.register()
        wiring.connect()
