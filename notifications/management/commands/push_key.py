"""Make the key with which an installation signs its messages on telephones."""

from typing import Any

from django.core.management.base import BaseCommand

from notifications.channels.webpush.keys import new_private_key


class Command(BaseCommand):
    """Print a new BUURT_PUSH_KEY. Keep it: with another one, everybody has to switch their messages on again."""

    help = "Print a new key for BUURT_PUSH_KEY (messages on telephones)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the key."""
        self.stdout.write(new_private_key())
