"""How helping goes in a community, per kind and per area, under the small-number rule (10-5); bounded queries.

Ten different people must stand behind a number, counts are rounded to five, a row that would give a hidden one away is
hidden as well, and a row in which nearly everybody is the same is hidden (law.md, E.4).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Min, Sum

from buurt.communities.categories import Category
from buurt.communities.models import Area, Community
from buurt.ledger.models import Entry
from buurt.residents.models import HelpPreferences
from matching.models import Invitation
from posts.figures import SMALL_NUMBER
from posts.models import Engagement, Post, Slot

# A quarter for the whole and per kind, a year per area.
QUARTER, YEAR = timedelta(days=91), timedelta(days=365)
# An ask counts as unfilled only when it had this long.
HAD_TIME = timedelta(days=2)
ROUND_TO = 5
ALL_THE_SAME = 0.9
MOST_ASKS = 20_000


@dataclass(frozen=True)
class Row:
    """One line of the figures; None is "minder dan 10", and what rests on it is left out."""

    name: str
    asks: int | None
    first_yes_of_ten: int | None = None
    filled_of_ten: int | None = None
    hours: int | None = None
    messages_per_fill: float | None = None


@dataclass(frozen=True)
class Helping:
    """How the helping is spread: helpers who are on, Gini, who rests or switched off; None: too few people."""

    helpers: int | None
    gini: float | None
    resting: int | None
    left: int | None


@dataclass
class _Ask:
    author: int
    kind: str
    area: int
    hours: float | None
    filled: bool
    messages: int


def figures(community: Community, *, now: datetime) -> dict[str, Any]:
    """Return the figures of a community: whole, per kind (a quarter), per area (a year), and the helping; 9 queries."""
    quarter, year = _asks(community, since=now - QUARTER, now=now), _asks(community, since=now - YEAR, now=now)
    areas = dict(Area.objects.filter(community=community).values_list("pk", "name"))
    kinds = {slug: str(label) for slug, label in Category.choices if slug not in community.categories_off}
    return {
        "whole": _row("", quarter),
        "kinds": _split(quarter, kinds, lambda ask: ask.kind),
        "areas": _split(year, areas, lambda ask: ask.area),
        "helping": _helping(community, now=now),
    }


def _asks(community: Community, *, since: datetime, now: datetime) -> list[_Ask]:
    posts = Post.objects.filter(
        community=community, kind=Post.Kind.ASK, published_at__gt=since, published_at__lte=now
    ).order_by("-published_at")
    rows = posts.annotate(yes_at=Min("slots__engagements__reserved_at")).values_list(
        "pk", "author_id", "category", "area_id", "published_at", "yes_at"
    )[:MOST_ASKS]
    sums = Slot.objects.filter(post__in=posts).order_by().values("post").annotate(all=Sum("places"), got=Sum("taken"))
    full = {row["post"] for row in sums if row["got"] >= row["all"]}
    messages: dict[int, int] = defaultdict(int)
    sent = Invitation.objects.filter(post__in=posts, wave__isnull=False, carried_by__isnull=True)
    for post_id in sent.values_list("post_id", flat=True):
        messages[post_id] += 1
    return [
        _Ask(
            author,
            kind,
            area,
            (yes - asked).total_seconds() / 3600 if yes and asked else None,
            pk in full,
            messages[pk],
        )
        for pk, author, kind, area, asked, yes in rows
        if yes or (asked and asked <= now - HAD_TIME)
    ]


def _hours(asked: datetime | None, yes: datetime | None) -> float | None:
    return (yes - asked).total_seconds() / 3600 if yes and asked else None


def _row(name: str, asks: list[_Ask]) -> Row:
    """Return one line; every number only when ten different people stand behind it, and not when nearly all agree."""
    if not enough(ask.author for ask in asks):
        return Row(name, None)
    answered = [ask for ask in asks if ask.hours is not None]
    filled = [ask for ask in asks if ask.filled]
    row: dict[str, Any] = {"first_yes_of_ten": _of_ten(answered, asks), "filled_of_ten": _of_ten(filled, asks)}
    if enough(ask.author for ask in answered):
        row["hours"] = max(1, round(median(ask.hours for ask in answered if ask.hours is not None)))
    if enough(ask.author for ask in filled):
        row["messages_per_fill"] = round(sum(ask.messages for ask in asks) / len(filled), 1)
    return Row(name, rounded(len(asks)), **row)


def _of_ten(some: list[_Ask], asks: list[_Ask]) -> int | None:
    share = len(some) / len(asks)
    return None if share > ALL_THE_SAME or share < 1 - ALL_THE_SAME else round(10 * share)


def _split(asks: list[_Ask], names: dict[Any, str], part: Callable[[_Ask], Any]) -> list[Row]:
    """Return one row per part; when just one is hidden the smallest shown one goes too, or it could be worked out."""
    parts: dict[Any, list[_Ask]] = defaultdict(list)
    for ask in asks:
        parts[part(ask)].append(ask)
    # A part without asks reads as one with a few: zero would tell something as well.
    rows = [_row(name, parts[key]) for key, name in names.items()]
    shown = sorted((row for row in rows if row.asks is not None), key=lambda row: row.asks or 0)
    if len(rows) - len(shown) == 1 and shown:
        rows = [Row(row.name, None) if row is shown[0] else row for row in rows]
    return sorted(rows, key=lambda row: (row.asks is None, -(row.asks or 0), row.name))


def _helping(community: Community, *, now: datetime) -> Helping:
    since = now - QUARTER
    people = HelpPreferences.objects.filter(resident__community=community, resident__erased_at__isnull=True)
    wishes = people.filter(active=True)
    on = list(wishes.values_list("resident_id", "paused_until"))
    helped: dict[int, int] = dict.fromkeys((pk for pk, _until in on), 0)
    done = Engagement.objects.filter(
        slot__post__community=community, slot__post__kind=Post.Kind.ASK, reserved_at__gt=since
    ).exclude(state__in=[Engagement.State.CANCELLED, Engagement.State.NO_SHOW])
    for helper in done.values_list("helper_id", flat=True):
        helped[helper] = helped.get(helper, 0) + 1
    resting = [pk for pk, until in on if until and until > now.date()]
    off = Entry.objects.filter(verb="help_preferences_set", facts__active=False, at__gt=since)
    left = set(off.values_list("actor_id", flat=True)) & set(
        people.filter(active=False).values_list("resident_id", flat=True)
    )
    busy = [count for count in helped.values() if count]
    return Helping(
        helpers=rounded(len(on)) if len(on) >= SMALL_NUMBER else None,
        gini=gini(helped.values()) if len(busy) >= SMALL_NUMBER else None,
        resting=rounded(len(resting)) if len(resting) >= SMALL_NUMBER else None,
        left=rounded(len(left)) if len(left) >= SMALL_NUMBER else None,
    )


def enough(people: Iterable[int]) -> bool:
    """Say whether ten different people stand behind a number."""
    return len(set(people)) >= SMALL_NUMBER


def rounded(count: int) -> int:
    """Return a count rounded to five."""
    return ROUND_TO * round(count / ROUND_TO)


def gini(counts: Iterable[int]) -> float:
    """Return how unevenly helping is spread: 0 everybody the same, 1 one does it all (formula of mean difference)."""
    ordered = sorted(counts)
    total = sum(ordered)
    if not total:
        return 0.0
    weighted = sum(place * count for place, count in enumerate(ordered, start=1))
    return round(2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered), 2)
