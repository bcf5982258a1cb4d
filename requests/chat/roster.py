"""The roster of a circle: who comes when, what is still free, and what this reader can do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import FilteredRelation, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurt.communities.when import spoken_moment
from chat.access import LIVE_PLACES, Talk, may_see_place
from chat.bodies import opened
from chat.models import Appointment
from chat.moments import Moment, moment_of
from chat.services.agreeing import is_a_turn
from chat.services.giving_back import may_report_no_show
from chat.services.going import may_say_on_the_way
from chat.services.turns import coming_dates
from posts.models import Engagement, Post, Slot

MOST_ROWS = 20
_OVER = (Engagement.State.CANCELLED, Engagement.State.NO_SHOW)


@dataclass(frozen=True)
class Place:
    """One place of the roster for one reader."""

    when: str
    who: str = ""
    # reserved, agreed, done, not_done; "" while it is free.
    state: str = ""
    # The engagement, where this reader may do something about it.
    key: int = 0
    mine: bool = False
    has_moment: bool = False
    # When it first was, once it is moved; what is proposed instead; whether another moment may be proposed.
    was: str = ""
    proposed: Moment | None = None
    may_move: bool = False
    at: datetime | None = None
    door_word: str = ""
    may_go: bool = False
    may_say_outcome: bool = False
    may_report_no_show: bool = False
    may_thank: bool = False
    thanks: str = ""


def roster_of(talk: Talk, *, now: datetime) -> tuple[Place, ...]:
    """Return the places that are still to come or not settled, in two queries however many there are."""
    slots = list(Slot.objects.filter(post=talk.conversation.post_id).order_by("starts_at", "pk"))
    taken: dict[int, list[Engagement]] = {}
    for one in _engagements(talk):
        taken.setdefault(one.slot_id, []).append(one)
    rows = [row for slot in slots for row in _rows(talk, slot, taken.get(slot.pk, []), now) if _matters(row, now)]
    # A place that was moved stands where it is now.
    return tuple(sorted(rows, key=lambda row: (row.at is None, row.at or now))[:MOST_ROWS])


def _engagements(talk: Talk) -> Iterable[Engagement]:
    agreed, wish = (Q(appointments__state=state) for state in (Appointment.State.AGREED, Appointment.State.PROPOSED))
    rows = Engagement.objects.filter(slot__post=talk.conversation.post_id).exclude(state__in=_OVER)
    return (
        rows.annotate(
            moment=FilteredRelation("appointments", condition=agreed),
            wish=FilteredRelation("appointments", condition=wish),
        )
        .select_related("slot__post", "helper", "thanks", "moment", "wish")  # type: ignore[misc] # the stubs know no filtered relations
        .order_by("pk")
    )


def _matters(row: Place, now: datetime) -> bool:
    """Leave out what lies more than two weeks back: by then it is settled, or nobody will."""
    return row.at is None or (now - row.at).days < 14


def _rows(talk: Talk, slot: Slot, taken: list[Engagement], now: datetime) -> Iterable[Place]:
    title = spoken_moment(slot.starts_at, now) if slot.starts_at else _no_moment(talk)
    for one in taken:
        yield _row(talk, one, title, now)
    is_past = slot.starts_at is not None and slot.starts_at < now
    for _free in range(0 if is_past else max(0, slot.places - slot.taken)):
        yield Place(title, at=slot.starts_at)


def _has_come(slot: Slot, moment: Appointment, now: datetime) -> bool:
    """Say whether there is something to say "het is gelukt" of: for a weekly turn, once its day came after the yes."""
    if moment.starts_at is not None:
        return moment.starts_at <= now
    dates = coming_dates(slot.post, now=now) if is_a_turn(slot) else []
    if not dates or moment.agreed_at is None:
        return True
    today = localdate(now)
    latest = today if dates[0] == today else dates[0] - timedelta(weeks=1)
    return localdate(moment.agreed_at) <= latest


def _no_moment(talk: Talk) -> str:
    """Say of a place without a moment how it goes: each week another, or as they agree."""
    is_weekly = talk.conversation.post.timing == Post.Timing.WEEKLY
    return _("om de beurt") if is_weekly else _("in overleg")


def _row(talk: Talk, one: Engagement, title: str, now: datetime) -> Place:
    who = _("jij") if one.helper_id == talk.me.resident_id else str(one.helper)
    moment: Appointment | None = getattr(one, "moment", None)
    was, at = "", one.slot.starts_at
    if moment is not None and moment.starts_at is not None and moment.starts_at != at:
        was, at, title = title if at else "", moment.starts_at, spoken_moment(moment.starts_at, now)
    if not may_see_place(talk, one):
        return Place(title, who, one.state, was=was, at=at)
    thanks = getattr(one, "thanks", None)
    is_agreed = one.state == Engagement.State.AGREED
    is_time = moment is None or _has_come(one.slot, moment, now)
    return Place(
        title,
        who,
        one.state,
        key=one.pk,
        mine=one.helper_id == talk.me.resident_id,
        has_moment=moment is not None and moment.starts_at is not None,
        was=was,
        proposed=moment_of(talk, one, getattr(one, "wish", None), now=now) if one.state in LIVE_PLACES else None,
        may_move=one.state in LIVE_PLACES and (at is None or at > now) and not is_a_turn(one.slot),
        at=at,
        door_word=opened(talk.conversation, moment.door_words) if moment is not None and is_agreed else "",
        may_go=is_agreed and may_say_on_the_way(moment, talk.me.resident_id, now=now),
        may_say_outcome=is_agreed and is_time,
        may_report_no_show=talk.i_get_help and may_report_no_show(one, moment, now=now),
        may_thank=talk.i_get_help and one.state == Engagement.State.DONE and thanks is None,
        thanks="" if talk.i_get_help or thanks is None else opened(talk.conversation, thanks.body),
    )
