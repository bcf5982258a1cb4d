"""The frames that pages receive. Between processes a message travels sealed; only its reader's process opens it."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from buurt.ledger.sealing import CannotOpenError, unseal
from chat.hub import Frame, hub
from chat.models import Conversation, Message


def message_frame(conversation: Conversation, message: Message) -> Frame:
    """Return the frame of a new message. A system line carries no words: the page asks for them in its language."""
    frame: Frame = {
        "type": "message",
        "conversation": conversation.public_id,
        "seq": message.seq,
        "by": message.sender_id,
        "at": message.created_at.isoformat(),
    }
    if message.kind == Message.Kind.TEXT:
        frame["sealed"] = b64encode(bytes(message.body)).decode()
        frame["under"] = b64encode(bytes(conversation.sealed_key)).decode()
    if message.client_key is not None:
        frame["key"] = str(message.client_key)
    return frame


def frame_for(frame: Frame, resident_id: int) -> Frame:
    """Return the frame as this reader gets it: opened, with "own" instead of ids of people."""
    if frame.get("type") != "message":
        return frame
    at = localtime(datetime.fromisoformat(str(frame["at"])))
    mine: dict[str, Any] = {name: frame[name] for name in ("type", "conversation", "seq")}
    mine |= {"at": at.isoformat(), "day": at.date().isoformat(), "clock": f"{at.hour}:{at.minute:02}"}
    mine["own"] = frame.get("by") == resident_id
    if mine["own"] and "key" in frame:
        mine["key"] = frame["key"]
    if "sealed" in frame:
        try:
            place = str(frame["conversation"])
            mine["text"] = unseal(b64decode(frame["under"]), b64decode(frame["sealed"]), place=place)
        except CannotOpenError:
            pass  # without words the page asks the server
    return mine


def tell_after_commit(resident_ids: Iterable[int], frame: Frame) -> None:
    """Tell these people when, and only when, the caller's transaction is committed."""
    transaction.on_commit(partial(hub.tell, list(resident_ids), frame), robust=True)
