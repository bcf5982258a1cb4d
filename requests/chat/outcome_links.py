"""The signed link in "Hoe ging het?": it proves who was asked about which place, and opens nothing else."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from buurt.residents.models import Resident
from posts.models import Engagement

SALT = "chat.outcome"
VALID_FOR = timedelta(days=60)


def path_for(engagement: Engagement, resident: Resident, says: str = "") -> str:
    """Return the path of the page with the three answers; `says` puts one of them on top."""
    token = signing.dumps([engagement.pk, resident.pk], salt=SALT)
    return reverse("chat:outcome_by_mail", args=[token]) + (f"?zegt={says}" if says else "")


def asked_by(token: str) -> tuple[Engagement, Resident] | None:
    """Return about which place whom was asked, or None for a link that is forged, too old or of somebody gone."""
    try:
        engagement_id, resident_id = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    engagement = Engagement.objects.filter(pk=engagement_id).select_related("slot__post__author", "helper").first()
    resident = Resident.objects.filter(pk=resident_id, is_active=True).first()
    return (engagement, resident) if engagement is not None and resident is not None else None
