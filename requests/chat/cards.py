"""The card on top of a conversation: what is reserved, proposed, agreed or done, and what one can do next."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from django.utils.translation import gettext as _

from chat.access import Agreement, Talk
from chat.bodies import opened
from chat.models import Conversation, Participant
from chat.moments import Moment, moment_of
from chat.roster import Place, roster_of
from chat.services.giving_back import may_report_no_show
from chat.services.going import may_say_on_the_way
from chat.turns import Day, days_of
from posts.models import Engagement

Standing = Literal["none", "reserved", "agreed", "done", "not_done", "over", "guest", "circle"]
_STANDING: dict[str, Standing] = {
    Engagement.State.RESERVED: "reserved",
    Engagement.State.AGREED: "agreed",
    Engagement.State.DONE: "done",
    Engagement.State.NOT_DONE: "not_done",
}


@dataclass(frozen=True)
class Card:
    """What stands on top for one reader."""

    standing: Standing
    # Everybody who takes part, with what they are here, when there are more than the two.
    company: tuple[tuple[str, str], ...] = ()
    agreed: Moment | None = None
    proposed: Moment | None = None
    agree_before: datetime | None = None
    # The post names a moment of its own, so agreeing means saying when.
    has_moment: bool = False
    may_say_outcome: bool = False
    # It is nearly time: one may say to be on the way.
    may_go: bool = False
    # What was agreed is off, and may still stand in somebody's calendar.
    was_cancelled: bool = False
    i_said: str = ""
    may_report_no_show: bool = False
    may_thank: bool = False
    thanks: str = ""
    thanked: bool = False
    # Of a circle: who comes when, and what one hands over to the next.
    roster: tuple[Place, ...] = ()
    handover: str = ""
    # Of a circle that comes every week: who takes which of the next dates.
    days: tuple[Day, ...] = ()

    @property
    def version(self) -> str:
        """Return a mark that changes with what the card says, so that an open page replaces it only then."""
        return sha256(repr(self).encode()).hexdigest()[:16]


def card_for(talk: Talk, agreement: Agreement, *, now: datetime) -> Card:
    """Return the card as this reader sees it now."""
    company = _company(talk)
    if not talk.me.is_party:
        return Card("guest", company=company, agreed=_moment_for_guest(talk, agreement, now))
    if talk.conversation.kind == Conversation.Kind.CIRCLE:
        handover = opened(talk.conversation, talk.conversation.handover)
        roster, days = roster_of(talk, now=now), days_of(talk, now=now)
        return Card("circle", company=company, roster=roster, handover=handover, days=days)
    place = agreement.engagement
    if place is None:
        return Card("none", company=company)
    standing = _STANDING.get(place.state, "over")
    thanks = getattr(place, "thanks", None)
    words = opened(talk.conversation, thanks.body) if thanks is not None else ""
    is_time = agreement.agreed is None or agreement.agreed.starts_at is None or agreement.agreed.starts_at <= now
    return Card(
        standing,
        company=company,
        agreed=moment_of(talk, place, agreement.agreed, now=now) if standing == "agreed" else None,
        proposed=moment_of(talk, place, agreement.proposed, now=now) if agreement.is_live else None,
        agree_before=place.agree_before if standing == "reserved" else None,
        has_moment=place.slot.starts_at is not None,
        may_say_outcome=standing == "agreed" and is_time,
        may_go=standing == "agreed" and may_say_on_the_way(agreement.agreed, talk.me.resident_id, now=now),
        was_cancelled=agreement.was_cancelled and standing == "over",
        i_said=place.asker_says if talk.i_get_help else place.helper_says,
        may_report_no_show=talk.i_get_help and may_report_no_show(place, agreement.agreed, now=now),
        may_thank=talk.i_get_help and standing in {"done", "not_done"} and thanks is None,
        thanks="" if talk.i_get_help else words,
        thanked=talk.i_get_help and thanks is not None,
    )


def _company(talk: Talk) -> tuple[tuple[str, str], ...]:
    if not talk.is_company:
        return ()
    return tuple((_("Jij") if one is talk.me else str(one.resident), _part(talk, one)) for one in talk.present)


def _part(talk: Talk, one: Participant) -> str:
    """Return in a word or two what somebody is in this conversation."""
    if one.role == Participant.Role.GUEST:
        return _("van het buurtteam") if talk.conversation.kind == Conversation.Kind.TEAM else _("gast")
    if one.role == Participant.Role.PROXY:
        return _("namens de vrager")
    gets_help = (one.role == Participant.Role.ASKER) == talk.conversation.post.is_ask
    return _("vraagt") if gets_help else _("helpt")


def _moment_for_guest(talk: Talk, agreement: Agreement, now: datetime) -> Moment | None:
    """Return when the two meet, if they agreed it since the guest is here; the door word is theirs alone."""
    place, agreed = agreement.engagement, agreement.agreed
    if place is None or agreed is None or agreed.agreed_at is None or agreed.agreed_at < talk.me.joined_at:
        return None
    moment = moment_of(talk, place, agreed, now=now)
    return replace(moment, door_word="") if moment else None
