"""`manage.py demo_code EMAIL`: the code that a demo's staff member would read in an authenticator app."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser

from buurt.residents import services
from buurt.residents.errors import NotADemoError
from buurt.residents.models import Resident


class Command(BaseCommand):
    """Print the current second-factor code of somebody in the demo."""

    help = "Print the current second-factor code of a resident; in demo mode only."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an e-mail address."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the code, or say why there is none."""
        try:
            resident = Resident.objects.get(email__iexact=options["email"])
            self.stdout.write(services.current_code(resident))
        except NotADemoError as error:
            raise CommandError("Codes are shown in demo mode only: BUURT_MODE=demo.") from error
        except Resident.DoesNotExist as error:
            raise CommandError(f"There is nobody with the address {options['email']}.") from error
        except Authenticator.DoesNotExist as error:
            raise CommandError(f"{options['email']} has no second factor.") from error
