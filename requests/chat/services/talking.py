"""Talking: open a conversation, write, read, share a number, be left alone, leave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from buurt.ledger.limits import TooOftenError, count_or_refuse
from buurt.ledger.sealing import new_sealed_key
from buurt.ledger.services import record
from buurt.residents.models import Block, Resident
from chat import errors
from chat.access import LIVE_PLACES
from chat.bodies import cleaned, sealed, sealed_line
from chat.events import message_sent
from chat.frames import message_frame, tell_after_commit
from chat.lines import LINES
from chat.models import Conversation, Message, Participant
from posts.models import Engagement, Post

MESSAGES_A_MINUTE = 30
_NUMBER = re.compile(r"\+?[0-9][0-9 ()\-./]{5,24}")


@dataclass(frozen=True)
class _NewMessage:
    """A message before it has its place in the row."""

    kind: str
    body: bytes
    sender: Resident | None = None
    client_key: UUID | None = None


@transaction.atomic
def open_conversation(*, post: Post, helper: Resident, now: datetime | None = None) -> Conversation:
    """Return the conversation between a post's author and one helper; opened once, and opened again after its end."""
    if helper.pk == post.author_id:
        raise errors.NotYoursToDoError
    conversation, made = Conversation.objects.get_or_create(
        post=post, helper=helper, defaults={"sealed_key": new_sealed_key()}
    )
    if made:
        roles = ((post.author_id, Participant.Role.ASKER), (helper.pk, Participant.Role.HELPER))
        Participant.objects.bulk_create(
            [Participant(conversation=conversation, resident_id=person, role=role) for person, role in roles]
        )
        record("conversation_opened", conversation, by=helper, post_id=post.pk)
    elif Conversation.objects.filter(pk=conversation.pk, ended_at__isnull=False).update(ended_at=None):
        Participant.objects.filter(conversation=conversation).update(left_at=None)
        conversation.ended_at = None
        record("conversation_reopened", conversation, by=helper, post_id=post.pk)
    return conversation


@transaction.atomic
def send_message(
    *, by: Resident, conversation: Conversation, text: str, client_key: UUID | None = None, now: datetime | None = None
) -> Message:
    """Store one message under the next number. The same client key again returns what was stored the first time."""
    words = cleaned(text)
    row = lock(conversation)
    people = people_in(row, by)
    if client_key is not None:
        stored = Message.objects.filter(conversation=row, sender=by, client_key=client_key).first()
        if stored is not None:
            return stored
    now = now or timezone.now()
    _refuse_unless_may_write(row, by, people, now=now)
    new = _NewMessage(Message.Kind.TEXT, sealed(row, words), sender=by, client_key=client_key)
    return _append(row, new, people, now=now)


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
def share_number(*, by: Resident, conversation: Conversation, number: str, now: datetime | None = None) -> Message:
    """Show one's telephone number in this conversation: an act of this person, stored nowhere else."""
    number = " ".join(number.split())
    if not _NUMBER.fullmatch(number) or not 6 <= sum(sign.isdigit() for sign in number) <= 15:
        raise errors.WrongNumberError
    row = lock(conversation)
    people = people_in(row, by)
    now = now or timezone.now()
    _refuse_unless_may_write(row, by, people, now=now)
    record("number_shared", row, by=by)
    body = sealed_line(row, "contact", {"who": by.pk, "number": number})
    return _append(row, _NewMessage(Message.Kind.SYSTEM, body, sender=by), people, now=now)


def mark_read(*, by: Resident, conversation: Conversation, seq: int, others: list[int] | None = None) -> bool:
    """Note up to where this person has read; never backwards. Returns whether that is new, and tells the others.

    One statement, so it needs no transaction of its own. Who knows the `others` with whom this person shares it
    (Talk.reading_shown) saves looking them up.
    """
    mine = Participant.objects.filter(conversation=conversation, resident=by, left_at=None, read_seq__lt=seq)
    # Nobody can have read what is not there yet.
    if not mine.filter(conversation__last_seq__gte=seq).update(read_seq=seq):
        return False
    people = who_sees_reading(by, conversation) if others is None else others
    frame = {"type": "read", "conversation": conversation.public_id, "seq": seq}
    tell_after_commit([person for person in people if person != by.pk], frame)
    return True


def who_sees_reading(by: Resident, conversation: Conversation) -> list[int]:
    """Return who may see up to where this person has read: only where both let it be seen."""
    rows = Participant.objects.filter(conversation=conversation, left_at=None)
    people = list(rows.exclude(resident__talk_manners__shows_reading=False).values_list("resident_id", flat=True))
    return [person for person in people if person != by.pk] if by.pk in people else []


def set_silent(*, by: Resident, conversation: Conversation, silent: bool) -> None:
    """Let this conversation count and write letters no more, or again."""
    Participant.objects.filter(conversation=conversation, resident=by, left_at=None).update(muted=silent)


@transaction.atomic
def leave(*, by: Resident, conversation: Conversation, now: datetime | None = None) -> bool:
    """Leave for good; with one person left the conversation is closed. Not while a place is taken: cancel first."""
    now = now or timezone.now()
    row = lock(conversation)
    people = people_in(row, by)
    place = Engagement.objects.filter(slot__post_id=row.post_id, helper_id=row.helper_id, state__in=LIVE_PLACES)
    if place.exists():
        raise errors.StillAgreedError
    Participant.objects.filter(conversation=row, resident=by).update(left_at=now)
    body = sealed_line(row, "left", {"who": by.pk})
    _append(row, _NewMessage(Message.Kind.SYSTEM, body), people, now=now)
    if len(people) <= 2:
        Conversation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now)
    record("conversation_left", row, by=by)
    return True


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


def _refuse_unless_may_write(row: Conversation, by: Resident, people: list[int], *, now: datetime) -> None:
    others = [person for person in people if person != by.pk]
    apart = Q(blocker=by, blocked__in=others) | Q(blocked=by, blocker__in=others)
    if row.ended_at is not None or not others or Block.objects.filter(apart).exists():
        raise errors.EndedError
    # Read anew: a socket knows its person from when it was opened.
    held_back = Q(restricted_until__gt=now) | Q(is_active=False)
    if Resident.objects.filter(held_back, pk=by.pk).exists():
        raise errors.RestrictedError
    try:
        count_or_refuse("chat.message", str(by.pk), times=MESSAGES_A_MINUTE, seconds=60)
    except TooOftenError as error:
        raise errors.TooManyMessagesError from error


def _append(row: Conversation, new: _NewMessage, people: list[int], *, now: datetime) -> Message:
    """Give the next number to a message. The caller holds the conversation's row."""
    row.last_seq += 1
    row.last_message_at = now
    Conversation.objects.filter(pk=row.pk).update(last_seq=row.last_seq, last_message_at=now)
    message = Message.objects.create(
        conversation=row,
        seq=row.last_seq,
        sender=new.sender,
        kind=new.kind,
        body=new.body,
        client_key=new.client_key,
        created_at=now,
    )
    if new.sender is not None:
        # One's own words are not news. What came in just before stays unread.
        mine = Participant.objects.filter(conversation=row, resident=new.sender)
        mine.filter(read_seq=row.last_seq - 1).update(read_seq=row.last_seq)
    tell_after_commit(people, message_frame(row, message))
    if new.kind == Message.Kind.TEXT:
        transaction.on_commit(
            partial(message_sent.send_robust, sender=Message, conversation_id=row.pk, seq=message.seq)
        )
    return message
