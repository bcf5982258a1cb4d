"""App configuration of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What reaches a person, by which channel, when."""

    name = "notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register what is kept about people."""
        from allauth.usersessions.models import UserSession
        from django.contrib.auth.signals import user_logged_out
        from django.db.models.signals import post_delete

        from buurt.residents.registry import register_personal_data, register_retention
        from chat.counts import register_count
        from notifications import access, personal, sessions

        register_personal_data("notifications", personal.DATA)
        register_personal_data("message_wishes", personal.REACH)
        register_retention("deliveries", personal.forget)
        # A browser that was logged out, here or from another one, shows nothing any more.
        user_logged_out.connect(sessions.logged_out)
        post_delete.connect(sessions.session_ended, sender=UserSession)
        register_count("notices", access.unread_notices)
