"""What a helper should know beforehand: stairs, lifting, a dog. Each meets one limit of "vraag mij maar"."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurt.communities.categories import Category
from posts.models import Post

NEEDS = (
    ("at_home", _("Het is bij iemand thuis")),
    ("stairs", _("Er is een trap")),
    ("lifting", _("Er moet zwaar worden getild")),
    ("pets", _("Er is een huisdier")),
    ("smoke", _("Er wordt binnen gerookt")),
)
# What an ask brings with it -> the limit of a helper (buurt/residents/words.py) that it meets.
LIMIT_MET = {
    "at_home": "not_at_home",
    "stairs": "no_stairs",
    "lifting": "no_lifting",
    "pets": "no_pets",
    "smoke": "no_smoke",
    "dark": "no_dark",
}
# Kinds of help that bring something with them by what they are.
BROUGHT_BY_KIND: dict[str, frozenset[str]] = {
    Category.MOVING: frozenset({"lifting"}),
    Category.CARE: frozenset({"at_home"}),
    Category.PETS: frozenset({"pets"}),
}
# First and last full hour of daylight on the fifteenth of each month in the middle of the country, by the wall clock.
DAYLIGHT = (
    *((9, 16), (8, 17), (7, 18), (7, 20), (6, 21), (6, 21)),
    *((6, 21), (7, 20), (7, 19), (8, 18), (8, 16), (9, 16)),
)


def is_dark(moment: datetime) -> bool:
    """Say whether it is dark outside at this moment, by the clock of the Netherlands, to the hour."""
    local = timezone.localtime(moment)
    light, dusk = DAYLIGHT[local.month - 1]
    return not light <= local.hour < dusk


def limits_met(post: Post, starts_at: datetime | None = None) -> frozenset[str]:
    """Return the limits of helpers that this ask would cross: what the author said, the kind, and the dark."""
    needs = set(post.needs) | BROUGHT_BY_KIND.get(post.category, frozenset())
    if starts_at is not None and is_dark(starts_at):
        needs.add("dark")
    return frozenset(LIMIT_MET[need] for need in needs if need in LIMIT_MET)
