"""What neighbours did for each other this week, in numbers that point at nobody; none under the small-number rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Min
from django.utils import timezone

from buurt.communities.models import Community
from posts.figures import SMALL_NUMBER
from posts.models import Post

WEEK = timedelta(days=7)
# How long people wait is told over a longer time, so that one quick week promises nothing.
LOOKS_BACK = timedelta(days=28)
ROUNDED_TO = 5
MOST_ASKS = 2_000


@dataclass(frozen=True)
class Week:
    """Asks answered in seven days, rounded to five (None: too few people), and the usual wait in hours (or None)."""

    answered: int | None = None
    hours: int | None = None


def week_of(community: Community, *, now: datetime | None = None) -> Week:
    """Return the figures of a community's last week; each only when ten people or more stand behind it."""
    now = now or timezone.now()
    asks = Post.objects.filter(community=community, kind=Post.Kind.ASK)
    answered = asks.annotate(answered_at=Min("slots__engagements__reserved_at"))
    rows = list(
        answered.filter(answered_at__gt=now - LOOKS_BACK, answered_at__lte=now)
        .order_by("-answered_at")
        .values_list("author_id", "published_at", "answered_at")[:MOST_ASKS]
    )
    this_week = [author for author, _since, at in rows if at > now - WEEK]
    return Week(
        answered=_rounded(len(this_week)) if len(set(this_week)) >= SMALL_NUMBER else None,
        hours=_usual_hours([at - since for _author, since, at in rows if since], [author for author, _s, _a in rows]),
    )


def _rounded(count: int) -> int:
    return ROUNDED_TO * round(count / ROUNDED_TO)


def _usual_hours(waits: list[timedelta], authors: list[int]) -> int | None:
    if len(set(authors)) < SMALL_NUMBER or not waits:
        return None
    return max(1, round(median(wait.total_seconds() for wait in waits) / 3600))
