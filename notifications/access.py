"""What a person may see of their notices."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import get_language

from buurt.residents.access import catalogue_of
from buurt.residents.letters import Letter, letter_kind
from buurt.residents.models import Resident
from notifications.channels.webpush.keys import public_key
from notifications.models import Delivery, PushSubscription, Wishes
from notifications.services import compose
from posts.models import Engagement, Post


@dataclass(frozen=True)
class Notice:
    """One notice as shown: the row and its words today."""

    delivery: Delivery
    letter: Letter


def notices_of(resident: Resident) -> QuerySet[Delivery]:
    """Return this person's notices in the app, newest first."""
    return (
        Delivery.objects.filter(resident=resident, channel=Delivery.Channel.INAPP)
        .select_related("resident__community")
        .order_by("-created_at", "-id")
    )


def unread_notices(resident: Resident) -> int:
    """Return how many notices this person has not seen yet."""
    return Delivery.objects.filter(resident=resident, channel=Delivery.Channel.INAPP, read_at=None).count()


def wishes_of(resident: Resident) -> Wishes:
    """Return how this person wants to hear of things; both for everything when they never said."""
    return Wishes.objects.filter(resident=resident).first() or Wishes(resident=resident)


def browsers_of(resident: Resident) -> list[PushSubscription]:
    """Return the browsers that show messages for this person, oldest first."""
    return list(PushSubscription.objects.filter(resident=resident))


def may_be_offered_push(resident: Resident) -> bool:
    """Whether to ask about messages on the telephone: there is something to hear of, and they never said no.

    Something to hear of: an ask or offer of their own, or a first yes to a neighbour.
    """
    if not public_key() or Wishes.objects.filter(resident=resident, push_refused_at__isnull=False).exists():
        return False
    own = Post.objects.filter(author=resident).exclude(state__in=[Post.State.DRAFT, Post.State.HELD])
    return own.exists() or Engagement.objects.filter(helper=resident).exists()


def in_words(deliveries: list[Delivery]) -> list[Notice]:
    """Put rows into words, in the language of the page; what is no longer needed is left out."""
    language = get_language() or ""
    letters = _in_bulk(deliveries, language)
    composed = (
        (delivery, letters[delivery.pk] if delivery.pk in letters else compose(delivery, language=language))
        for delivery in deliveries
    )
    return [Notice(delivery, letter) for delivery, letter in composed if letter is not None]


def _in_bulk(deliveries: list[Delivery], language: str) -> dict[int, Letter | None]:
    """Compose what its room can put into words many at a time; the rows are all of one person."""
    letters: dict[int, Letter | None] = {}
    for name in {delivery.kind for delivery in deliveries}:
        kind = letter_kind(name)
        rows = [delivery for delivery in deliveries if delivery.kind == name]
        if kind is None or kind.compose_many is None or not rows[0].resident.is_active:
            continue
        with translation.override(language or catalogue_of(rows[0].resident)):
            found = kind.compose_many(rows[0].resident, [delivery.facts for delivery in rows])
        letters |= dict(zip((delivery.pk for delivery in rows), found, strict=True))
    return letters
