"""The rows of the list of conversations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from buurt.residents.models import Resident
from chat.access import Talk, others_in
from chat.models import Message, Participant
from chat.shown import glance_of


@dataclass(frozen=True)
class Row:
    """One conversation in the list."""

    talk: Talk
    name: str
    glance: str
    last_at: datetime | None
    unread: int


def rows_of(resident: Resident, parts: Iterable[Participant], *, now: datetime) -> list[Row]:
    """Return a row for each of these parts, in two queries however many there are."""
    mine = list(parts)
    others = others_in(resident, mine)
    last = {
        message.conversation_id: message
        for message in Message.objects.filter(
            conversation__in=[part.conversation_id for part in mine], seq=F("conversation__last_seq")
        )
    }
    return [
        _row(Talk(part.conversation, part, others.get(part.conversation_id, []), apart=False), last, now)
        for part in mine
    ]


def _row(talk: Talk, last: dict[int, Message], now: datetime) -> Row:
    message = last.get(talk.conversation.pk)
    return Row(
        talk,
        name=", ".join(str(other.resident) for other in talk.others),
        glance=glance_of(talk, message, now=now) if message is not None else "",
        last_at=talk.conversation.last_message_at,
        unread=max(0, talk.conversation.last_seq - talk.me.read_seq),
    )
