"""The store on any database, by way of Django's ORM: what SQLite uses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, DateTimeField, F, Field, Value, When
from django.db.models.functions import Greatest

from buurt.residents.models import Block
from chat.models import Conversation, Message, Participant
from chat.writing.drafts import Key, Part, Room


class OrmStore:
    """Implements rules.Store."""

    def hold(self, public_ids: Iterable[str], keys: Sequence[Key] = (), *, now: datetime) -> dict[str, Room]:
        """Lock conversations in the order of their ids; three queries more tell the rest."""
        held = Conversation.objects.select_for_update(no_key=True).filter(public_id__in=list(public_ids)).order_by("pk")
        rooms = {
            row.pk: Room(row.pk, row.public_id, bytes(row.sealed_key), row.last_seq, row.ended_at is not None)
            for row in held
        }
        parts = Participant.objects.filter(conversation__in=list(rooms), left_at=None).values_list(
            "pk", "conversation", "resident", "read_seq", "resident__is_active", "resident__restricted_until"
        )
        for pk, room, resident, read_seq, is_active, until in parts:
            is_held_back = not is_active or (until is not None and until > now)
            rooms[room].parts[resident] = Part(pk, read_seq, is_held_back)
        self._note_blocks(rooms)
        by_name = {room.public_id: room for room in rooms.values()}
        self._find_kept(by_name, keys)
        return by_name

    def _note_blocks(self, rooms: dict[int, Room]) -> None:
        everybody = {resident for room in rooms.values() for resident in room.parts}
        blocks: dict[int, set[int]] = {}
        for blocker, blocked in Block.objects.filter(blocker__in=everybody, blocked__in=everybody).values_list(
            "blocker", "blocked"
        ):
            blocks.setdefault(blocker, set()).add(blocked)
        for room in rooms.values():
            for resident, part in room.parts.items():
                part.blocks = frozenset(blocks.get(resident, ()))

    def _find_kept(self, rooms: dict[str, Room], keys: Sequence[Key]) -> None:
        wanted = {(rooms[name].pk, sender, key): rooms[name] for name, sender, key in keys if name in rooms}
        if not wanted:
            return
        for message in Message.objects.filter(
            conversation__in={room for room, _sender, _key in wanted}, client_key__in={key for _r, _s, key in wanted}
        ):
            if message.sender_id and message.client_key:
                room = wanted.get((message.conversation_id, message.sender_id, message.client_key))
                if room is not None:
                    room.kept[message.sender_id, message.client_key] = message

    def append(self, messages: list[Message], rooms: Sequence[Room], own_reads: dict[int, int]) -> None:
        """Insert all in one statement, then raise the counters in one and the read marks in another."""
        Message.objects.bulk_create(messages)
        Conversation.objects.filter(pk__in=[room.pk for room in rooms]).update(
            last_seq=_by_id({room.pk: room.last_seq for room in rooms}, BigIntegerField()),
            last_message_at=_by_id({room.pk: room.last_message_at for room in rooms}, DateTimeField()),
        )
        if own_reads:
            self.raise_marks({pk: (seq, seq) for pk, seq in own_reads.items()})

    def raise_marks(self, risen: dict[int, tuple[int, int]]) -> None:
        """Raise the marks in one statement."""
        reached, read = (
            _by_id({pk: marks[place] for pk, marks in risen.items()}, BigIntegerField()) for place in (0, 1)
        )
        Participant.objects.filter(pk__in=list(risen)).update(
            reached_seq=Greatest(F("reached_seq"), reached, output_field=BigIntegerField()),
            read_seq=Greatest(F("read_seq"), read, output_field=BigIntegerField()),
        )


def _by_id(values: Mapping[int, object], field: "Field[Any, Any]") -> Case:
    """Return the value that belongs to each row, by its id."""
    return Case(*(When(pk=pk, then=Value(value, output_field=field)) for pk, value in values.items()))
