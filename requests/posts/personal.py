"""What this room keeps about a person: their asks and offers, and the places they took."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from buurt.ledger.services import record
from buurt.residents.models import Resident
from buurt.residents.registry import PersonalData, register_personal_data, register_retention
from posts import moves, services
from posts.models import Engagement, Post
from posts.search import index_text

BATCH = 500
_POST_FIELDS = (
    *(
        "public_id",
        "kind",
        "category",
        "visibility",
        "reach",
        "title",
        "text",
        "language",
        "spoken",
        "needs",
        "on_behalf_of",
    ),
    *("timing", "weekday", "duration_minutes", "deadline", "expires_at", "state", "broker_consent"),
    *("created_at", "published_at", "ended_at", "hidden_at"),
)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def export_posts(resident: Resident) -> list[dict[str, Any]]:
    """Return everything somebody posted."""
    rows = Post.objects.filter(author=resident).select_related("area").order_by("created_at")
    return [{name: _plain(getattr(post, name)) for name in _POST_FIELDS} | {"area": post.area.name} for post in rows]


def export_places(resident: Resident) -> list[dict[str, Any]]:
    """Return the places somebody took with others; of the post only what it was about, its words are not theirs."""
    rows = Engagement.objects.filter(helper=resident).select_related("slot__post").order_by("reserved_at")
    return [
        {
            "post": each.slot.post.public_id,
            "kind": each.slot.post.kind,
            "category": each.slot.post.category,
            "state": each.state,
            "you_said": each.helper_says if each.slot.post.is_ask else each.asker_says,
            "reserved_at": _plain(each.reserved_at),
            "agreed_at": _plain(each.agreed_at),
            "ended_at": _plain(each.ended_at),
        }
        for each in rows
    ]


def erase_posts(resident: Resident) -> None:
    """Withdraw what is still going on and remove every word; the empty rows stay for those who helped."""
    now = timezone.now()
    for post in Post.objects.filter(author=resident).order_by("pk"):
        services.withdraw_post(by=None, post=post, now=now)
        # What was closed may still hold an agreement.
        for engagement in Engagement.objects.filter(slot__post=post, state__in=moves.LIVE):
            services.release_place(by=None, engagement=engagement, because="erased", now=now)
        Post.objects.filter(pk=post.pk).update(
            title="",
            text="",
            spoken=[],
            needs=[],
            search_stems=index_text(title="", text="", category=post.category),
        )
        record("erased", post, by=None)


def erase_places(resident: Resident) -> None:
    """Give back the places somebody took, so that the search goes on."""
    for engagement in Engagement.objects.filter(helper=resident, state__in=moves.LIVE).order_by("pk"):
        services.release_place(by=None, engagement=engagement, because="erased")


def forget_words(edge: datetime) -> int:
    """Remove the words of posts that ended before this moment; the bare row stays for the figures."""
    old = Post.objects.filter(ended_at__lt=edge).exclude(title="", text="").order_by("pk")[:BATCH]
    for post in old:
        stems = index_text(title="", text="", category=post.category)
        Post.objects.filter(pk=post.pk).update(title="", text="", spoken=[], needs=[], search_stems=stems)
    return len(old)


def forget_places(edge: datetime) -> int:
    """Remove who helped with what ended before this moment, once the conversation about it is gone too."""
    old = Engagement.objects.filter(ended_at__lt=edge, appointments__isnull=True, thanks__isnull=True)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Engagement.objects.filter(pk__in=keys).delete()[0]


def register() -> None:
    """Make these kinds of personal data known."""
    posts = PersonalData(gettext_lazy("Je vragen en aanbod"), export_posts, erase_posts)
    places = PersonalData(gettext_lazy("Hulp die je afsprak"), export_places, erase_places)
    register_personal_data("posts", posts)
    register_personal_data("places", places)
    register_retention("posts", forget_words)
    register_retention("engagements", forget_places)
