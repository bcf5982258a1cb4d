"""What notifications keep about a person, how it is handed over and how it goes."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from buurt.residents.models import Resident
from buurt.residents.registry import PersonalData
from notifications.models import Delivery, PushSubscription, Wishes


def export(resident: Resident) -> list[dict[str, Any]]:
    """Return which kinds of letters this person got, when and how."""
    return [
        {"kind": one.kind, "channel": one.channel, "state": one.state, "at": one.created_at.isoformat()}
        for one in Delivery.objects.filter(resident=resident).order_by("created_at")
    ]


def erase(resident: Resident) -> None:
    """Remove this person's deliveries."""
    Delivery.objects.filter(resident=resident).delete()


def forget(edge: datetime) -> int:
    """Remove deliveries made before this moment."""
    old = Delivery.objects.filter(created_at__lt=edge).order_by("pk").values_list("pk", flat=True)[:500]
    return Delivery.objects.filter(pk__in=list(old)).delete()[0]


def export_reach(resident: Resident) -> dict[str, Any]:
    """Return how this person wants to hear of things, and which browsers show messages (not the keys to them)."""
    wishes = Wishes.objects.filter(resident=resident).first() or Wishes()
    return {
        "mail_off": wishes.mail_off,
        "push_off": wishes.push_off,
        "push_refused_at": wishes.push_refused_at,
        "devices": [
            {"name": one.device, "created_at": one.created_at}
            for one in PushSubscription.objects.filter(resident=resident)
        ],
    }


def erase_reach(resident: Resident) -> None:
    """Forget the browsers and the wishes: nothing is shown for this person any more."""
    PushSubscription.objects.filter(resident=resident).delete()
    Wishes.objects.filter(resident=resident).delete()


REACH = PersonalData(label=_("Hoe je berichten krijgt"), export=export_reach, erase=erase_reach)
DATA = PersonalData(label=_("Berichten die we je stuurden"), export=export, erase=erase)
