"""Something for pages, as each reader gets it. Between processes a message travels sealed; its JSON is made once."""

import json
from base64 import b64decode
from datetime import datetime
from typing import Any

from django.utils.timezone import get_default_timezone

from buurt.ledger.sealing import CannotOpenError, unseal

Frame = dict[str, Any]


class Parcel:
    """A frame on its way to the pages of some people."""

    __slots__ = ("_texts", "_words", "frame", "kind")

    def __init__(self, frame: Frame, *, words: str | None = None) -> None:
        """Take the frame as it may leave the process; `words` saves opening what was just sealed."""
        self.frame = frame
        self.kind = str(frame.get("type"))
        self._words = words
        # As others read it, and as its sender does.
        self._texts: tuple[str, str] | None = None

    @property
    def is_about_people(self) -> bool:
        """Whether somebody may have come or gone: "look again", or a line of the system."""
        return self.kind == "resync" or (self.kind == "message" and "sealed" not in self.frame)

    def text_for(self, resident_id: int) -> str:
        """Return the JSON for this reader: opened, with "own" instead of ids of people."""
        if self._texts is None:
            self._texts = self._written()
        return self._texts[self.frame.get("by") == resident_id]

    def _written(self) -> tuple[str, str]:
        if self.kind != "message":
            text = packed(self.frame)
            return text, text
        # Both begin the same; only the sender's page knows the key. The braces are those of one JSON object.
        shared = packed(self._opened())[:-1]
        key = f',"key":{packed(self.frame["key"])}' if "key" in self.frame else ""
        return f'{shared},"own":false}}', f'{shared},"own":true{key}}}'

    def _opened(self) -> Frame:
        frame = self.frame
        # Outside a request no time zone is chosen, so the default one is everybody's; asking Django each time costs.
        at = datetime.fromisoformat(str(frame["at"])).astimezone(get_default_timezone())
        shown: Frame = {
            "type": "message",
            "conversation": frame["conversation"],
            "seq": frame["seq"],
            "at": at.isoformat(),
            "day": at.date().isoformat(),
            "clock": f"{at.hour}:{at.minute:02}",
        }
        if self._words is None and "sealed" in frame:
            try:
                place = str(frame["conversation"])
                self._words = unseal(b64decode(frame["under"]), b64decode(frame["sealed"]), place=place)
            except CannotOpenError:
                return shown  # without words the page asks the server
        if self._words is not None:
            shown["text"] = self._words
        return shown


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(frame: object) -> str:
    """Return the JSON of a frame, without blanks."""
    return _encode(frame)
