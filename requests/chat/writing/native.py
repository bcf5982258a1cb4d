"""The store on PostgreSQL, in its own words: arrays in, a handful of statements for any number of messages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection

from buurt.residents.models import Block, Resident
from chat.models import Conversation, Message, Participant
from chat.writing.drafts import Part, Room

_CONVERSATION, _PART, _MESSAGE = (model._meta.db_table for model in (Conversation, Participant, Message))
_RESIDENT, _BLOCK = Resident._meta.db_table, Block._meta.db_table

# The names in these statements are those of our own tables.
# In the order of ids, so that two batches never wait for each other.
_HOLD = f"""
SELECT id, public_id, sealed_key, last_seq, ended_at IS NOT NULL FROM {_CONVERSATION}
WHERE public_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608
# A statement of its own after the lock, so that it sees what whoever held it before us wrote.
_PARTS = f"""
SELECT p.id, p.conversation_id, p.resident_id, p.read_seq,
       NOT r.is_active OR coalesce(r.restricted_until > %s, false),
       ARRAY(SELECT b.blocked_id FROM {_BLOCK} b WHERE b.blocker_id = p.resident_id)
FROM {_PART} p JOIN {_RESIDENT} r ON r.id = p.resident_id
WHERE p.conversation_id = ANY(%s) AND p.left_at IS NULL
"""  # noqa: S608
_KEPT = f"""
SELECT m.id, m.conversation_id, m.sender_id, m.client_key, m.seq, m.kind, m.body, m.created_at
FROM unnest(%s::bigint[], %s::bigint[], %s::uuid[]) AS k(conversation_id, sender_id, client_key)
JOIN {_MESSAGE} m USING (conversation_id, sender_id, client_key)
"""  # noqa: S608
_RAISE = f"""
UPDATE {_PART} p SET reached_seq = greatest(p.reached_seq, v.reached), read_seq = greatest(p.read_seq, v.read)
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS v(id, reached, read) WHERE p.id = v.id
"""  # noqa: S608


class NativeStore:
    """Implements rules.Store."""

    def hold(self, public_ids: Iterable[str], *, now: datetime) -> dict[str, Room]:
        """Lock conversations in the order of their ids; one query more tells who takes part and whom they block."""
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [list(public_ids)])
            rooms = {
                pk: Room(pk, public_id, bytes(key), last_seq, is_ended)
                for pk, public_id, key, last_seq, is_ended in cursor.fetchall()
            }
            cursor.execute(_PARTS, [now, list(rooms)])
            for pk, room, resident, read_seq, is_held_back, blocks in cursor.fetchall():
                rooms[room].parts[resident] = Part(pk, read_seq, is_held_back, frozenset(blocks))
        return {room.public_id: room for room in rooms.values()}

    def find_kept(self, rooms: dict[int, Room], keys: Sequence[tuple[int, int, UUID]]) -> None:
        """Fill `kept` in one query."""
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, [list(column) for column in zip(*keys, strict=True)])
            for pk, room, sender, key, seq, kind, body, created_at in cursor.fetchall():
                rooms[room].kept[sender, key] = Message(
                    pk=pk,
                    conversation_id=room,
                    sender_id=sender,
                    client_key=key,
                    seq=seq,
                    kind=kind,
                    body=bytes(body),
                    created_at=created_at,
                )

    def append(self, messages: list[Message], rooms: Sequence[Room], own_reads: dict[int, int]) -> None:
        """Insert, raise the counters and the read marks, all in one statement."""
        statement, names = _append_statement()
        columns: list[list[object]] = [[getattr(message, name) for message in messages] for name in names]
        counters: list[list[object]] = [
            [room.pk for room in rooms],
            [room.last_seq for room in rooms],
            [room.last_message_at for room in rooms],
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement, [*columns, *counters, list(own_reads), list(own_reads.values())])
            ids = {(room, seq): pk for pk, room, seq in cursor.fetchall()}
        for message in messages:
            message.pk = ids[message.conversation_id, message.seq]
            message._state.adding = False

    def raise_marks(self, risen: dict[int, tuple[int, int]]) -> None:
        """Raise the marks in one statement."""
        reached, read = [marks[0] for marks in risen.values()], [marks[1] for marks in risen.values()]
        with connection.cursor() as cursor:
            cursor.execute(_RAISE, [list(risen), reached, read])


@lru_cache(maxsize=1)
def _append_statement() -> tuple[str, list[str]]:
    """Return the statement and the names of the message's columns, taken from the model: a new column comes along."""
    fields = [field for field in Message._meta.concrete_fields if not field.primary_key]
    kinds = [str(field.db_type(connection)).partition("(")[0] for field in fields]
    columns = ", ".join(str(field.column) for field in fields)
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    statement = f"""
    WITH new AS (
      INSERT INTO {_MESSAGE} ({columns}) SELECT * FROM unnest({arrays}) RETURNING id, conversation_id, seq
    ), counted AS (
      UPDATE {_CONVERSATION} c SET last_seq = v.seq, last_message_at = v.at
      FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS v(id, seq, at) WHERE c.id = v.id
    ), own AS (
      UPDATE {_PART} p SET read_seq = v.seq, reached_seq = greatest(reached_seq, v.seq)
      FROM unnest(%s::bigint[], %s::bigint[]) AS v(id, seq) WHERE p.id = v.id AND p.read_seq < v.seq
    )
    SELECT id, conversation_id, seq FROM new
    """  # noqa: S608 names of our own tables and columns
    return statement, [field.attname for field in fields]
