"""What matching keeps about a person, how it is handed over and how it goes."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurt.residents.models import Resident
from buurt.residents.registry import PersonalData
from matching.models import HelperFactor, Invitation


def export(resident: Resident) -> list[dict[str, Any]]:
    """Return what this person was asked and what they said; no words of others."""
    return [
        {
            "asked_at": one.invited_at.isoformat(),
            "post": one.post.public_id,
            "category": one.post.category,
            "reasons": one.reasons,
            "answer": one.answer or None,
        }
        for one in Invitation.objects.filter(helper=resident).select_related("post").order_by("invited_at")
    ]


def erase(resident: Resident) -> None:
    """Withdraw open invitations and forget the reasons; that somebody was asked stays, without a word about them."""
    Invitation.objects.filter(helper=resident, state__in=[Invitation.State.OPEN, Invitation.State.RESERVE]).update(
        state=Invitation.State.WITHDRAWN, answered_at=timezone.now()
    )
    Invitation.objects.filter(helper=resident).update(reasons={})


def forget(edge: datetime) -> int:
    """Remove invitations to asks that ended before this moment."""
    old = Invitation.objects.filter(post__ended_at__lt=edge).order_by("pk").values_list("pk", flat=True)[:500]
    return Invitation.objects.filter(pk__in=list(old)).delete()[0]


DATA = PersonalData(label=_("Wat we je vroegen en wat je zei"), export=export, erase=erase)


def export_factor(resident: Resident) -> dict[str, Any] | None:
    """Return the helper's own factor: how often they say yes, against what we expected; None before the first night."""
    found = HelperFactor.objects.filter(helper=resident).first()
    if found is None:
        return None
    return {"factor": round(found.factor, 2), "counts_from": found.counts_from, "fitted_at": found.fitted_at}


def erase_factor(resident: Resident) -> None:
    """Remove the factor."""
    HelperFactor.objects.filter(helper=resident).delete()


FACTOR = PersonalData(label=_("Hoe vaak je ja zegt (1 is gewoon)"), export=export_factor, erase=erase_factor)
