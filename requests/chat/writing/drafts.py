"""A message before it has its number, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from chat.models import Message

# A client key belongs to a sender in a conversation (its public id).
Key = tuple[str, int, UUID]


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody's clean words for a conversation. With a key, sending it again changes nothing."""

    conversation: str  # its public id
    sender_id: int
    words: str
    key: UUID | None = None
    at: datetime | None = None  # empty: the moment it is stored


@dataclass(frozen=True, slots=True)
class Stored:
    """The message as it stands in the database. `again`: it stood there already, under the same key."""

    message: Message
    again: bool = False


@dataclass(slots=True)
class Part:
    """One who takes part, as the rules need them."""

    pk: int
    read_seq: int
    is_held_back: bool
    # The people of this batch they do not want to meet.
    blocks: frozenset[int] = frozenset()


@dataclass(slots=True)
class Room:
    """A conversation whose row this transaction holds: whoever holds it gives out the next number."""

    pk: int
    public_id: str
    sealed_key: bytes
    last_seq: int
    is_ended: bool
    last_message_at: datetime | None = None
    parts: dict[int, Part] = field(default_factory=dict)  # by resident
    kept: dict[tuple[int, UUID], Message] = field(default_factory=dict)  # what stands under a key, by sender and key

    def is_apart(self, resident_id: int) -> bool:
        """Say whether this person and another one here do not want to meet; it works both ways."""
        mine = self.parts[resident_id].blocks
        return any(
            other != resident_id and (other in mine or resident_id in part.blocks) for other, part in self.parts.items()
        )
