"""Fills the table of counters and initiatives of a community from a CSV or YAML file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from buurt.communities.models import Community
from buurt.organisations.services import TableError
from buurt.organisations.table import WrongTableError
from journeys.desks import import_file


class Command(BaseCommand):
    """All of the file or nothing; safe to run twice."""

    help = "Vult de tabel met loketten en initiatieven van een gemeente (CSV of YAML)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the community and the file."""
        parser.add_argument("community", metavar="COMMUNITY")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="haal weg wat niet in het bestand staat")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and say how it went or which lines are wrong."""
        community = Community.objects.filter(slug=options["community"]).first()
        if community is None:
            raise CommandError(f"unknown community: {options['community']}")
        path: Path = options["file"]
        try:
            stored = import_file(community, path, replace=options["replace"])
        except TableError as error:
            for problem in error.problems:
                self.stderr.write(f"{path}:{problem.line} {problem.reason}")
            raise CommandError("Er is niets opgeslagen.") from error
        except WrongTableError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} is niet te lezen: {error.strerror}.") from error
        self.stdout.write(f"{stored.new} nieuw, {stored.changed} veranderd, {stored.gone} weggehaald.")
