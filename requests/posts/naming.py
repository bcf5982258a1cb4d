"""What a post is called for everybody: made from its fields, so that mails and visitors never carry anyone's words."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buurt.communities.categories import Category
from buurt.communities.when import spoken_day
from buurt.residents.models import Resident
from posts.drafts import PostDraft
from posts.models import Post
from posts.moments import day_and_time, spoken_draft, spoken_timing
from posts.wording import public_title


def title_for_everybody(post: Post) -> str:
    """Return the title that anybody may see: kind, area and day, made from the fields."""
    day, _at = day_and_time(post)
    return field_title(post.kind, post.category, post.area.name, _public_when(post.timing, spoken_timing(post), day))


def glance_of(post: Post) -> str:
    """Return what may stand on a locked screen: the kind of help and the area, no more."""
    return _("%(kind)s in %(area)s") % {"kind": Category(post.category).label, "area": post.area.name}


def area_for(post: Post, reader: Resident | None) -> str:
    """Return the area's name; for who reads over a municipal border with the name of the other municipality."""
    if reader is None or reader.community_id in {None, post.community_id}:
        return post.area.name
    return _("%(area)s in gemeente %(town)s") % {"area": post.area.name, "town": post.community.name}


def draft_title_for_everybody(draft: PostDraft, area_name: str) -> str:
    """Return the same title for a draft."""
    day = draft.day if draft.timing == Post.Timing.DAY else None
    return field_title(draft.kind, draft.category, area_name, _public_when(draft.timing, spoken_draft(draft), day))


def field_title(kind: str, category: str, area_name: str, when: str) -> str:
    """Return the title for everybody from its parts."""
    return public_title(kind=kind, category=category, area_name=area_name, when=when)


def _public_when(timing: str, spoken: str, day: Any) -> str:
    """Return the moment as it fits in a title: the day without its hour, and nothing when it does not matter."""
    if timing == Post.Timing.ANY:
        return ""
    return spoken_day(day, timezone.now()) if day else spoken
