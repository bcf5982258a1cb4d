"""The tag of a message, made when it is sent: a copy in a report is what was sent, by whom and when, or it shows."""

from datetime import UTC
from hashlib import sha256

from buurt.ledger.sealing import is_stamped, stamp
from chat.models import Conversation, Message


def tag_of(sealed_key: bytes, public_id: str, message: Message) -> bytes:
    """Return the tag for a message that is about to be stored, under the key of its conversation."""
    return stamp(sealed_key, _sent(message), place=public_id)


def is_as_sent(conversation: Conversation, message: Message) -> bool | None:
    """Say whether a message is as it was sent; None when it has no tag, because it was sent before there were any."""
    if not message.tag:
        return None
    return is_stamped(conversation.sealed_key, message.tag, _sent(message), place=conversation.public_id)


def _sent(message: Message) -> str:
    """Return what the tag is over. The sealed body stands for the words: it opens to nothing else under its key."""
    at = message.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{message.seq} {message.sender_id} {message.kind} {at} {sha256(bytes(message.body)).hexdigest()}"
