"""App configuration of buurt.moderation."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Reports and decisions with reasons."""

    name = "buurt.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Register the letter and what is kept about people."""
        from buurt.moderation import letters, personal
        from buurt.residents.registry import register_personal_data, register_retention

        letters.register()
        register_personal_data("moderation", personal.DATA)
        register_retention("reports", personal.forget_reports)
        register_retention("decisions", personal.forget_decisions)
