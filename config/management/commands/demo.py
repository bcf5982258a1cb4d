"""Build the demo neighbourhood and print who can log in."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from buurt.communities.models import Postcode
from config.demo import build


class Command(BaseCommand):
    """`manage.py demo`: Zaanstad with invented neighbours, through the services; safe to run twice."""

    help = "Bouwt de demobuurt Zaanstad en zegt met wie je kunt inloggen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, then print the logins."""
        if not settings.IS_DEMO:
            msg = "De demo hoort niet in een echte buurt. Zet BUURT_MODE=demo."
            raise CommandError(msg)
        if not Postcode.objects.exists():
            call_command("import_postcodes")
        built = build.build_demo(progress=lambda line: self.stdout.write(f"  {line} ..."))
        self.stdout.write(
            f"Zaanstad staat klaar: {len(built.people)} buren, {built.new_posts} nieuwe vragen en aanbiedingen."
        )
        self.stdout.write("Inloggen (de code staat bij de verstuurde mail):")
        for name, does, email in build.cast(built.people):
            self.stdout.write(f"  {name:<8} {does:<18} {email}")
        self.stdout.write("Tweede stap van makelaar en moderator: manage.py demo_code E-MAILADRES")
