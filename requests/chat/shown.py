"""A conversation as one reader sees it: days, bubbles and system lines, in their own words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from buurt.communities.when import spoken_day_near
from chat.access import Talk
from chat.bodies import line_of, text_of
from chat.lines import Reader, spoken
from chat.models import Message


@dataclass(frozen=True)
class Item:
    """One thing in the list of a conversation."""

    kind: Literal["day", "line", "bubble"]
    text: str
    seq: int = 0
    at: datetime | None = None
    icon: str = ""
    own: bool = False
    sender: str = ""
    # "verstuurd", "bezorgd" (it is on a device of the other) or "gelezen", of one's own bubbles.
    state: str = ""
    hidden_words: str = ""
    # The sender stands above it: there are more than two.
    named: bool = False
    # There is a web address in it.
    link: bool = False


# A web address, also a bare one; the same stands in static/js/chat.js. Addresses of mail are people, not pages.
_LINK = re.compile(
    r"(?i)\b(?:https?://|www\.)\S"
    r"|(?:^|[^@\w.-])(?:[a-z0-9-]+\.)+(?:nl|com|net|org|eu|info|be|de|io|me|ly|to|gl|app|site|online|shop|xyz|link|top)\b(?!@)"
)


def has_link(text: str) -> bool:
    """Say whether somebody could take something in this text for a link to open."""
    return _LINK.search(text) is not None


def items_of(talk: Talk, messages: Iterable[Message], *, now: datetime, last_day: date | None = None) -> list[Item]:
    """Return what stands in the list for these messages, with a line wherever a new day begins."""
    reader = Reader(talk.me.resident_id, talk.names(), now, about_ask=talk.conversation.post.is_ask)
    items: list[Item] = []
    for message in messages:
        day = localtime(message.created_at).date()
        if day != last_day:
            items.append(Item("day", spoken_day_near(day, now)))
            last_day = day
        items.append(_item(talk, message, reader, state=_state(talk, message)))
    return items


def _state(talk: Talk, message: Message) -> str:
    """Say how far one's message came: with everybody, or it is not there yet; read only where everybody shows it."""
    if message.seq <= talk.read_seq:
        return _("gelezen")
    return _("bezorgd") if message.seq <= talk.reached_seq else _("verstuurd")


def _item(talk: Talk, message: Message, reader: Reader, *, state: str) -> Item:
    own = message.sender_id == reader.resident_id
    if message.kind == Message.Kind.SYSTEM:
        if message.hidden_at is not None and not own:
            return Item("line", _("Verborgen door de moderator"), seq=message.seq, icon="eye-off")
        line = spoken(*line_of(talk.conversation, message), reader)
        return Item("line", line.text, seq=message.seq, icon=line.icon)
    text, hidden_words = text_of(talk.conversation, message), ""
    if message.kind == Message.Kind.ERASED:
        hidden_words = _("Verwijderd bericht")
    elif message.hidden_at is not None:
        # The author keeps seeing their own words; the others only that something was here.
        state = _("verborgen door de moderator")
        text, hidden_words = (text, "") if own else ("", _("Verborgen door de moderator"))
    return Item(
        "bubble",
        text,
        seq=message.seq,
        at=message.created_at,
        own=own,
        sender=reader.names.get(message.sender_id or 0, ""),
        state=state,
        hidden_words=hidden_words,
        named=talk.is_company,
        link=not own and has_link(text),
    )


def glance_of(talk: Talk, message: Message, *, now: datetime) -> str:
    """Return one line of the last message for the list of conversations."""
    item = items_of(talk, [message], now=now)[-1]
    words = " ".join((item.hidden_words or item.text).split())
    short = words if len(words) <= 80 else words[:79].rstrip() + "…"
    return _("Jij: %(text)s") % {"text": short} if item.own and item.kind == "bubble" else short
