"""How a post and a place may move: one table each, used by every service through compare-and-set."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from posts.models import Engagement, Post


class Actor(StrEnum):
    """In which part somebody moves a thing."""

    AUTHOR = "author"
    SYSTEM = "system"
    MODERATOR = "moderator"
    # Of an engagement: the neighbour on the place.
    HELPER = "helper"


S = Post.State
E = Engagement.State
_AUTHOR = frozenset({Actor.AUTHOR})
_SYSTEM = frozenset({Actor.SYSTEM})
_MODERATOR = frozenset({Actor.MODERATOR})
_PAIR = frozenset({Actor.AUTHOR, Actor.HELPER})

# What may follow on what, and who may do it. Closed and withdrawn are ends; an expired post comes back by renewal.
POST_MOVES: dict[str, dict[str, frozenset[Actor]]] = {
    S.DRAFT: {S.OPEN: _AUTHOR, S.HELD: _AUTHOR | _SYSTEM, S.WITHDRAWN: _AUTHOR | _SYSTEM},
    S.HELD: {S.OPEN: _MODERATOR, S.WITHDRAWN: _AUTHOR | _SYSTEM},
    S.OPEN: {
        S.PAUSED: _AUTHOR,
        S.CLOSED: _AUTHOR | _SYSTEM,
        S.WITHDRAWN: _AUTHOR | _SYSTEM,
        S.EXPIRED: _SYSTEM,
    },
    S.PAUSED: {
        S.OPEN: _AUTHOR,
        S.CLOSED: _AUTHOR | _SYSTEM,
        S.WITHDRAWN: _AUTHOR | _SYSTEM,
        S.EXPIRED: _SYSTEM,
    },
    S.EXPIRED: {S.OPEN: _AUTHOR, S.WITHDRAWN: _SYSTEM},
    S.CLOSED: {},
    S.WITHDRAWN: {},
}

# A place: the first yes reserves it, the two agree, and it ends well, badly or early.
PLACE_MOVES: dict[str, dict[str, frozenset[Actor]]] = {
    E.RESERVED: {
        E.AGREED: _PAIR,
        E.DONE: _PAIR,
        E.NOT_DONE: _PAIR,
        E.CANCELLED: _PAIR | _SYSTEM,
        E.NO_SHOW: _PAIR,
    },
    E.AGREED: {E.DONE: _PAIR, E.NOT_DONE: _PAIR, E.CANCELLED: _PAIR | _SYSTEM, E.NO_SHOW: _PAIR},
    E.DONE: {},
    E.NOT_DONE: {},
    E.CANCELLED: {},
    E.NO_SHOW: {},
}

ENDED = frozenset({S.CLOSED, S.WITHDRAWN, S.EXPIRED})
# Somebody is on their way to helping.
LIVE = frozenset({E.RESERVED, E.AGREED})


def may_move(post: Post, to: str, actor: Actor) -> bool:
    """Say whether the table lets this actor move the post there from where it is now."""
    return actor in POST_MOVES[post.state].get(to, frozenset())


def move_post(post: Post, to: str, *, actor: Actor, now: datetime, **changes: Any) -> bool:
    """Move the post if the table allows it and nobody was faster; the object then carries what the row says."""
    old = Post.objects.values_list("state", flat=True).get(pk=post.pk)
    if actor not in POST_MOVES[old].get(to, frozenset()):
        return False
    changes["ended_at"] = now if to in ENDED else None
    return _claim(post, old, to, changes)


def move_place(engagement: Engagement, to: str, *, actor: Actor, **changes: Any) -> bool:
    """Move the place if the table allows it and nobody was faster."""
    old = Engagement.objects.values_list("state", flat=True).get(pk=engagement.pk)
    if actor not in PLACE_MOVES[old].get(to, frozenset()):
        return False
    return _claim(engagement, old, to, changes)


def _claim(thing: Post | Engagement, old: str, to: str, changes: dict[str, Any]) -> bool:
    rows = type(thing)._default_manager.filter(pk=thing.pk, state=old)
    if rows.update(state=to, **changes) != 1:
        return False
    for name, value in {"state": to, **changes}.items():
        setattr(thing, name, value)
    return True
