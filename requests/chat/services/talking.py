"""Talking: write, read, share a number, be left alone, leave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors, pace
from chat.access import LIVE_PLACES
from chat.bodies import cleaned, sealed_line
from chat.frames import message_parcel, tell_after_commit
from chat.lines import LINES
from chat.models import Conversation, Message, Participant
from chat.tags import tag_of
from chat.writing.drafts import Draft
from chat.writing.marks import Mark, write_marks
from chat.writing.rules import refuse_unless_may_write, store_here, write
from posts.models import Engagement

_NUMBER = re.compile(r"\+?[0-9][0-9 ()\-./]{5,24}")


@dataclass(frozen=True)
class _NewMessage:
    """A message before it has its place in the row."""

    kind: str
    body: bytes
    sender: Resident | None = None
    client_key: UUID | None = None


@transaction.atomic
def send_message(
    *, by: Resident, conversation: Conversation, text: str, client_key: UUID | None = None, now: datetime | None = None
) -> Message:
    """Store one message under the next number, by the same rules and the same writer as sockets (chat/writing).

    The same client key again returns what was stored the first time; with other words it is refused.
    """
    answer = write([Draft(conversation.public_id, by.pk, cleaned(text), client_key, now)])[0]
    if isinstance(answer, errors.ChatError):
        raise answer
    return answer.message


@transaction.atomic
def add_system_line(
    *, conversation: Conversation, name: str, now: datetime | None = None, once: UUID | None = None, **facts: Any
) -> Message:
    """Add a line about what happened; `who` is the id of the resident it is about. Words are made when it is shown.

    With `once`, a line of the same key that stands here already is returned instead.
    """
    if name not in LINES:
        raise KeyError(name)
    row = lock(conversation)
    if once is not None:
        stored = Message.objects.filter(conversation=row, sender=None, client_key=once).first()
        if stored is not None:
            return stored
    new = _NewMessage(Message.Kind.SYSTEM, sealed_line(row, name, facts), client_key=once)
    message = _append(row, new, _takes_part(row), now=now or timezone.now())
    conversation.last_seq = row.last_seq
    return message


@transaction.atomic
def share_number(
    *,
    by: Resident,
    conversation: Conversation,
    number: str,
    client_key: UUID | None = None,
    now: datetime | None = None,
) -> Message:
    """Show one's telephone number in this conversation: an act of this person, stored nowhere else.

    A form sent twice, with the same key, shows it once.
    """
    number = " ".join(number.split())
    if not _NUMBER.fullmatch(number) or not 6 <= sum(sign.isdigit() for sign in number) <= 15:
        raise errors.WrongNumberError
    now = now or timezone.now()
    room = store_here().hold([conversation.public_id], now=now).get(conversation.public_id)
    if room is None or by.pk not in room.parts:
        raise errors.NotTakingPartError
    row = lock(conversation)
    if client_key is not None:
        stored = Message.objects.filter(conversation=row, sender=by, client_key=client_key).first()
        if stored is not None:
            return stored
    refuse_unless_may_write(room, by.pk)
    record("number_shared", row, by=by)
    body = sealed_line(row, "contact", {"who": by.pk, "number": number})
    new = _NewMessage(Message.Kind.SYSTEM, body, sender=by, client_key=client_key)
    return _append(row, new, list(room.parts), now=now)


def mark_read(*, by: Resident, conversation: Conversation, seq: int) -> bool:
    """Note up to where this person has read; never backwards. Returns whether that is new, and tells the others."""
    return write_marks([Mark(by.pk, conversation.public_id, seq, seq)]) == 1


def set_silent(*, by: Resident, conversation: Conversation, silent: bool) -> None:
    """Let this conversation count and write letters no more, or again."""
    Participant.objects.filter(conversation=conversation, resident=by, left_at=None).update(muted=silent)


@transaction.atomic
def leave(*, by: Resident, conversation: Conversation, now: datetime | None = None) -> bool:
    """Leave for good; with one person left the conversation is closed. Not while a place is taken: cancel first."""
    now = now or timezone.now()
    row = lock(conversation)
    people = people_in(row, by)
    part = Participant.objects.get(conversation=row, resident=by)
    if part.is_party and _live_places(row, part).exists():
        raise errors.StillAgreedError
    Participant.objects.filter(pk=part.pk).update(left_at=now)
    body = sealed_line(row, "left", {"who": by.pk})
    _append(row, _NewMessage(Message.Kind.SYSTEM, body), people, now=now)
    if len(people) <= 2:
        Conversation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now)
    record("conversation_left", row, by=by)
    return True


def _live_places(row: Conversation, part: Participant) -> QuerySet[Engagement]:
    """Return the places this person would leave behind: of a helper their own, of who asks everybody's here."""
    helpers = [row.helper_id] if row.helper_id else _takes_part(row)
    if part.role == Participant.Role.HELPER:
        helpers = [part.resident_id]
    return Engagement.objects.filter(slot__post_id=row.post_id, helper__in=helpers, state__in=LIVE_PLACES)


