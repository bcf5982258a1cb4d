"""Import asks and offers from a file with one JSON object a line."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from buurt.communities.models import Community
from config.imports.posts import count, import_lines

WORDS = {
    "board": "op het prikbord",
    "held": "vastgehouden voor de moderator",
    "known": "stond er al",
    "broken": "niet gelezen",
}


class Command(BaseCommand):
    """`manage.py import_posts FILE.jsonl`: each line's fate, then a summary; safe to run twice."""

    help = "Leest vragen en aanbiedingen in; regels met een vlag wachten op de moderator."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file and, where there are several, the community."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--community", default="", help="slug van de gemeente, als er meer zijn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, report every line, end with the summary; exit code 1 when a line could not be read."""
        community = self._community(options["community"])
        fates = []
        try:
            with options["file"].open(encoding="utf-8", errors="replace") as lines:
                for fate in import_lines(lines, community=community):
                    fates.append(fate)
                    why = f": {fate.why}" if fate.why else ""
                    self.stdout.write(f"regel {fate.line} {fate.id} {WORDS[fate.outcome]}{why}")
        except OSError as error:
            msg = f"Het bestand is niet te lezen: {error.strerror}."
            raise CommandError(msg) from error
        counted = count(fates)
        self.stdout.write(f"{len(fates)} regels: " + ", ".join(f"{counted[key]} {WORDS[key]}" for key in WORDS))
        if counted["broken"]:
            msg = "Niet alle regels zijn gelezen; de rest is wel ingelezen."
            raise CommandError(msg)

    def _community(self, slug: str) -> Community:
        found = list(Community.objects.filter(slug=slug) if slug else Community.objects.all()[:2])
        if len(found) == 1:
            return found[0]
        msg = "Welke gemeente? Noem haar met --community SLUG." if found else "Deze gemeente is er niet."
        raise CommandError(msg)
