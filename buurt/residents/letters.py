"""Letters to residents: each room registers its kinds; `notifications` delivers them without knowing the rooms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from django.utils.functional import Promise

from buurt.residents.models import Resident

Facts = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """A button or link in a letter; the label names the act ("Ja, dat doe ik"), the url is a path on our site."""

    label: str | Promise
    path: str
    weight: Literal["main", "second", "link"] = "second"


@dataclass(frozen=True)
class Letter:
    """What one person reads: a subject, short lines, what they can do, why they get it. Never a word from a chat."""

    subject: str
    lines: tuple[str, ...]
    actions: tuple[Action, ...] = ()
    reason: str = ""
    # For a locked screen that others can read, too: kind of help and area, never a name and nobody's words.
    glance: str = ""
    # The page that a message on a telephone opens; without one that of the first action.
    opens: str = ""


@dataclass(frozen=True)
class LetterKind:
    """How one kind of letter is addressed and put into words.

    `receivers(facts)` says who gets it; `compose(resident, facts)` makes the words at the moment of sending, in the
    language that is active then (the reader's), or returns None when it is no longer needed.
    `waits_for_morning`: not in quiet hours.
    """

    name: str
    label: str | Promise
    receivers: Callable[[Facts], list[Resident]]
    compose: Callable[[Resident, Facts], Letter | None]
    channels: tuple[str, ...] = field(default=("email", "webpush", "inapp"))
    waits_for_morning: bool = True
    # Mail waits this long first, and is dropped when it is no longer needed by then (a message read meanwhile).
    pause: timedelta = timedelta(0)
    # Which heading it falls under where people choose how they hear of things (notifications/families.py).
    family: str = "other"
    # Mailed whatever somebody chose: missing it would do harm, or the law asks for it.
    must_mail: bool = False
    # How long a telephone that is off may still show it, and whether it may wait for a moment that saves its battery.
    useful_for: timedelta = timedelta(hours=12)
    urgency: Literal["high", "normal", "low"] = "normal"
    # The same as `compose` for many letters to one person, with queries that do not grow with their number (the inbox).
    compose_many: Callable[[Resident, list[Facts]], list["Letter | None"]] | None = None


_kinds: dict[str, LetterKind] = {}


def register_letter(kind: LetterKind) -> None:
    """Make a kind of letter known; called in an app's ready()."""
    _kinds[kind.name] = kind


def letter_kind(name: str) -> LetterKind | None:
    """Return the registered kind of letter, or None."""
    return _kinds.get(name)


def letter_kinds() -> dict[str, LetterKind]:
    """Return all kinds by name."""
    return dict(_kinds)
