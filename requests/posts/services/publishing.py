"""Put an ask or an offer on the board, change it, copy it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from buurt.communities.categories import Category
from buurt.ledger.services import record
from buurt.residents.models import Resident
from posts import events, moments, search
from posts.drafts import PostDraft
from posts.errors import (
    CategoryOffError,
    EmptyPostError,
    EndedError,
    ImpossibleDraftError,
    NotReadyError,
    TooFewPlacesError,
    TooManyPostsError,
)
from posts.models import Post, Slot
from posts.moves import ENDED
from posts.needs import NEEDS
from posts.services.holding import ask_moderator
from posts.services.places import refuse_unfit
from posts.services.steps import actor_of_post, lock_post, tell
from posts.wording.clean import clean_text
from posts.wording.own_title import suggest_title

MOST_POSTS_A_DAY = 10
TITLE_LIMIT = 80
TEXT_LIMIT = 2_000


@transaction.atomic
def publish_post(*, by: Resident, draft: PostDraft, form_key: UUID | None = None, now: datetime | None = None) -> Post:
    """Put a draft on the board (or hold it for a moderator); the same form sent twice gives the first post.

    Raises a PostError that says why it cannot be sent.
    """
    now = now or timezone.now()
    # Who posts waits for their own other window, so that a form sent twice and the limit of a day are seen.
    author = Resident.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
    if form_key is not None and (first := Post.objects.filter(author=author, form_key=form_key).first()):
        return first
    refuse_unfit(author, category=draft.category, now=now)
    if Post.objects.filter(author=author, created_at__gt=now - timedelta(days=1)).count() >= MOST_POSTS_A_DAY:
        raise TooManyPostsError
    post = Post(author=author, kind=draft.kind, form_key=form_key, created_at=now)
    _place_at_home(post, author)
    times = _fill_in(post, draft, now)
    post.state = Post.State.HELD if draft.hold else Post.State.OPEN
    post.published_at = None if draft.hold else now
    post.save()
    Slot.objects.create(post=post, starts_at=times.starts_at, ends_at=times.ends_at, places=draft.places)
    record("held" if draft.hold else "published", post, by=by, kind=post.kind, category=post.category)
    if draft.hold:
        ask_moderator(post)
    else:
        tell(events.post_published, post)
    return post


@transaction.atomic
def change_post(*, by: Resident, post: Post, draft: PostDraft, now: datetime | None = None) -> Post:
    """Change everything but the kind and the place of a post that has not ended; who already said yes stays.

    Raises EndedError, TooFewPlacesError or another PostError.
    """
    actor_of_post(by, post)
    now = now or timezone.now()
    current = lock_post(post.pk)
    if current.state in ENDED:
        raise EndedError
    refuse_unfit(by, category=draft.category, now=now)
    times = _fill_in(current, draft.with_(kind=current.kind), now)
    current.warned_at = None
    current.save()
    slot = current.slots.filter(taken__lte=draft.places).first()
    if slot is None:
        raise TooFewPlacesError
    changed = Slot.objects.filter(pk=slot.pk, taken__lte=draft.places)
    changed.update(places=draft.places, starts_at=times.starts_at, ends_at=times.ends_at)
    record("changed", current, by=by)
    if current.state == Post.State.OPEN:
        tell(events.post_changed, current)
    return current


def copy_draft(post: Post, *, now: datetime | None = None) -> PostDraft:
    """Return a draft with the same words and wishes, to change or to send again; a day that is over is left out."""
    slot = post.slots.first()
    day, at = moments.day_and_time(post)
    is_over = post.deadline is not None and post.deadline <= (now or timezone.now())
    day_is_over = post.timing == Post.Timing.DAY and is_over
    return PostDraft(
        kind=post.kind,
        category=post.category,
        text=post.text,
        title=post.title,
        visibility=post.visibility,
        reach=post.reach,
        timing=Post.Timing.ANY if day_is_over else post.timing,
        day=None if day_is_over else day,
        at=None if day_is_over else at,
        weekday=post.weekday,
        duration_minutes=post.duration_minutes,
        on_behalf_of=post.on_behalf_of,
        places=slot.places if slot else 1,
        spoken=tuple(post.spoken),
        needs=tuple(post.needs),
        language=post.language,
        broker_consent=post.broker_consent,
    )


def _place_at_home(post: Post, author: Resident) -> None:
    if author.community is None or author.area is None or author.cell is None:
        raise NotReadyError
    post.community, post.area, post.cell = author.community, author.area, author.cell


def _fill_in(post: Post, draft: PostDraft, now: datetime) -> moments.Moments:
    """Write the draft's answers on the post and return its moments; raises a PostError when they cannot be."""
    if not draft.is_possible:
        raise ImpossibleDraftError
    if draft.category in post.community.categories_off:
        raise CategoryOffError
    times = moments.moments_of(draft, now=now)
    post.text = clean_text(draft.text, limit=TEXT_LIMIT)
    for name in ("category", "visibility", "reach", "timing", "duration_minutes", "on_behalf_of", "broker_consent"):
        setattr(post, name, getattr(draft, name))
    post.title = _title(draft.title, post)
    post.weekday = draft.weekday if draft.timing == Post.Timing.WEEKLY else None
    post.spoken = [code[:8] for code in draft.spoken][:20]
    post.needs = [slug for slug, _label in NEEDS if slug in draft.needs]
    post.language = draft.language[:8]
    post.deadline, post.expires_at = times.deadline, times.expires_at
    post.search_stems = search.index_text(title=post.title, text=post.text, category=post.category)
    return times


def _title(typed: str, post: Post) -> str:
    """Return the title as typed, or one taken from the text; raises EmptyPostError when there is not a word."""
    title = " ".join(clean_text(typed, limit=TITLE_LIMIT).split())
    if not title and not post.text:
        raise EmptyPostError
    # No clause fit for a title (a telephone number, for example): then the kind of help is called by its name.
    return title or suggest_title(post.text)[:TITLE_LIMIT] or str(Category(post.category).label)
