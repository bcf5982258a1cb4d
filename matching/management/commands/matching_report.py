"""How well the chances hold: predicted against seen, per tenth, for every community."""

import argparse
import json
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.learning import learn_all
from matching.models import LearnedTables


class Command(BaseCommand):
    """`manage.py matching_report`: calibration of the last refit; no names and nothing about anybody."""

    help = "Toont per gemeente hoe goed de kansen klopten: voorspeld tegen gezien, per tiende."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Refit first, or print for a program."""
        parser.add_argument(
            "--refit", action="store_true", help="eerst opnieuw leren, ook als dat vannacht al gebeurde"
        )
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one table per community."""
        if options["refit"]:
            LearnedTables.objects.update(fitted_at=timezone.now() - timedelta(days=2))
            learn_all()
        found = LearnedTables.objects.select_related("community").order_by("community__name")
        if options["json"]:
            rows = [
                {
                    "community": one.community.slug,
                    "seen": one.seen,
                    "base": one.tables["base"],
                    "tenths": one.calibration,
                }
                for one in found
            ]
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for one in found:
            self.stdout.write(
                f"{one.community.name}: {one.seen} keer gevraagd, {timezone.localtime(one.fitted_at):%d-%m %H:%M}"
            )
            self.stdout.write("  tiende  voorspeld  gezien  aantal")
            for number, (predicted, seen, count) in enumerate(one.calibration, start=1):
                self.stdout.write(f"  {number:>6}  {predicted:>8.1%}  {seen:>6.1%}  {count:>6}")
        if not found:
            self.stdout.write("Nog niets geleerd: er is nog niemand gevraagd, of de eerste nacht moet nog komen.")
