"""What notifications keep about a person, how it is handed over and how it goes."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from buurt.residents.models import Resident
from buurt.residents.registry import PersonalData
from notifications.models import Delivery


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


DATA = PersonalData(label=_("Berichten die we je stuurden"), export=export, erase=erase)
