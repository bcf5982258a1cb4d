"""The kinds of things people can report. Upper rooms register theirs here, so moderation knows no posts and no chat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest

from buurt.communities.models import Community
from buurt.residents.models import Resident


@dataclass(frozen=True)
class Reportable:
    """A thing as a reporter and a moderator may see it."""

    title: str
    text: str
    author: Resident | None
    community: Community
    hidden: bool
    url: str


class Subject(Protocol):
    """What a room offers to moderation for one kind of thing."""

    def find(self, key: str, *, viewer: Resident | None) -> Reportable | None:
        """Return the thing when this viewer may report it, else None (the page then answers 404)."""

    def show(self, key: str) -> Reportable | None:
        """Return the thing as the moderator may see it: public words only; None when it has no public words."""

    def evidence(self, key: str, request: HttpRequest, *, reporter: Resident | None) -> str:
        """Return the exact text that goes along with a report, "" for things a moderator can see anyway."""

    def hide(self, key: str, *, by: Resident) -> None:
        """Hide it from everybody but its author; safe to call twice."""

    def restore(self, key: str, *, by: Resident) -> None:
        """Put it back exactly as it was; safe to call twice."""


_subjects: dict[str, tuple[str, Callable[[], Subject]]] = {}


def register_subject(kind: str, label: str, make: Callable[[], Subject]) -> None:
    """Make a kind of thing reportable; called in an app's ready(). `label` is what people call it."""
    _subjects[kind] = (label, make)


def subject_of(kind: str) -> Subject | None:
    """Return the registered subject of this kind, or None."""
    found = _subjects.get(kind)
    return found[1]() if found else None


def label_of(kind: str) -> str:
    """Return what people call this kind of thing."""
    return str(_subjects[kind][0]) if kind in _subjects else kind
