"""App configuration of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What reaches a person, by which channel, when."""

    name = "notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register what is kept about people."""
        from buurt.residents.registry import register_personal_data, register_retention
        from notifications import personal

        register_personal_data("notifications", personal.DATA)
        register_retention("deliveries", personal.forget)
