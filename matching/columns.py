"""Helpers from the database, in the engine's columns; a handful of bounded queries, however many helpers there are.

Nothing is kept between plans: a plan reads whom the ask can reach (cells within each helper's own distance), a sweep of
many asks reads a community once. Whoever is chosen is looked at again before anything is written (waves.py), so that a
setting changed meanwhile is respected. What this costs stands in tools/bench/matching_rows.py.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from buurt.communities.categories import Category
from buurt.communities.languages import SPOKEN
from buurt.communities.places import cells_within
from buurt.residents.models import HelpKind, HelpPreferences, Resident
from buurt.residents.services import DISTANCES, WHOLE_TOWN
from buurt.residents.words import LIMITS
from matching.engine.columns import NEVER, HelperColumns, helper_columns
from matching.fit import AskView, HelperView, reach_of
from matching.models import HelperFactor, Invitation
from matching.plane import Plane, days
from posts.models import Engagement

ASKED_WINDOW = timedelta(days=30)
HELPED_WINDOW = timedelta(days=28)
# No more helpers than this are looked at for one plan.
MOST_HELPERS = 60_000
# Up to so many helpers their alerts are looked up by id; above, those of the whole community.
BY_ID = 2_000
KIND_BITS = {slug: number for number, slug in enumerate(Category.values)}
LIMIT_BITS = {slug: 1 << number for number, (slug, _label) in enumerate(LIMITS)}
_LANGUAGE_BITS = {code: 1 << number for number, code in enumerate(SPOKEN)}
# As Settings.recovery_half_days of the engine.
RECOVERY_HALF_DAYS = 3.5


def language_bits(codes: Iterable[str]) -> int:
    """Return languages as bits; a code we do not know gets one of its own."""
    bits = 0
    for code in codes:
        bits |= _LANGUAGE_BITS.get(code) or 1 << (20 + zlib.crc32(code.encode()) % 40)
    return bits


def limit_bits(slugs: Iterable[str]) -> int:
    """Return limits as bits; those we do not know count for nothing."""
    return sum(LIMIT_BITS.get(slug, 0) for slug in set(slugs))


@dataclass(frozen=True)
class HelperRows:
    """Helpers in columns, and what only we know of them, row by row."""

    plane: Plane
    columns: HelperColumns
    quiet_until: dict[int, datetime]  # helper -> end of the quiet hours they are in now


class _Row(NamedTuple):
    """One helper as the query gives it; the names are those of its values."""

    id: int
    cell: int
    area: int | None
    community: int
    kinds: int | None
    distance: int
    times: int
    budget: int
    # As text: few different values stand in many rows, so each is read once (`_bits`, `_clock`).
    limits: str
    languages: str
    age_band: str
    quiet_from: str
    quiet_until: str


def load_people(*, community_id: int, origin: int, now: datetime, near: AskView | None = None) -> HelperRows:
    """Return the helpers of a community; with `near` only those whom this ask may reach, over the border as well."""
    rows = [_Row(*row) for row in _rows(_around(community_id, near), now)]
    ids = [row.id for row in rows]
    plane = Plane(origin)
    places = {cell: plane.xy(cell) for cell in {row.cell for row in rows}}
    asked, level = _alerts(community_id, ids, now=now)
    helps, last_help = _helps(community_id, ids, now=now)
    factors = _factors(community_id, ids)
    distance = np.array([row.distance for row in rows], dtype=np.float64)
    budget = np.array([row.budget for row in rows], dtype=np.int64)
    counted = np.array([asked.get(one, 0) for one in ids], dtype=np.int64)
    unknown = (1.0, 0.03, 0.0, days(now))
    known = [factors.get(one, unknown) for one in ids]
    columns = helper_columns(
        ids,
        x=np.array([places[row.cell][0] for row in rows]),
        y=np.array([places[row.cell][1] for row in rows]),
        cell=np.array([row.cell for row in rows], dtype=np.int64),
        area=np.array([row.area or -1 for row in rows], dtype=np.int64),
        kinds=np.array([row.kinds or 0 for row in rows], dtype=np.int64),
        distance=distance,
        times=np.array([row.times for row in rows], dtype=np.int64),
        languages=np.array([_language_bits(row.languages) for row in rows], dtype=np.int64),
        limits=np.array([_limit_bits(row.limits) for row in rows], dtype=np.int64),
        adult=np.array([row.age_band == Resident.AgeBand.ADULT for row in rows], dtype=np.bool_),
        active=True,
        budget=np.maximum(0, budget - counted),
        recent=np.array([level.get(one, 0.0) for one in ids]),
        recent_at=days(now),
        helps=np.array([helps.get(one, 0) for one in ids], dtype=np.int64),
        last_help=np.array([last_help.get(one, NEVER) for one in ids]),
        factor=np.array([one[0] for one in known]),
        noshow=np.array([one[1] for one in known]),
        worth=np.array([one[2] for one in known]),
        worth_at=np.array([one[3] for one in known]),
    )
    ends = {
        hours: _quiet_until(_clock(hours[0]), _clock(hours[1]), now)
        for hours in {(row.quiet_from, row.quiet_until) for row in rows}
    }
    quiet = {row.id: until for row in rows if (until := ends[row.quiet_from, row.quiet_until]) is not None}
    return HelperRows(plane, columns, quiet)


def with_offers(people: HelperRows, offers: list[HelperView], *, now: datetime) -> HelperRows:
    """Return the rows with those added who are no "vraag mij maar" but offer this kind of help themselves."""
    new = [one for one in offers if one.resident_id not in set(people.columns.id.tolist())]
    if not new:
        return people
    ids = [one.resident_id for one in new]
    asked, level = _alerts(new[0].community_id, ids, now=now)
    places = [people.plane.xy(one.cell) for one in new]
    left = [max(0, one.asks_a_month - asked.get(one.resident_id, 0)) for one in new]
    more = helper_columns(
        ids,
        x=np.array([x for x, _y in places]),
        y=np.array([y for _x, y in places]),
        cell=np.array([one.cell for one in new], dtype=np.int64),
        area=np.array([one.area_id or -1 for one in new], dtype=np.int64),
        kinds=np.array([sum(1 << KIND_BITS[kind] for kind in one.kinds) for one in new], dtype=np.int64),
        distance=np.array([one.distance_km for one in new], dtype=np.float64),
        times=np.array([one.times for one in new], dtype=np.int64),
        languages=np.array([language_bits(one.languages) for one in new], dtype=np.int64),
        adult=np.array([one.is_adult for one in new], dtype=np.bool_),
        active=np.array([not one.rests for one in new], dtype=np.bool_),
        budget=np.array(left, dtype=np.int64),
        recent=np.array([level.get(one, 0.0) for one in ids]),
        recent_at=days(now),
    )
    names = [one.name for one in fields(HelperColumns)]
    joined = {name: np.concatenate((getattr(people.columns, name), getattr(more, name))) for name in names}
    return replace(people, columns=HelperColumns(**joined))


def _around(community_id: int, near: AskView | None) -> QuerySet[HelpPreferences]:
    """Return who may be asked at all here; around one ask only those who said they go that far."""
    here = Q(resident__community_id=community_id)
    if near is None:
        return HelpPreferences.objects.filter(here)
    if near.shared_areas:
        here |= Q(resident__area_id__in=near.shared_areas)
    if near.own_area_only:
        here &= Q(resident__area_id=near.area_id)
    far = Q(distance_km__gte=WHOLE_TOWN)
    for distance in DISTANCES:
        if distance < WHOLE_TOWN:
            # A little more than the distance itself: the cells' own measure and the plane's differ by metres.
            cells = cells_within(near.cell, reach_of(distance, near.wider_km) + 0.2)
            far |= Q(distance_km=distance, resident__cell__in=cells)
    kinds = HelpKind.objects.filter(preferences=OuterRef("pk"), category__in={near.category, *near.near_kinds})
    return HelpPreferences.objects.filter(here & far).filter(Exists(kinds))


def _rows(found: QuerySet[HelpPreferences], now: datetime) -> QuerySet[HelpPreferences, Any]:
    bits = Case(
        *(When(category=slug, then=Value(1 << number)) for slug, number in KIND_BITS.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    kinds = HelpKind.objects.filter(preferences=OuterRef("pk")).order_by().values("preferences")
    return (
        found.filter(
            Q(paused_until__isnull=True) | Q(paused_until__lte=timezone.localdate(now)),
            Q(resident__restricted_until__isnull=True) | Q(resident__restricted_until__lte=now),
            active=True,
            resident__cell__isnull=False,
            resident__rules_accepted_at__isnull=False,
            resident__is_active=True,
            resident__erased_at__isnull=True,
        )
        .exclude(resident__display_name="")
        .annotate(kind_bits=Subquery(kinds.annotate(bits=Sum(bits)).values("bits")))
        .order_by("resident_id")
        .values_list(
            "resident_id",
            "resident__cell",
            "resident__area_id",
            "resident__community_id",
            "kind_bits",
            "distance_km",
            "times",
            "asks_a_month",
            Cast("limits", TextField()),
            Cast("resident__languages", TextField()),
            "resident__age_band",
            Cast("quiet_from", TextField()),
            Cast("quiet_until", TextField()),
        )[:MOST_HELPERS]
    )


def _alerts(community_id: int, ids: list[int], *, now: datetime) -> tuple[dict[int, int], dict[int, float]]:
    """Return per helper the alerts of the last 30 days, and their level now: one each, halving every 3.5 days."""
    sent = Invitation.objects.filter(invited_at__gt=now - ASKED_WINDOW, wave__isnull=False, carried_by__isnull=True)
    asked: dict[int, int] = {}
    level: dict[int, float] = {}
    for helper, moment in sent.filter(_whose(community_id, ids)).order_by().values_list("helper_id", "invited_at"):
        asked[helper] = asked.get(helper, 0) + 1
        age = max(0.0, days(now) - days(moment))
        level[helper] = level.get(helper, 0.0) + 2 ** (-age / RECOVERY_HALF_DAYS)
    return asked, level


def _helps(community_id: int, ids: list[int], *, now: datetime) -> tuple[dict[int, int], dict[int, float]]:
    """Return per helper the places taken in 28 days, and the day of the last one; given-back places do not count."""
    taken = Engagement.objects.filter(reserved_at__gt=now - HELPED_WINDOW, slot__post__kind="ask").exclude(
        state=Engagement.State.CANCELLED
    )
    helps: dict[int, int] = {}
    last: dict[int, float] = {}
    for helper, moment in taken.filter(_whose(community_id, ids)).order_by().values_list("helper_id", "reserved_at"):
        helps[helper] = helps.get(helper, 0) + 1
        last[helper] = max(last.get(helper, NEVER), days(moment))
    return helps, last


def _factors(community_id: int, ids: list[int]) -> dict[int, tuple[float, float, float, float]]:
    """Return what was learned of each helper: factor, chance of not coming, worth, and when that was."""
    values = HelperFactor.objects.filter(_whose(community_id, ids)).values_list(
        "helper_id", "factor", "no_show", "worth", "fitted_at"
    )
    return {row[0]: (row[1], row[2], row[3], days(row[4])) for row in values}


def _whose(community_id: int, ids: list[int]) -> Q:
    """Return whose rows to read: of these helpers, or when they are many of everybody who lives here."""
    return Q(helper_id__in=ids) if len(ids) <= BY_ID else Q(helper__community_id=community_id)


@lru_cache(maxsize=4_096)
def _language_bits(text: str) -> int:
    return language_bits(json.loads(text))


@lru_cache(maxsize=4_096)
def _limit_bits(text: str) -> int:
    return limit_bits(json.loads(text))


@lru_cache(maxsize=4_096)
def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _quiet_until(start: time, end: time, now: datetime) -> datetime | None:
    """Return when these quiet hours end, if it is quiet now; None by day, or where nights do not count."""
    local = timezone.localtime(now)
    clock = local.time()
    inside = (start <= clock or clock < end) if start > end else (start <= clock < end)
    if not settings.NIGHT_REST or start == end or not inside:
        return None
    day = local.date() + timedelta(days=1) if clock >= end else local.date()
    return timezone.make_aware(datetime.combine(day, end), timezone.get_default_timezone())
