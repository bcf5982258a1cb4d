"""Something for pages, as each reader gets it. Between processes a message travels sealed; its JSON is made once."""

import json
from base64 import b64decode
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from buurt.ledger.sealing import CannotOpenError, unseal

Frame = dict[str, Any]


class Parcel:
    """A frame on its way to the pages of some people."""

    __slots__ = ("_texts", "_words", "frame")

    def __init__(self, frame: Frame, *, words: str | None = None) -> None:
        """Take the frame as it may leave the process; `words` saves opening what was just sealed."""
        self.frame = frame
        self._words = words
        self._texts: dict[bool, str] = {}

    @property
    def kind(self) -> str:
        """Return the type of the frame."""
        return str(self.frame.get("type"))

    def text_for(self, resident_id: int) -> str:
        """Return the JSON for this reader: opened, with "own" instead of ids of people."""
        own = self.kind == "message" and self.frame.get("by") == resident_id
        text = self._texts.get(own)
        if text is None:
            text = self._texts[own] = packed(self._opened(own=own) if self.kind == "message" else self.frame)
        return text

    def _opened(self, *, own: bool) -> Frame:
        frame = self.frame
        at = localtime(datetime.fromisoformat(str(frame["at"])))
        mine: Frame = {name: frame[name] for name in ("type", "conversation", "seq")}
        mine |= {"at": at.isoformat(), "day": at.date().isoformat(), "clock": f"{at.hour}:{at.minute:02}", "own": own}
        if own and "key" in frame:
            mine["key"] = frame["key"]
        if self._words is None and "sealed" in frame:
            try:
                place = str(frame["conversation"])
                self._words = unseal(b64decode(frame["under"]), b64decode(frame["sealed"]), place=place)
            except CannotOpenError:
                return mine  # without words the page asks the server
        if self._words is not None:
            mine["text"] = self._words
        return mine


def packed(frame: object) -> str:
    """Return the JSON of a frame, without blanks."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