def hide_messages(*, by: Resident, messages: Iterable[Message], now: datetime | None = None) -> int:
    """Hide messages on a moderator's decision; twice is the same as once. Returns how many were hidden now."""
    return _set_hidden(by, messages, hidden_at=now or timezone.now())


def restore_messages(*, by: Resident, messages: Iterable[Message]) -> int:
    """Show hidden messages again, exactly as they were. Returns how many are shown again."""
    return _set_hidden(by, messages, hidden_at=None)


@transaction.atomic
def _set_hidden(by: Resident, messages: Iterable[Message], *, hidden_at: datetime | None) -> int:
    moved = 0
    for message in messages:
        rows = Message.objects.filter(pk=message.pk, hidden_at__isnull=hidden_at is not None)
        if rows.update(hidden_at=hidden_at):
            record("message_hidden" if hidden_at else "message_restored", message, by=by)
            moved += 1
    return moved


# -- the row of a conversation ----------------------------------------------------------------------------------


def lock(conversation: Conversation) -> Conversation:
    """Return the conversation's row, held until the transaction ends: whoever holds it gives out the next number."""
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)


def people_in(conversation: Conversation, by: Resident) -> list[int]:
    """Return the ids of who takes part; raises when this person does not."""
    people = _takes_part(conversation)
    if by.pk not in people:
        raise errors.NotTakingPartError
    return people


def _takes_part(conversation: Conversation) -> list[int]:
    rows = Participant.objects.filter(conversation=conversation, left_at=None)
    return list(rows.values_list("resident_id", flat=True))


def refuse_held_back(by: Resident, *, now: datetime) -> None:
    """Refuse somebody who cannot write for some time, or who writes faster than a person can."""
    held_back = Q(restricted_until__gt=now) | Q(is_active=False)
    if Resident.objects.filter(held_back, pk=by.pk).exists():
        raise errors.RestrictedError
    if not pace.allows(by.pk):
        raise errors.TooManyMessagesError


def _append(row: Conversation, new: _NewMessage, people: list[int], *, now: datetime) -> Message:
    """Give the next number to a message. The caller holds the conversation's row."""
    row.last_seq += 1
    row.last_message_at = now
    Conversation.objects.filter(pk=row.pk).update(last_seq=row.last_seq, last_message_at=now)
    message = Message(
        conversation=row,
        seq=row.last_seq,
        sender=new.sender,
        kind=new.kind,
        body=new.body,
        client_key=new.client_key,
        created_at=now,
    )
    message.tag = tag_of(bytes(row.sealed_key), row.public_id, message)
    message.save(force_insert=True)
    if new.sender is not None:
        # One's own words are not news. What came in just before stays unread.
        mine = Participant.objects.filter(conversation=row, resident=new.sender)
        mine.filter(read_seq=row.last_seq - 1).update(read_seq=row.last_seq, reached_seq=row.last_seq)
    tell_after_commit(people, message_parcel(row.public_id, bytes(row.sealed_key), message))
    return message
