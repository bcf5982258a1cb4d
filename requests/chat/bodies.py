"""What is written in a conversation: sealed when stored, opened only for those who take part.

Everything is sealed under the conversation's own key and for its public id, so a body moved to another conversation
does not open there.
"""

import json
from typing import Any

from buurt.ledger.sealing import seal, unseal
from chat.errors import EmptyTextError, TooLongTextError
from chat.models import Conversation, Message
from posts.wording.clean import clean_text

MAX_TEXT = 2_000


def cleaned(raw: str, *, limit: int = MAX_TEXT) -> str:
    """Return the text in one clean form; raises when nothing is left, or more than fits."""
    # One more than fits is enough to know that it is too long, whatever was sent.
    text = clean_text(raw, limit=limit + 1)
    if not text.strip():
        raise EmptyTextError
    if len(text) > limit:
        raise TooLongTextError
    return text


def sealed(conversation: Conversation, text: str) -> bytes:
    """Return the text sealed for this conversation."""
    return sealed_under(bytes(conversation.sealed_key), conversation.public_id, text)


def sealed_under(sealed_key: bytes, public_id: str, text: str) -> bytes:
    """Return the text sealed for the conversation of this id, under its key."""
    return seal(sealed_key, text, place=public_id)


def opened_under(sealed_key: bytes, public_id: str, body: "bytes | memoryview[int]") -> str:
    """Return the words of something sealed in the conversation of this id."""
    return unseal(sealed_key, bytes(body), place=public_id)


def opened(conversation: Conversation, body: "bytes | memoryview[int] | None") -> str:
    """Return the words of something sealed in this conversation; nothing for nothing."""
    if not body:
        return ""
    return unseal(bytes(conversation.sealed_key), bytes(body), place=conversation.public_id)


def text_of(conversation: Conversation, message: Message) -> str:
    """Return the words of a message; an erased one has none."""
    return "" if message.kind == Message.Kind.ERASED else opened(conversation, message.body)


def line_of(conversation: Conversation, message: Message) -> tuple[str, dict[str, Any]]:
    """Return the name and the facts of a system line."""
    kept = json.loads(opened(conversation, message.body))
    return str(kept["name"]), dict(kept["facts"])


def sealed_line(conversation: Conversation, name: str, facts: dict[str, Any]) -> bytes:
    """Return a system line sealed for this conversation."""
    return sealed(conversation, json.dumps({"name": name, "facts": facts}, ensure_ascii=False))
