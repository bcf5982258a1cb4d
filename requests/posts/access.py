"""What a reader may see of posts; what is not for them does not exist (404)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from buurt.communities.borders import towns_shared_with, within_reach
from buurt.communities.models import Community
from buurt.communities.places import NEAR_KM, cells_within
from buurt.ledger.ids import read_short_code
from buurt.residents.models import Block, Resident
from posts.board import FIELD_MADE, BoardFilters, VisitorRows, without_words
from posts.figures import Figures, answer_figures
from posts.models import Engagement, Post, Slot
from posts.search import matching_fields, matching_words

__all__ = [
    "BoardFilters",
    "Figures",
    "answer_figures",
    "areas_across",
    "board",
    "engagements_of_post",
    "may_meet_across",
    "post_for_reader",
    "post_of_author",
    "posts_by_author",
    "reads_words",
    "register_reader",
]

Check = Callable[[Resident, Post], bool]
_readers: list[Check] = []
_NEVER_SENT = frozenset({Post.State.DRAFT, Post.State.HELD})
_STILL_ON_SHOW = frozenset({Post.State.OPEN, Post.State.PAUSED, Post.State.CLOSED, Post.State.EXPIRED})


def register_reader(check: Check) -> None:
    """Let a room say who else may read a post that is not public (who was invited); called in an app's ready()."""
    if check not in _readers:
        _readers.append(check)


def reads_words(viewer: Resident | None, community: Community) -> bool:
    """Say whether this viewer may read people's own words here: residents of this community may, visitors not."""
    return viewer is not None and viewer.community_id == community.pk


def post_for_reader(resident: Resident | None, community: Community | None, public_id: str) -> Post:
    """Return a post that this reader may see, with `free_places`; for visitors without anybody's words. Else 404.

    The author always sees it. Nobody else sees what is hidden, held, or of somebody they blocked or who blocked them.
    Quiet posts, and withdrawn ones, are for those who were engaged or invited.
    """
    post = _one(public_id)
    if resident is not None and post.author_id == resident.pk:
        return post
    if resident is not None and may_meet_across(resident, post) and _may_read(resident, post):
        return post
    if community is None or post.community_id != community.pk or post.hidden_at or post.state in _NEVER_SENT:
        raise Http404
    if resident is None or resident.community_id is None:
        if not _is_on_show(post):
            raise Http404
        return without_words(post)
    if resident.community_id != community.pk or not _may_read(resident, post):
        raise Http404
    return post


def may_meet_across(resident: Resident, post: Post) -> bool:
    """Say whether somebody from across a municipal border may answer: a post for a whole town, areas that share."""
    return (
        post.reach == Post.Reach.TOWN
        and post.hidden_at is None
        and post.state not in _NEVER_SENT
        and resident.community_id not in {None, post.community_id}
        and within_reach(
            post_community_id=post.community_id,
            post_area_id=post.area_id,
            community_id=resident.community_id,
            area_id=resident.area_id,
        )
    )


def post_of_author(resident: Resident, public_id: str) -> Post:
    """Return one's own post with `free_places`, in whatever state; of others 404."""
    post = _one(public_id)
    if post.author_id != resident.pk:
        raise Http404
    return post


def _one(public_id: str) -> Post:
    code = read_short_code(public_id)
    if code is None:
        raise Http404
    rows = _with_free_places(Post.objects.select_related("area", "author", "community"))
    post = rows.filter(public_id=code).first()
    if post is None:
        raise Http404
    return post


def _is_on_show(post: Post) -> bool:
    return post.visibility == Post.Visibility.PUBLIC and post.state in _STILL_ON_SHOW


def _may_read(resident: Resident, post: Post) -> bool:
    either_way = Q(blocker=resident, blocked=post.author_id) | Q(blocker=post.author_id, blocked=resident)
    if Block.objects.filter(either_way).exists():
        return False
    return (
        _is_on_show(post)
        or Engagement.objects.filter(slot__post=post, helper=resident).exists()
        or any(check(resident, post) for check in _readers)
    )


