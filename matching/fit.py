"""Does this ask fit this helper? One rule, for choosing whom to ask and for showing helpers what fits them.

Pure: no database, no clock. `matching/views_of.py` makes these two small views from what is stored; the engine applies
the same rule to columns (`matching/engine/fits.py`), and a property test holds the two to each other.
"""

from dataclasses import dataclass, field

from buurt.communities.categories import ADULTS_ONLY, Category
from buurt.residents.week import ALL_TIMES

# Kinds of help that are near each other: when nobody is left who chose the kind itself, these are asked, and hear why.
NEAR_KINDS: dict[str, tuple[str, ...]] = {
    Category.COOKING: (Category.GROCERIES,),
    Category.GROCERIES: (Category.TRANSPORT, Category.COOKING),
    Category.TRANSPORT: (Category.GROCERIES, Category.COMPANY),
    Category.ADMIN: (Category.DIGITAL, Category.LANGUAGE),
    Category.DIGITAL: (Category.ADMIN,),
    Category.REPAIRS: (Category.GARDEN, Category.MOVING),
    Category.GARDEN: (Category.REPAIRS,),
    Category.COMPANY: (Category.ACTIVITIES, Category.TRANSPORT),
    Category.LANGUAGE: (Category.ADMIN, Category.COMPANY),
    Category.PETS: (Category.COMPANY, Category.GARDEN),
    Category.ACTIVITIES: (Category.COMPANY,),
    Category.MOVING: (Category.REPAIRS, Category.TRANSPORT),
    Category.LENDING: (Category.REPAIRS,),
    # Children and care are asked of nobody who did not choose them.
}
# How far beyond what helpers said the second step looks; who chose "1 km: lopen" is left alone.
WIDER_KM = 3.0
ON_FOOT_KM = 1


def _none() -> frozenset[str]:
    return frozenset()


def _nowhere() -> frozenset[int]:
    return frozenset()


@dataclass(frozen=True)
class AskView:
    """What the rule needs to know of an ask; `moments` are the parts of the week it may be in (0: any time)."""

    post_id: int
    author_id: int
    category: str
    cell: int
    area_id: int
    community_id: int
    own_area_only: bool = False
    moments: int = 0
    spoken: frozenset[str] = field(default_factory=_none)
    # Limits of helpers that this ask would cross (posts/needs.py).
    limits: frozenset[str] = field(default_factory=_none)
    # Areas across the municipal border whose neighbours help here.
    shared_areas: frozenset[int] = field(default_factory=_nowhere)
    # A widened search: kilometres beyond what helpers said, and kinds that count as well.
    wider_km: float = 0.0
    near_kinds: frozenset[str] = field(default_factory=_none)


@dataclass(frozen=True)
class HelperView:
    """What the rule needs to know of a helper; `asked_lately` counts the alerts of the last 30 days."""

    resident_id: int
    cell: int
    area_id: int | None
    community_id: int
    kinds: frozenset[str]
    distance_km: int
    times: int = ALL_TIMES
    languages: frozenset[str] = field(default_factory=_none)
    limits: frozenset[str] = field(default_factory=_none)
    is_adult: bool = True
    # Switched off, on a pause, restricted by a moderator, or gone.
    rests: bool = False
    asks_a_month: int = 3
    asked_lately: int = 0


def misfit(ask: AskView, helper: HelperView, *, km: float) -> str | None:
    """Return why this helper is not asked for this ask, or None when it fits (product.md, matching.md "eligible").

    Reasons: self, rest, kind, age, border, area, distance, time, language, limit, budget.
    """
    checks = (
        ("self", helper.resident_id == ask.author_id),
        ("rest", helper.rests),
        ("kind", not helper.kinds & ({ask.category} | ask.near_kinds)),
        ("age", ask.category in ADULTS_ONLY and not helper.is_adult),
        ("border", helper.community_id != ask.community_id and helper.area_id not in ask.shared_areas),
        ("area", ask.own_area_only and helper.area_id != ask.area_id),
        ("distance", km > reach_of(helper.distance_km, ask.wider_km)),
        ("time", not fits_week(helper.times, ask.moments)),
        ("language", bool(ask.spoken) and not ask.spoken & helper.languages),
        ("limit", bool(ask.limits & helper.limits)),
        ("budget", helper.asked_lately >= helper.asks_a_month),
    )
    return next((name for name, is_so in checks if is_so), None)


def reach_of(distance_km: int, wider_km: float) -> float:
    """Return how far this helper is asked: as far as they said, in a widened search a little further, never on foot."""
    return distance_km + (wider_km if distance_km > ON_FOOT_KM else 0.0)


def fits_week(times: int, moments: int) -> bool:
    """Say whether one of the ask's moments lies in the helper's week; an empty week is one nobody filled in."""
    return not moments or times in {0, ALL_TIMES} or bool(times & moments)
