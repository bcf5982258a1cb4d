"""The next dates of a weekly circle, as one of it reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from buurt.communities.when import spoken_day
from chat.access import Talk
from chat.services.turns import coming_dates, takes_turns, turns_that_hold


@dataclass(frozen=True)
class Day:
    """One date for one reader; `who` is empty while it is free."""

    key: str
    when: str
    who: str = ""
    mine: bool = False
    may_take: bool = False


def days_of(talk: Talk, *, now: datetime) -> tuple[Day, ...]:
    """Return the next dates of a circle that comes every week, two queries; nothing for any other."""
    dates = coming_dates(talk.conversation.post, now=now)
    if not dates:
        return ()
    turns = turns_that_hold(talk.conversation).filter(day__in=dates).select_related("helper")
    taken = {turn.day: turn for turn in turns}
    me = talk.me.resident_id
    helps = takes_turns(me, talk.conversation)
    days = []
    for day in dates:
        turn, when = taken.get(day), spoken_day(day, now)
        if turn is None:
            days.append(Day(day.isoformat(), when, may_take=helps))
        else:
            mine = turn.helper_id == me
            days.append(Day(day.isoformat(), when, _("jij") if mine else str(turn.helper), mine=mine))
    return tuple(days)
