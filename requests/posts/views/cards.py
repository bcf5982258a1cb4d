"""A post as this reader may see it: residents read the author's words, visitors only what is made from the fields."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurt.communities.languages import spoken_languages
from buurt.communities.places import distance_band, spoken_band
from buurt.communities.when import is_fresh, spoken_ago, spoken_duration, spoken_wait
from buurt.residents.models import Resident
from posts.drafts import PostDraft
from posts.models import Post
from posts.moments import spoken_draft, spoken_places, spoken_timing
from posts.naming import area_for, field_title
from posts.wording import text_after_title


@dataclass(frozen=True)
class Card:
    """What post_card.html draws."""

    href: str
    category: str
    title: str
    text: str = ""
    place: str = ""
    when: str = ""
    wait: str = ""
    wait_tone: str = "sun"
    languages: str = ""
    tone: str = "brick"


def card_of(post: Post, *, reader: Resident | None, now: datetime) -> Card:
    """Return the card of a post on the board for this reader."""
    free = getattr(post, "free_places", 1)
    wait, tone = _wait_of(post, now)
    if free > 1:
        wait, tone = ngettext("nog %(count)s plek", "nog %(count)s plekken", free) % {"count": free}, "brand"
    return Card(
        href=reverse("posts:detail", args=[post.public_id]),
        category=post.category,
        title=post.title if reader else field_title(post.kind, post.category, post.area.name, ""),
        text=text_after_title(post.title, post.text) if reader else "",
        # The title of visitors names the area already.
        place=place_of(post, reader) if reader else "",
        when=spoken_timing(post, short=True),
        wait=wait,
        wait_tone=tone,
        languages=spoken_languages(post.spoken),
        tone="brick" if post.is_ask else "brand",
    )


def front_card(post: Post, *, now: datetime) -> Card:
    """Return the card of an ask on the front page: made from the fields, for whoever looks."""
    parts = [spoken_timing(post, short=True) if post.timing != Post.Timing.ANY else ""]
    if post.published_at:
        parts.append(_("gevraagd %(ago)s") % {"ago": spoken_ago(post.published_at, now)})
    text, tone, _icon = _open_chip(post)
    return Card(
        href=reverse("posts:detail", args=[post.public_id]),
        category=post.category,
        title=field_title(post.kind, post.category, post.area.name, ""),
        when=" · ".join(part for part in parts if part),
        wait=text,
        wait_tone=tone,
    )


def own_card(post: Post, *, now: datetime) -> Card:
    """Return the card of one's own post, with its state."""
    text, tone, _icon = state_chip(post)
    return Card(
        href=reverse("posts:status", args=[post.public_id]),
        category=post.category,
        title=post.title,
        place=post.area.name,
        when=spoken_timing(post, short=True),
        wait=text,
        wait_tone=tone,
        tone="brick" if post.is_ask else "brand",
    )


def state_chip(post: Post) -> tuple[str, str, str]:
    """Return how a post stands in a word or two, the tone of its chip and its icon."""
    if post.is_hidden:
        return _("verborgen door een moderator"), "danger", "eye-off"
    chips = {
        Post.State.DRAFT: (_("nog niet verstuurd"), "sand", "pencil"),
        Post.State.HELD: (_("het team leest het eerst"), "sky", "clock"),
        Post.State.OPEN: _open_chip(post),
        Post.State.PAUSED: (_("staat even stil"), "sand", "pause"),
        Post.State.CLOSED: (_("afgerond"), "brand", "check"),
        Post.State.WITHDRAWN: (_("ingetrokken"), "sand", "x"),
        Post.State.EXPIRED: (_("verlopen"), "sand", "clock"),
    }
    return chips[Post.State(post.state)]


def _open_chip(post: Post) -> tuple[str, str, str]:
    if getattr(post, "free_places", 1) == 0:
        return _("gevonden") if post.is_ask else _("bezet"), "brand", "check"
    if post.is_ask:
        return _("zoekt nog iemand"), "sun", "clock"
    return _("staat open"), "sun", "clock"


def place_of(post: Post, reader: Resident | None) -> str:
    """Return the area, for residents with how far that is: never more than four digits can honestly carry."""
    area = area_for(post, reader)
    if reader is None or reader.cell is None:
        return area
    return _("%(area)s, %(band)s") % {"area": area, "band": spoken_band(distance_band(reader.cell, post.cell))}


def facts_of(post: Post, reader: Resident | None) -> list[dict[str, str]]:
    """Return the facts of a post for definitions.html."""
    places = sum(slot.places for slot in post.slots.all())
    return _facts(
        place=place_of(post, reader),
        when=spoken_timing(post),
        minutes=post.duration_minutes,
        other=post.is_ask and post.on_behalf_of == Post.OnBehalf.OTHER,
        places=places,
        people=spoken_places(places, timing=post.timing if post.is_ask else ""),
        spoken=spoken_languages(post.spoken),
    )


def facts_of_draft(draft: PostDraft, place: str) -> list[dict[str, str]]:
    """Return the facts of a draft, in the same words."""
    return _facts(
        place=place,
        when=spoken_draft(draft),
        minutes=draft.duration_minutes,
        other=draft.kind == Post.Kind.ASK and draft.on_behalf_of == Post.OnBehalf.OTHER,
        places=draft.places,
        people=spoken_places(draft.places, timing=draft.timing if draft.kind == Post.Kind.ASK else ""),
        spoken=spoken_languages(draft.spoken),
    )


def _facts(
    *, place: str, when: str, minutes: int | None, other: bool, places: int, people: str, spoken: str
) -> list[dict[str, str]]:
    facts = [
        {"icon": "calendar", "term": _("Wanneer"), "value": when[:1].upper() + when[1:]},
        {"icon": "map-pin", "term": _("Waar"), "value": place},
    ]
    if minutes:
        facts.append({"icon": "clock", "term": _("Hoe lang"), "value": spoken_duration(minutes)})
    if other:
        facts.append({"icon": "heart-handshake", "term": _("Voor wie"), "value": _("voor iemand anders")})
    if places > 1:
        facts.append({"icon": "users", "term": _("Hoeveel"), "value": people})
    if spoken:
        facts.append({"icon": "languages", "term": _("Taal"), "value": spoken})
    return facts


def _wait_of(post: Post, now: datetime) -> tuple[str, str]:
    """Return how long an ask waits; of an offer only whether it is new."""
    since = post.published_at
    if since is None:
        return "", "sand"
    fresh = is_fresh(since, now)
    if post.is_ask or fresh:
        return spoken_wait(since, now), "sand" if fresh else "sun"
    return "", "sand"
