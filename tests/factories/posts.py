"""Posts, slots and engagements in any state. Rows only: no event is sent, no ledger written."""

from datetime import datetime, timedelta

from django.utils import timezone

from buurt.communities.categories import Category
from buurt.residents.models import Resident
from posts.models import Engagement, Post, Slot


def make_post(
    *,
    author: Resident,
    kind: str = Post.Kind.ASK,
    category: str = Category.TRANSPORT,
    state: str = Post.State.OPEN,
    visibility: str = Post.Visibility.PUBLIC,
    reach: str = Post.Reach.TOWN,
    title: str = "Wie rijdt mij naar de huisarts?",
    text: str = "Ik moet donderdag om tien uur bij de huisarts zijn en kan niet meer fietsen.",
    timing: str = Post.Timing.ANY,
    published_at: datetime | None = None,
    deadline: datetime | None = None,
    expires_at: datetime | None = None,
    hidden_at: datetime | None = None,
    places: int = 1,
) -> Post:
    """Make a post of this author with one slot; it has been published unless it is a draft or held."""
    assert author.community is not None, "the author needs a community"
    assert author.area is not None, "the author needs an area"
    never_published = state in {Post.State.DRAFT, Post.State.HELD}
    post = Post.objects.create(
        author=author,
        community=author.community,
        area=author.area,
        cell=author.cell or 0,
        kind=kind,
        category=category,
        state=state,
        visibility=visibility,
        reach=reach,
        title=title,
        text=text,
        timing=timing,
        published_at=None if never_published else published_at or timezone.now(),
        deadline=deadline,
        expires_at=expires_at,
        hidden_at=hidden_at,
    )
    make_slot(post=post, places=places)
    return post


def make_slot(
    *,
    post: Post,
    places: int = 1,
    taken: int = 0,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Slot:
    """Make a moment (any time, unless it starts somewhere) with places."""
    return Slot.objects.create(post=post, places=places, taken=taken, starts_at=starts_at, ends_at=ends_at)


def make_engagement(
    *,
    helper: Resident,
    post: Post | None = None,
    slot: Slot | None = None,
    state: str = Engagement.State.RESERVED,
    reserved_at: datetime | None = None,
    agree_before: datetime | None = None,
) -> Engagement:
    """Put a helper on a place of the slot, or of the post's first one; a live one counts as taken."""
    if slot is None:
        assert post is not None, "name a post or a slot"
        slot = post.slots.all()[0]
    since = reserved_at or timezone.now()
    if state in {Engagement.State.RESERVED, Engagement.State.AGREED}:
        slot.taken += 1
        slot.save(update_fields=["taken"])
    return Engagement.objects.create(
        slot=slot,
        helper=helper,
        state=state,
        reserved_at=since,
        agree_before=agree_before or since + timedelta(hours=24),
        agreed_at=None if state == Engagement.State.RESERVED else since,
    )
