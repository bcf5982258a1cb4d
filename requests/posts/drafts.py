"""What somebody filled in before it is a post; it lives in the session while they log in."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, time
from typing import Any

from buurt.communities.categories import Category
from posts.models import Post


class BrokenDraftError(ValueError):
    """What was kept is no draft (an old session, or somebody played with it)."""


@dataclass(frozen=True)
class PostDraft:
    """Everything that an ask or an offer consists of; `hold` asks a moderator to look before it is on the board."""

    kind: str
    category: str
    text: str
    title: str = ""
    visibility: str = Post.Visibility.PUBLIC
    reach: str = Post.Reach.TOWN
    timing: str = Post.Timing.ANY
    day: date | None = None
    at: time | None = None
    weekday: int | None = None
    duration_minutes: int | None = None
    on_behalf_of: str = Post.OnBehalf.SELF
    places: int = 1
    spoken: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    language: str = "nl"
    broker_consent: bool = True
    hold: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return plain values that a session can keep."""
        values = asdict(self)
        values["day"] = self.day.isoformat() if self.day else None
        values["at"] = self.at.isoformat("minutes") if self.at else None
        values["spoken"], values["needs"] = list(self.spoken), list(self.needs)
        return {name: str(value) if isinstance(value, str) else value for name, value in values.items()}

    @classmethod
    def from_json(cls, kept: object) -> "PostDraft":
        """Return the draft that to_json wrote; raises BrokenDraftError for anything else."""
        if not isinstance(kept, dict):
            raise BrokenDraftError
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in kept.items() if name in known}
        try:
            for name, value in values.items():
                values[name] = _READERS.get(name, _text)(value)
            return cls(**values)
        except (TypeError, ValueError) as error:
            raise BrokenDraftError from error

    def with_(self, **changes: Any) -> "PostDraft":
        """Return the same draft with some answers changed."""
        return replace(self, **changes)

    @property
    def is_possible(self) -> bool:
        """Whether every choice is one of those offered (the words and the moment are judged when it is sent)."""
        return (
            self.kind in Post.Kind.values
            and self.category in Category.values
            and self.visibility in Post.Visibility.values
            and self.reach in Post.Reach.values
            and self.timing in Post.Timing.values
            and self.on_behalf_of in Post.OnBehalf.values
            and 1 <= self.places <= MOST_PLACES
            and (self.weekday is None or self.weekday in range(7))
            and (self.duration_minutes is None or self.duration_minutes in range(1, MOST_MINUTES + 1))
        )


MOST_PLACES = 50
MOST_MINUTES = 14 * 60


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _maybe(read: Callable[[Any], Any]) -> Callable[[object], Any]:
    return lambda value: None if value is None else read(value)


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(_text(each) for each in value)


_READERS: dict[str, Callable[[object], Any]] = {
    "day": _maybe(date.fromisoformat),
    "at": _maybe(time.fromisoformat),
    "weekday": _maybe(_number),
    "duration_minutes": _maybe(_number),
    "places": _number,
    "spoken": _words,
    "needs": _words,
    "broker_consent": _truth,
    "hold": _truth,
}
