"""App configuration of journeys."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """The room `journeys`."""

    name = "journeys"
    label = "journeys"

    def ready(self) -> None:
        """Tell the posts which words point to a wegwijzer."""
        from journeys import signs

        signs.register()
