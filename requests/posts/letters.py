"""The letters of this room: a post is about to leave the board."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.when import spoken_moment
from buurt.residents.letters import Action, Facts, Letter, LetterKind, register_letter
from buurt.residents.models import Resident
from posts.models import Post
from posts.naming import glance_of


def _post(facts: Facts) -> Post | None:
    return Post.objects.select_related("author", "area").filter(pk=facts["post"]).first()


def _author(facts: Facts) -> list[Resident]:
    post = _post(facts)
    return [post.author] if post and post.author.is_active else []


def _expiring(resident: Resident, facts: Facts) -> Letter | None:
    """Say until when it stays and how to keep it longer; None once it was renewed or ended."""
    post = _post(facts)
    if post is None or post.state != Post.State.OPEN or post.warned_at is None or post.expires_at is None:
        return None
    values = {"title": post.title, "moment": spoken_moment(post.expires_at, timezone.now())}
    asks = post.is_ask
    return Letter(
        subject=_("Zoek je nog hulp?") if asks else _("Wil je dit nog doen?"),
        lines=(
            _("“%(title)s” staat op het prikbord tot %(moment)s.") % values,
            _("Is het nog nodig? Verleng het dan.") if asks else _("Geldt je aanbod nog? Verleng het dan."),
            _("Is het al geregeld? Dan hoef je niets te doen, of je rondt het nu af."),
        ),
        actions=(Action(_("Bekijk en verleng"), reverse("posts:status", args=[post.public_id]), "main"),),
        reason=_("Je krijgt dit omdat je dit zelf op het prikbord zette."),
        glance=glance_of(post),
    )


EXPIRING = LetterKind(
    name="expiring",
    label=gettext_lazy("Je vraag of aanbod verloopt bijna"),
    receivers=_author,
    compose=_expiring,
    family="own",
    urgency="low",
    useful_for=timedelta(days=2),
)


def register() -> None:
    """Make the letters known."""
    register_letter(EXPIRING)
