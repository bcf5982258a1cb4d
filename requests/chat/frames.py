"""The frames that pages receive, and when they are told."""

from base64 import b64encode
from collections.abc import Iterable

from django.db import transaction

from chat.hub import hub
from chat.models import Message
from chat.parcels import Frame, Parcel


def message_parcel(public_id: str, sealed_key: bytes, message: Message, *, words: str | None = None) -> Parcel:
    """Return a new message for pages. A system line carries no words: the page asks for them in its language."""
    frame: Frame = {
        "type": "message",
        "conversation": public_id,
        "seq": message.seq,
        "by": message.sender_id,
        "at": message.created_at.isoformat(),
    }
    if message.kind == Message.Kind.TEXT:
        frame["sealed"] = b64encode(bytes(message.body)).decode()
        frame["under"] = b64encode(bytes(sealed_key)).decode()
    else:
        words = None
    if message.client_key is not None:
        frame["key"] = str(message.client_key)
    return Parcel(frame, words=words)


def tell_after_commit(resident_ids: Iterable[int], frame: Frame | Parcel) -> None:
    """Tell these people when, and only when, the caller's transaction is committed."""
    people = list(resident_ids)
    transaction.on_commit(lambda: hub.tell(people, frame), robust=True)
