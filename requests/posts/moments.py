"""When somebody wants help: what the choices of a draft mean in time, and how a moment is said."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurt.communities import when
from posts.drafts import PostDraft
from posts.errors import WrongMomentError
from posts.models import Post

# Real days, not the platform's clock: they belong to dates on a calendar.
SOON_FOR = timedelta(days=7)
ASK_FOR = timedelta(days=28)
OFFER_FOR = timedelta(days=90)
FURTHEST = timedelta(days=366)
# A day without a time ends here; forms know minutes only, so nobody chose this second.
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Moments:
    """What follows from the choices: when it loses its sense, when it leaves the board, and the moment itself."""

    deadline: datetime | None
    expires_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def moments_of(draft: PostDraft, *, now: datetime) -> Moments:
    """Work out the moments of a draft; raises WrongMomentError for a day or time that is missing or cannot be."""
    if draft.timing == Post.Timing.DAY:
        return _on_a_day(draft, now)
    if draft.timing == Post.Timing.WEEKLY and draft.weekday is None:
        raise WrongMomentError
    return standing(draft.kind, draft.timing, now=now)


def standing(kind: str, timing: str, *, now: datetime) -> Moments:
    """Return the moments of a post that is not about one day, counted from now."""
    if kind == Post.Kind.OFFER:
        return Moments(None, now + OFFER_FOR)
    if timing == Post.Timing.SOON:
        return Moments(now + SOON_FOR, now + SOON_FOR)
    return Moments(None, now + ASK_FOR)


def _on_a_day(draft: PostDraft, now: datetime) -> Moments:
    if draft.day is None:
        raise WrongMomentError
    try:
        moment = timezone.make_aware(datetime.combine(draft.day, draft.at or END_OF_DAY))
        too_early_or_late = not now < moment <= now + FURTHEST
    except (ValueError, OverflowError) as error:  # the year 0 or 9999
        raise WrongMomentError from error
    if too_early_or_late:
        raise WrongMomentError
    if draft.at is None:
        return Moments(moment, moment)
    ends_at = moment + timedelta(minutes=draft.duration_minutes) if draft.duration_minutes else None
    return Moments(moment, moment, moment, ends_at)


def day_and_time(post: Post) -> tuple[date | None, time | None]:
    """Return the day and time that somebody chose for a post; both None unless it is about one day."""
    if post.timing != Post.Timing.DAY or post.deadline is None:
        return None, None
    local = timezone.localtime(post.deadline)
    chosen = local.time()
    return local.date(), None if chosen == END_OF_DAY else chosen.replace(second=0, microsecond=0)


def spoken_places(places: int, *, timing: str) -> str:
    """Say how many neighbours are looked for: "3 buren", who take turns when it is every week."""
    people = ngettext("%(count)s buur", "%(count)s buren", places) % {"count": places}
    return _("%(people)s, om de beurt") % {"people": people} if timing == Post.Timing.WEEKLY else people


def spoken_timing(post: Post, *, short: bool = False, now: datetime | None = None) -> str:
    """Say when a post is about: "donderdag 26 november, 9 uur", "elke dinsdag", "zo snel mogelijk"."""
    day, at = day_and_time(post)
    return _spoken(post.timing, _moment(day, at), weekday=post.weekday, short=short, now=now)


def spoken_draft(draft: PostDraft, *, short: bool = False, now: datetime | None = None) -> str:
    """Say when a draft is about, in the same words."""
    moment = _moment(draft.day, draft.at) if draft.timing == Post.Timing.DAY else None
    return _spoken(draft.timing, moment, weekday=draft.weekday, short=short, now=now)


def _moment(day: date | None, at: time | None) -> date | None:
    """Return the day, with its time when one was chosen."""
    return timezone.make_aware(datetime.combine(day, at)) if day and at else day


def _spoken(timing: str, moment: date | None, *, weekday: int | None, short: bool, now: datetime | None) -> str:
    if timing == Post.Timing.SOON:
        return _("zo snel mogelijk")
    if timing == Post.Timing.WEEKLY and weekday is not None:
        names = WEEKDAYS_ABBR if short else WEEKDAYS
        return _("elke %(weekday)s") % {"weekday": names[weekday]}
    if timing == Post.Timing.WEEKLY:
        return _("elke week")
    if moment is None:
        return _("het maakt niet uit")
    now = now or timezone.now()
    return when.short_moment(moment, now) if short else when.spoken_moment(moment, now)
