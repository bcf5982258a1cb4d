"""An appointment in words, for one reader."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from buurt.communities.when import spoken_duration, spoken_moment
from chat.access import Talk
from chat.bodies import opened
from chat.models import Appointment, Conversation
from posts.models import Engagement


@dataclass(frozen=True)
class Moment:
    """An appointment in words."""

    key: int
    at: datetime | None
    title: str
    text: str
    door_word: str
    # Proposed by me; by my side at all (a proxy and who asks are one side), so that it is the other who says yes.
    mine: bool
    ours: bool = False
    where: str = ""
    note: str = ""
    lasts: str = ""


def moment_of(talk: Talk, place: Engagement, appointment: Appointment | None, *, now: datetime) -> Moment | None:
    """Return what is proposed or agreed for a place, in words for this reader; nothing for nothing."""
    if appointment is None:
        return None
    title = spoken_moment(appointment.starts_at, now) if appointment.starts_at else _("Afgesproken")
    return Moment(
        appointment.pk,
        appointment.starts_at,
        title[:1].upper() + title[1:],
        _about(talk.conversation, appointment),
        opened(talk.conversation, appointment.door_words),
        mine=appointment.proposed_by_id == talk.me.resident_id,
        ours=(appointment.proposed_by_id == place.helper_id) == (talk.me.resident_id == place.helper_id),
        where=opened(talk.conversation, appointment.place),
        note=opened(talk.conversation, appointment.note),
        lasts=spoken_duration(appointment.duration_minutes) if appointment.starts_at else "",
    )


def _about(conversation: Conversation, appointment: Appointment) -> str:
    if appointment.starts_at is None:
        return _("Jullie kiezen samen een moment.")
    parts = (
        opened(conversation, appointment.place),
        opened(conversation, appointment.note),
        spoken_duration(appointment.duration_minutes),
    )
    return " · ".join(part for part in parts if part)
