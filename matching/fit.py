"""Does this ask fit this helper? One rule, for choosing whom to ask and for showing helpers what fits them.

Pure: no database, no clock. What is stored about people is turned into these two small views by `matching/views_of.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from buurt.communities.categories import ADULTS_ONLY

# Waves look this far around the asker, one step after the other, and never beyond the helper's own distance.
RADII_KM = (3, 6, 12, 25)


@dataclass(frozen=True)
class AskView:
    """What the rule needs to know of an ask; `starts_at` is None when any time will do."""

    post_id: int
    author_id: int
    category: str
    cell: int
    area_id: int
    own_area_only: bool
    starts_at: datetime | None
    spoken: frozenset[str]


@dataclass(frozen=True)
class HelperView:
    """What the rule needs to know of a helper; counts are invitations in the last 30 and yeses in the last 28 days."""

    resident_id: int
    cell: int
    area_id: int | None
    kinds: frozenset[str]
    distance_km: int
    fits_time: bool
    languages: frozenset[str]
    is_adult: bool
    asks_a_month: int
    asked_lately: int
    helped_lately: int


def misfit(ask: AskView, helper: HelperView, *, km: float) -> str | None:
    """Return why this helper is not asked for this ask, or None when it fits (product.md, matching.md "eligible").

    Reasons: self, kind, age, distance, area, time, language, budget.
    """
    checks = (
        ("self", helper.resident_id == ask.author_id),
        ("kind", ask.category not in helper.kinds),
        ("age", ask.category in ADULTS_ONLY and not helper.is_adult),
        ("distance", km > helper.distance_km),
        ("area", ask.own_area_only and helper.area_id != ask.area_id),
        ("time", not helper.fits_time),
        ("language", bool(ask.spoken) and not ask.spoken & helper.languages),
        ("budget", helper.asked_lately >= helper.asks_a_month),
    )
    return next((name for name, is_so in checks if is_so), None)


@dataclass(frozen=True)
class Candidate:
    """A helper who fits, with the distance in kilometres between the two cells."""

    helper: HelperView
    km: float

    @property
    def ring(self) -> int:
        """The index of the radius in which this helper is first looked for."""
        return next((step for step, radius in enumerate(RADII_KM) if self.km <= radius), len(RADII_KM) - 1)


def in_order(candidates: list[Candidate], *, draw: dict[int, float]) -> list[Candidate]:
    """Return candidates in the order in which they are asked: near ring first, then least asked, least busy, nearest.

    Load comes before the last kilometres so that nobody wears out (product.md, 4); `draw` holds a random number per
    resident that decides between equals. The matching issue replaces this order by priced waves, not the interface.
    """
    return sorted(
        candidates,
        key=lambda one: (
            one.ring,
            one.helper.helped_lately + one.helper.asked_lately,
            round(one.km),
            draw.get(one.helper.resident_id, 0.0),
        ),
    )
