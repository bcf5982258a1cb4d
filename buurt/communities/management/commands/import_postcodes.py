"""`manage.py import_postcodes [FILE]`: fill the reference list of Dutch postcodes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from buurt.communities import services
from buurt.communities.models import Postcode
from buurt.communities.postcode_file import Problem, WrongFileError, read_postcodes

OURS = Path(__file__).resolve().parents[2] / "data" / "nl_postcode4.csv"


class Command(BaseCommand):
    """Reads the file, stores what is right, names every broken line; safe to run twice."""

    help = "Zet de Nederlandse postcodes (vier cijfers) in de database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file; without one the list that comes with the project."""
        parser.add_argument("file", nargs="?", type=Path, default=OURS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say how it went."""
        file: Path = options["file"]
        stored, broken = 0, 0
        batch: list[Postcode] = []
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                for found in read_postcodes(lines):
                    if isinstance(found, Problem):
                        broken += 1
                        self.stderr.write(f"Regel {found.line}: {found.reason}; overgeslagen.")
                        continue
                    batch.append(found)
                    if len(batch) == services.BATCH:
                        stored += self._store(batch, stored)
            stored += self._store(batch, stored)
        except WrongFileError as error:
            raise CommandError(str(error)) from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is geen tekst in UTF-8.") from error
        except OSError as error:
            raise CommandError(f"{file} is niet te lezen: {error.strerror}.") from error
        self.stdout.write(f"{stored} postcodes, {broken} {'regel' if broken == 1 else 'regels'} overgeslagen.")

    def _store(self, batch: list[Postcode], before: int) -> int:
        """Store a batch, empty it, and tell how far we are."""
        count = len(batch)
        if count:
            services.store_postcodes(batch)
            self.stdout.write(f"  {before + count} ...")
            batch.clear()
        return count
