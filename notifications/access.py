"""What a person may see of their notices."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language

from buurt.residents.letters import Letter
from buurt.residents.models import Resident
from notifications.models import Delivery
from notifications.services import compose


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


def in_words(deliveries: list[Delivery]) -> list[Notice]:
    """Put rows into words, in the language of the page; what is no longer needed is left out."""
    language = get_language() or ""
    composed = ((delivery, compose(delivery, language=language)) for delivery in deliveries)
    return [Notice(delivery, letter) for delivery, letter in composed if letter is not None]
