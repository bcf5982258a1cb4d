"""Names the counters and initiatives that the wegwijzers lead to and that nobody fills in a community yet.

Your own GP or school is nobody's to fill.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from buurt.communities.models import Community
from journeys.filling import missing_slots, slots_in_use
from journeys.slots import NAMES


class Command(BaseCommand):
    """One line per empty slot; exit 1 when there is one, for a check before publishing."""

    help = "Name the slots of the wegwijzers that nobody fills in a community."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the communities to look at; without any, all of them."""
        parser.add_argument("slugs", nargs="*", metavar="COMMUNITY")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the empty slots, community by community."""
        communities = Community.objects.order_by("slug")
        if options["slugs"]:
            communities = communities.filter(slug__in=options["slugs"])
            missing = set(options["slugs"]) - set(communities.values_list("slug", flat=True))
            if missing:
                raise CommandError(f"unknown community: {', '.join(sorted(missing))}")
        used = slots_in_use()
        empty = 0
        for community in communities:
            for slot in missing_slots(community):
                empty += 1
                self.stdout.write(f"{community.slug}: {slot} ({NAMES[slot]}): {', '.join(used[slot])}")
        if empty:
            raise SystemExit(1)
