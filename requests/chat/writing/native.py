"""The store on PostgreSQL, in its own words: arrays in, four statements and three round trips for a whole batch.

psycopg's own cursors, on Django's connection and inside its transaction: prepared once, binary, and in a pipeline.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection

from buurt.residents.models import Block, Resident
from chat.models import Conversation, Message, Participant
from chat.writing.drafts import Key, Part, Room

# The names in these statements are those of our own tables.
_CONVERSATION, _PART, _MESSAGE = (model._meta.db_table for model in (Conversation, Participant, Message))
_RESIDENT, _BLOCK = Resident._meta.db_table, Block._meta.db_table

# In the order of ids, so that two batches never wait for each other.
_HOLD = f"""
SELECT id, public_id, sealed_key, last_seq, ended_at IS NOT NULL FROM {_CONVERSATION}
WHERE public_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608
# Statements of their own after the lock, so that they see what whoever held it before us wrote.
_PARTS = f"""
SELECT c.public_id, p.id, p.resident_id, p.read_seq,
       NOT r.is_active OR coalesce(r.restricted_until > %s, false),
       ARRAY(SELECT b.blocked_id FROM {_BLOCK} b WHERE b.blocker_id = p.resident_id)
FROM {_CONVERSATION} c JOIN {_PART} p ON p.conversation_id = c.id JOIN {_RESIDENT} r ON r.id = p.resident_id
WHERE c.public_id = ANY(%s) AND p.left_at IS NULL
"""  # noqa: S608
_KEPT = f"""
SELECT k.public_id, m.id, m.sender_id, m.client_key, m.seq, m.kind, m.body, m.created_at
FROM unnest(%s::varchar[], %s::bigint[], %s::uuid[]) AS k(public_id, sender_id, client_key)
JOIN {_CONVERSATION} c ON c.public_id = k.public_id
JOIN {_MESSAGE} m ON (m.conversation_id, m.sender_id, m.client_key) = (c.id, k.sender_id, k.client_key)
"""  # noqa: S608
_RAISE = f"""
UPDATE {_PART} p SET reached_seq = greatest(p.reached_seq, v.reached), read_seq = greatest(p.read_seq, v.read)
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS v(id, reached, read) WHERE p.id = v.id
"""  # noqa: S608


class NativeStore:
    """Implements rules.Store."""

    def hold(self, public_ids: Iterable[str], keys: Sequence[Key] = (), *, now: datetime) -> dict[str, Room]:
        """Lock conversations in the order of their ids, and read the rest, all in one round trip."""
        names = list(public_ids)
        raw = _connection()
        # Whatever psycopg raises, also at the end of the pipeline, comes out as Django's errors.
        with connection.wrap_database_errors, raw.pipeline():
            held = _asked(raw, _HOLD, [names])
            parts = _asked(raw, _PARTS, [now, names])
            kept = _asked(raw, _KEPT, [list(column) for column in zip(*keys, strict=True)]) if keys else None
        rooms = {name: Room(pk, name, key, last_seq, is_ended) for pk, name, key, last_seq, is_ended in held.fetchall()}
        for name, pk, resident, read_seq, is_held_back, blocks in parts.fetchall():
            rooms[name].parts[resident] = Part(pk, read_seq, is_held_back, frozenset(blocks))
        for name, pk, sender, key, seq, kind, body, created_at in kept.fetchall() if kept else ():
            rooms[name].kept[sender, key] = Message(
                pk=pk,
                conversation_id=rooms[name].pk,
                sender_id=sender,
                client_key=key,
                seq=seq,
                kind=kind,
                body=body,
                created_at=created_at,
            )
        return rooms

    def append(self, messages: list[Message], rooms: Sequence[Room], own_reads: dict[int, int]) -> None:
        """Insert, raise the counters and the read marks, all in one statement."""
        statement, names = _append_statement()
        columns: list[list[object]] = [[getattr(message, name) for message in messages] for name in names]
        counters: list[list[object]] = [
            [room.pk for room in rooms],
            [room.last_seq for room in rooms],
            [room.last_message_at for room in rooms],
        ]
        raw = _connection()
        with connection.wrap_database_errors:
            stored = _asked(raw, statement, [*columns, *counters, list(own_reads), list(own_reads.values())])
        ids = {(room, seq): pk for pk, room, seq in stored.fetchall()}
        for message in messages:
            message.pk = ids[message.conversation_id, message.seq]
            message._state.adding = False

    def raise_marks(self, risen: dict[int, tuple[int, int]]) -> None:
        """Raise the marks in one statement."""
        reached, read = [marks[0] for marks in risen.values()], [marks[1] for marks in risen.values()]
        raw = _connection()
        with connection.wrap_database_errors:
            _asked(raw, _RAISE, [list(risen), reached, read])


def _connection() -> "psycopg.Connection[Any]":
    """Return psycopg's connection under Django's, as Django left it: in the same transaction."""
    with connection.cursor():  # opens it, and raises when the transaction is broken
        raw: psycopg.Connection[Any] = connection.connection
    raw.prepare_threshold = 0  # Django prepares nothing; what runs for every batch is worth it
    return raw


def _asked(raw: "psycopg.Connection[Any]", statement: str, values: Sequence[object]) -> "psycopg.Cursor[Any]":
    cursor = psycopg.Cursor(raw)
    cursor.execute(statement.encode(), values, binary=True)
    return cursor


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
