"""Open asks from the database, as the engine sees them: the one that is planned, and those that may travel with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from django.db.models import Q

from buurt.communities.categories import ADULTS_ONLY
from buurt.residents.models import Block
from matching.columns import KIND_BITS, language_bits, limit_bits
from matching.engine.chance import still_out
from matching.engine.columns import ANY_TIME, DAYS, NO_AREA, URGENT, WEEK, Ask, OpenAsks, open_asks
from matching.engine.model import Model
from matching.fit import AskView
from matching.models import Invitation, Search
from matching.pace import DEADLINE_DAYS, DEADLINE_URGENT, SOON_HOURS, waking_hours
from matching.plane import Plane
from matching.views_of import ask_view, free_slots
from posts.models import Post, Slot

# Of the other open asks of a community, the longest waiting so many may travel along.
MOST_OPEN = 300
# An alert whose chance of still bringing a yes is below this is no longer waited for.
FORGOTTEN = 0.004


@dataclass
class Asked:
    """Who was asked for one post, and what is still out: the chance when it was sent, and the waking hours since."""

    helpers: set[int] = field(default_factory=set)
    chance: list[float] = field(default_factory=list)
    age: list[float] = field(default_factory=list)


def asked_for(post_ids: Iterable[int], *, now: datetime) -> dict[int, Asked]:
    """Return who was asked for each of these posts; one query."""
    found: dict[int, Asked] = defaultdict(Asked)
    rows = Invitation.objects.filter(post_id__in=list(post_ids)).values_list(
        "post_id", "helper_id", "state", "answer", "chance", "invited_at"
    )
    for post_id, helper_id, state, answer, chance, invited_at in rows:
        one = found[post_id]
        one.helpers.add(helper_id)
        if state == Invitation.State.OPEN and not answer and chance:
            one.chance.append(chance)
            one.age.append(waking_hours(invited_at, now))
    return found


def apart_from(author_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return for each of these people whom they never meet, whoever blocked whom; one query."""
    authors = set(author_ids)
    pairs = Block.objects.filter(Q(blocker__in=authors) | Q(blocked__in=authors))
    apart: dict[int, set[int]] = defaultdict(set)
    for blocker, blocked in pairs.values_list("blocker_id", "blocked_id"):
        apart[blocker].add(blocked)
        apart[blocked].add(blocker)
    return apart


def places_of(post: Post, slots: Iterable[Slot]) -> int:
    """Return how many people an ask needs together: the free places of one moment.

    The moments of a rota are filled one by one, each is worth having, and so is each who takes turns with others
    every week; three people for one removal are not.
    """
    if post.timing == Post.Timing.WEEKLY:
        return 1
    return max((slot.places - slot.taken for slot in slots), default=0)


def lead_of(post: Post, waking_left: float) -> int:
    """Return whether an ask is urgent, a matter of days, or of a week and more."""
    if post.timing == Post.Timing.SOON or waking_left <= DEADLINE_URGENT:
        return URGENT
    return DAYS if waking_left <= DEADLINE_DAYS else WEEK


def waking_left_of(post: Post, *, now: datetime) -> float:
    """Return the waking hours until the ask loses its sense, or leaves the board."""
    end = post.deadline or post.expires_at
    left = waking_hours(now, end) if end else 28 * 14.0
    return min(left, SOON_HOURS) if post.timing == Post.Timing.SOON and left else left


def engine_ask(
    post: Post, view: AskView, *, plane: Plane, places: int, asked: Asked, apart: set[int], model: Model, now: datetime
) -> Ask:
    """Return one ask for the engine."""
    x, y = plane.xy(view.cell)
    chance, age = np.array(asked.chance), np.array(asked.age)
    if len(chance):
        alive = still_out(chance, age, model) > FORGOTTEN
        chance, age = chance[alive], age[alive]
    left = waking_left_of(post, now=now)
    return Ask(
        id=post.pk,
        x=x,
        y=y,
        kind=KIND_BITS[view.category],
        author=view.author_id,
        area=view.area_id if view.own_area_only else NO_AREA,
        own_area_only=view.own_area_only,
        adults_only=view.category in ADULTS_ONLY,
        needs=limit_bits(view.limits),
        time=one_moment(view.moments),
        spoken=language_bits(view.spoken),
        lead=lead_of(post, left),
        places=places,
        waking_left=left,
        waking_age=waking_hours(post.published_at or post.created_at, now),
        quiet=post.visibility != Post.Visibility.PUBLIC,
        asked=frozenset(asked.helpers),
        blocked=frozenset(apart),
        out_chance=chance,
        out_age=age,
    )


def one_moment(moments: int) -> int:
    """Return the part of the week when it is a single one, else ANY_TIME: several parts are a mask of ours."""
    return moments.bit_length() - 1 if moments and moments & (moments - 1) == 0 else ANY_TIME


@dataclass(frozen=True)
class OpenRoom:
    """The open asks of a community that may travel along; kept up to date while one sweep plans."""

    columns: OpenAsks
    post_ids: set[int]

    def note(
        self, post_id: int, *, helper_ids: Iterable[int], chance: Iterable[float], unmet: float | None = None
    ) -> None:
        """Keep in mind that these helpers are asked now, each with this chance."""
        if post_id not in self.post_ids:
            return
        at = int(np.flatnonzero(self.columns.id == post_id)[0])
        self.columns.apart[at].update(helper_ids)  # type: ignore[union-attr]
        for one in chance:
            self.columns.untouched[at] *= 1.0 - one
        if unmet is not None:
            self.columns.unmet[at] = unmet


def open_room(community_id: int, *, plane: Plane, model: Model, now: datetime) -> OpenRoom:
    """Return the running public asks of a community, the longest waiting first; five queries."""
    running = (
        Search.objects.filter(
            state=Search.State.RUNNING,
            post__community_id=community_id,
            post__state=Post.State.OPEN,
            post__visibility=Post.Visibility.PUBLIC,
            post__hidden_at__isnull=True,
        )
        .select_related("post")
        .prefetch_related("post__slots")
        .order_by("started_at")[:MOST_OPEN]
    )
    unmet = {search.post_id: search.unmet for search in running}
    posts = {search.post_id: search.post for search in running if free_slots(search.post, now=now)}
    asked = asked_for(posts, now=now)
    apart = apart_from({post.author_id for post in posts.values()})
    asks, untouched = [], []
    for post in posts.values():
        slots = free_slots(post, now=now)
        free = places_of(post, slots)
        ask = engine_ask(
            post,
            ask_view(post, slots, borders=False),
            plane=plane,
            places=free,
            asked=asked[post.pk],
            apart=apart[post.author_id],
            model=model,
            now=now,
        )
        asks.append(ask)
        untouched.append(float(np.prod(1.0 - still_out(ask.out_chance, ask.out_age, model))))
    columns = open_asks(asks, [unmet[ask.id] for ask in asks], untouched)
    return OpenRoom(replace(columns, apart=[set(each) for each in columns.apart]), set(posts))
