"""`manage.py check_journeys`: what is wrong with wegwijzers, lists and what is laid over them, one line per finding."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from journeys.checker.check import check_file
from journeys.checker.library import adopted, collect, everything, overlays
from journeys.checker.reading import measure
from journeys.checker.report import difference_lines, route_lines
from journeys.checker.structure import is_walkable
from journeys.checker.walk import TooManyRoutes
from journeys.checker.wording import texts
from journeys.fileformat.loader import read_file
from journeys.fileformat.model import Journey
from journeys.fileformat.overlay import Overlay
from journeys.fileformat.text import FileError, Finding
from journeys.fileformat.tree import read_bytes


class Command(BaseCommand):
    """Prints `FILE:LINE CODE text`; ends with 1 when a file may not be published."""

    help = "Controleert wegwijzers en lijsten. Zonder FILE: alles wat is meegeleverd."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the files and what to print about them."""
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
        parser.add_argument("--reading", action="store_true", help="toon hoe moeilijk de woorden zijn")
        parser.add_argument("--routes", action="store_true", help="toon elke route met haar antwoorden")
        parser.add_argument("--diff", nargs=2, metavar=("OLD", "NEW"), type=Path, help="toon welke routes veranderen")
        parser.add_argument("--today", type=date.fromisoformat, help="reken met deze dag (JJJJ-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was asked for."""
        given: list[Path] = options["files"]
        self.stopped = False
        if options["diff"]:
            failed = self._difference(*options["diff"])
        elif options["reading"]:
            failed = self._reading(given or [*everything(), *overlays()])
        elif options["routes"]:
            failed = self._routes(given or adopted())
        else:
            failed = self._check(given, options["today"] or timezone.localdate())
        if failed:
            raise SystemExit(1)

    def _check(self, given: list[Path], today: date) -> bool:
        """Print the findings of every file; say whether one has an error."""
        library = collect(given)
        failed = False
        for path in given or [*everything(), *overlays()]:
            try:
                findings = check_file(read_bytes(path), library=library, today=today)
            except FileError as error:
                findings = error.findings
            failed = self._print(path, findings) or failed
        return failed

    def _reading(self, paths: list[Path]) -> bool:
        """Print how every file reads; say whether one is too hard."""
        failed = False
        self.stdout.write("woorden  per zin  leesgemak  bestand")
        for path in paths:
            try:
                made, _ = read_file(read_bytes(path))
            except FileError as error:
                failed = self._print(path, error.findings) or failed
                continue
            said = made.texts.values() if isinstance(made, Overlay) else texts(made)
            found = measure(said, str(made.language))
            self.stdout.write(f"{found.words:7}  {found.average:7.1f}  {found.ease:9.0f}  {path}")
            for problem in found.problems:
                self.stdout.write(f"    {problem}")
            failed = failed or bool(found.problems)
        return failed

    def _routes(self, paths: list[Path]) -> bool:
        """Print every route of every wegwijzer; say whether one could not be walked."""
        found = [(path, self._journey(path)) for path in paths]
        for path, journey in found:
            if journey is not None:
                self._lines(path, route_lines, journey)
        return self.stopped or any(journey is None for _, journey in found)

    def _difference(self, old: Path, new: Path) -> bool:
        """Print which routes change between two files; say whether one could not be walked."""
        before, after = self._journey(old), self._journey(new)
        if before is None or after is None:
            return True
        self._lines(new, difference_lines, before, after)
        return self.stopped

    def _lines(self, path: Path, report: Callable[..., Iterator[str]], *journeys: Journey) -> None:
        """Print a report line by line; too many routes to list is a finding of its own."""
        try:
            for line in report(*journeys):
                self.stdout.write(line)
        except TooManyRoutes:
            self._print(path, [Finding(1, "E01", "te veel routes om ze allemaal te tonen")])
            self.stopped = True

    def _journey(self, path: Path) -> Journey | None:
        """Return the wegwijzer in a file, when its routes can be walked; print why not."""
        try:
            made, findings = read_file(read_bytes(path))
        except FileError as error:
            self._print(path, error.findings)
            return None
        if isinstance(made, Journey) and is_walkable(made):
            return made
        reason = Finding(1, "E01", "dit is geen wegwijzer met routes; draai eerst de controle")
        self._print(path, [*findings, reason])
        return None

    def _print(self, path: Path, findings: list[Finding]) -> bool:
        """Print findings; say whether one is an error."""
        for finding in findings:
            self.stdout.write(f"{path}:{finding.line} {finding.code} {finding.text}")
        return any(finding.is_error for finding in findings)
