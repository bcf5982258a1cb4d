""" "Zo staat het ervoor": what was done, what happens now and what comes next. Upper rooms add their lines here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from posts.models import Post


@dataclass(frozen=True)
class Line:
    """One line of the story of an ask; `icon` is a lucide name, `at` orders and shows the clock."""

    state: Literal["done", "now", "next"]
    icon: str
    title: str
    text: str = ""
    at: datetime | None = None


Source = Callable[[Post, datetime], list[Line]]
_sources: list[Source] = []


def register_lines(source: Source) -> None:
    """Let a room add lines to the story of a post; called in an app's ready()."""
    _sources.append(source)


def lines_of(post: Post, now: datetime) -> list[Line]:
    """Return the story of a post: done by time, then now, then next by its clock."""
    lines = [line for source in _sources for line in source(post, now)]
    rank = {"done": 0, "now": 1, "next": 2}
    far = now.max.replace(tzinfo=now.tzinfo)
    return sorted(lines, key=lambda line: (rank[line.state], line.at or far))
