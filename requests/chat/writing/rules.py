"""What holds for every message, by whichever road it came: a form or a socket, alone or with two hundred others."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone

from chat import errors, pace
from chat.bodies import opened_under, sealed_under
from chat.events import message_sent
from chat.frames import message_parcel
from chat.hub import hub
from chat.models import Message
from chat.parcels import Parcel
from chat.tags import tag_of
from chat.writing.drafts import Draft, Key, Room, Stored

Answer = Stored | errors.ChatError


class Store(Protocol):
    """The database's part, inside the caller's transaction. Two implementations, held to the same tests."""

    def hold(self, public_ids: Iterable[str], keys: Sequence[Key] = (), *, now: datetime) -> dict[str, Room]:
        """Lock these conversations in the order of their ids; return them by public id, with who takes part.

        `keys` are those that might stand there already; what does is in `kept`.
        """

    def append(self, messages: list[Message], rooms: Sequence[Room], own_reads: dict[int, int]) -> None:
        """Store new messages and give them their ids; raise the counters of their rooms and the senders' read marks.

        `own_reads` is part -> number; a mark never goes backwards.
        """

    def raise_marks(self, risen: dict[int, tuple[int, int]]) -> None:
        """Raise the marks of parts (by id) to (reached, read); never backwards."""


def store_here() -> Store:
    """Return the store of the database at hand: its own statements on PostgreSQL, the ORM elsewhere."""
    if connection.vendor == "postgresql":
        from chat.writing.native import NativeStore

        return NativeStore()
    from chat.writing.orm import OrmStore

    return OrmStore()


@transaction.atomic
def write(drafts: Sequence[Draft], *, store: Store | None = None) -> list[Answer]:
    """Store these drafts in their order, all in one transaction; return for each the message, or why not.

    A refused draft does not hold up the others. Readers are told after the commit, and told again of what stood there
    already: whoever stored it may have died, or lost the database, between the commit and the telling.
    """
    store = store or store_here()
    now = timezone.now()
    keys = [(draft.conversation, draft.sender_id, draft.key) for draft in drafts if draft.key is not None]
    rooms = store.hold({draft.conversation for draft in drafts}, keys, now=now)
    new: list[tuple[Message, Room, str]] = []
    own_reads: dict[int, int] = {}
    answers: list[Answer] = []
    again: list[tuple[Message, Room, str]] = []
    for draft in drafts:
        try:
            answer = _placed(draft, rooms.get(draft.conversation), new, own_reads, now=now)
        except errors.ChatError as error:
            answers.append(error)
            continue
        answers.append(answer)
        if answer.again and answer.message.kind == Message.Kind.TEXT:
            again.append((answer.message, rooms[draft.conversation], draft.words))
    if new:
        touched = {room.pk: room for _message, room, _words in new}
        store.append([message for message, _room, _words in new], list(touched.values()), own_reads)
    if new or again:
        # Not a partial: when telling fails Django logs the name of what failed, and breaks on something without a name.
        transaction.on_commit(lambda: _tell(new, again), robust=True)
    return answers


def _placed(
    draft: Draft,
    room: Room | None,
    new: list[tuple[Message, Room, str]],
    own_reads: dict[int, int],
    *,
    now: datetime,
) -> Stored:
    """Give a draft the next number of its room, or return what stands under its key, or raise what forbids it."""
    if room is None or draft.sender_id not in room.parts:
        raise errors.NotTakingPartError
    if draft.key is not None:
        kept = room.kept.get((draft.sender_id, draft.key))
        if kept is not None:
            return _again(draft, room, kept)
    refuse_unless_may_write(room, draft.sender_id)
    room.last_seq += 1
    room.last_message_at = draft.at or now
    message = Message(
        conversation_id=room.pk,
        seq=room.last_seq,
        sender_id=draft.sender_id,
        kind=Message.Kind.TEXT,
        body=sealed_under(room.sealed_key, room.public_id, draft.words),
        client_key=draft.key,
        created_at=room.last_message_at,
    )
    message.tag = tag_of(room.sealed_key, room.public_id, message)
    if draft.key is not None:
        room.kept[draft.sender_id, draft.key] = message
    mine = room.parts[draft.sender_id]
    if mine.read_seq == room.last_seq - 1:
        # One's own words are not news. What came in just before stays unread.
        mine.read_seq = own_reads[mine.pk] = room.last_seq
    new.append((message, room, draft.words))
    return Stored(message)


def _again(draft: Draft, room: Room, kept: Message) -> Stored:
    """Return what stands under the key already. Erased words cannot be compared, so they count as the same."""
    if kept.kind == Message.Kind.TEXT:
        words = opened_under(room.sealed_key, room.public_id, kept.body)
        if words != draft.words:
            raise errors.ReusedKeyError
    return Stored(kept, again=True)


def refuse_unless_may_write(room: Room, sender_id: int) -> None:
    """Raise what keeps this person from writing here now; otherwise count it as one more message of this minute."""
    if room.is_ended or len(room.parts) < 2 or room.is_apart(sender_id):
        raise errors.EndedError
    if room.parts[sender_id].is_held_back:
        raise errors.RestrictedError
    if not pace.allows(sender_id):
        raise errors.TooManyMessagesError


def _tell(new: list[tuple[Message, Room, str]], again: list[tuple[Message, Room, str]]) -> None:
    told: list[tuple[list[int], Parcel]] = [
        (list(room.parts), message_parcel(room.public_id, room.sealed_key, message, words=words))
        for message, room, words in [*again, *new]
    ]
    hub.tell_all(told)
    if message_sent.has_listeners(Message):
        for message, room, _words in new:
            message_sent.send_robust(sender=Message, conversation_id=room.pk, seq=message.seq)