def _with_free_places(rows: QuerySet[Post]) -> QuerySet[Post]:
    """Add `free_places`: how many neighbours can still say yes."""
    slots = Slot.objects.filter(post=OuterRef("pk")).order_by()
    free = slots.values("post").annotate(free=Sum(F("places") - F("taken"))).values("free")
    return rows.annotate(free_places=Coalesce(Subquery(free, output_field=IntegerField()), 0))


def areas_across(viewer: Resident | None, filters: BoardFilters) -> dict[int, int]:
    """Return the areas over the municipal border that a reader's board lists too, with their communities.

    None for visitors, and none when one area is chosen.
    """
    return {} if viewer is None or filters.area else towns_shared_with(viewer.area_id)


def board(
    *,
    viewer: Resident | None,
    community: Community,
    filters: BoardFilters,
    now: datetime | None = None,
    across: Mapping[int, int] | None = None,
) -> QuerySet[Post]:
    """Return the posts on the board that this viewer may see, one query however it is paged.

    Rows for visitors carry only what the fields say: no words, no names. Asks for the own neighbourhood are
    listed for that neighbourhood alone. `across` are areas over the border (`areas_across`), for residents only.
    """
    now = now or timezone.now()
    if viewer is not None and reads_words(viewer, community):
        rows = _open_posts(_here(community, across or {}), now).select_related("area", "author", "community")
        rows = _for_resident(rows, viewer)
    else:
        rows = (
            _open_posts(Q(community=community), now)
            .filter(reach=Post.Reach.TOWN)
            .select_related("area")
            .only(*FIELD_MADE)
        )
        rows._iterable_class = VisitorRows
        viewer = None
    rows = _filtered(rows, filters, viewer)
    order = ("-published_at", "-pk") if filters.order == "newest" else ("published_at", "pk")
    return _with_free_places(rows).order_by(*order)


def _here(community: Community, across: Mapping[int, int]) -> Q:
    if not across:
        return Q(community=community)
    # The communities are said as well: the board's index begins with them.
    return Q(community__in={community.pk, *across.values()}) & (Q(community=community) | Q(area__in=list(across)))


def _open_posts(where: Q, now: datetime) -> QuerySet[Post]:
    free = Slot.objects.filter(post=OuterRef("pk"), taken__lt=F("places"))
    free = free.filter(Q(starts_at__isnull=True) | Q(starts_at__gt=now))
    return Post.objects.filter(
        where,
        Exists(free),
        Q(deadline__isnull=True) | Q(deadline__gt=now),
        Q(expires_at__isnull=True) | Q(expires_at__gt=now),
        state=Post.State.OPEN,
        visibility=Post.Visibility.PUBLIC,
        hidden_at__isnull=True,
    )


def _for_resident(rows: QuerySet[Post], viewer: Resident) -> QuerySet[Post]:
    rows = rows.filter(Q(reach=Post.Reach.TOWN) | Q(area=viewer.area_id) | Q(author=viewer))
    met = Block.objects.filter(blocker=OuterRef("author"), blocked=viewer)
    made = Block.objects.filter(blocked=OuterRef("author"), blocker=viewer)
    return rows.exclude(Exists(met)).exclude(Exists(made))


def _filtered(rows: QuerySet[Post], filters: BoardFilters, viewer: Resident | None) -> QuerySet[Post]:
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.area:
        rows = rows.filter(area__slug=filters.area)
    if filters.words:
        rows = rows.filter(matching_words(filters.words) if viewer else matching_fields(filters.words))
    cell = viewer.cell if viewer else None
    if cell is None or not filters.band:
        return rows
    if filters.band == "own":
        return rows.filter(cell=cell)
    near = cells_within(cell, NEAR_KM)
    if filters.band == "near":
        return rows.filter(cell__in=near)
    return rows.exclude(cell__in=near)


def posts_by_author(resident: Resident) -> QuerySet[Post]:
    """Return one's own asks and offers with `free_places`, newest first."""
    rows = Post.objects.filter(author=resident).select_related("area")
    return _with_free_places(rows).order_by("-created_at", "-pk")


def engagements_of_post(post: Post) -> QuerySet[Engagement]:
    """Return who took a place of a post, oldest first; only for its author's page."""
    return Engagement.objects.filter(slot__post=post).select_related("helper", "slot").order_by("reserved_at", "pk")
