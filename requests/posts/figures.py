"""How often and how soon an ask gets an answer here, from what really happened; nothing under the small-number rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Min
from django.utils import timezone

from buurt.communities.models import Community
from posts.models import Post

# Fewer different people than this are never counted in public.
SMALL_NUMBER = 10
LOOKS_BACK = timedelta(days=180)
# An ask of today may still be answered; it counts when it had this long, or was answered already.
HAD_TIME = timedelta(days=2)
MOST_ASKS = 1_000


@dataclass(frozen=True)
class Figures:
    """ "8 of 10 asks get an answer, mostly within 5 hours"; hours are None when too few people stand behind them."""

    of_ten: int
    median_hours: int | None


def answer_figures(community: Community, category: str, *, now: datetime | None = None) -> Figures | None:
    """Return how asks of this kind fared here in the last half year, or None when fewer than ten people asked."""
    now = now or timezone.now()
    asks = Post.objects.filter(
        community=community,
        kind=Post.Kind.ASK,
        category=category,
        published_at__gt=now - LOOKS_BACK,
        published_at__lte=now,
    )
    rows = asks.annotate(answered_at=Min("slots__engagements__reserved_at")).order_by("-published_at")
    seen = [
        (author, published, answered)
        for author, published, answered in rows.values_list("author_id", "published_at", "answered_at")[:MOST_ASKS]
        if answered or (published and published <= now - HAD_TIME)
    ]
    if _people(author for author, _, _ in seen) < SMALL_NUMBER:
        return None
    waits = [(author, answered - published) for author, published, answered in seen if answered and published]
    hours = None
    if _people(author for author, _ in waits) >= SMALL_NUMBER:
        hours = max(1, round(median(wait.total_seconds() for _, wait in waits) / 3600))
    return Figures(of_ten=round(10 * len(waits) / len(seen)), median_hours=hours)


def _people(authors: Iterable[int]) -> int:
    return len(set(authors))
