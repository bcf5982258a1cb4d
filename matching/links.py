"""Signed one-tap links: they prove which invitation a mail was about, and open nothing else."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from matching.models import Invitation

SALT = "matching.invitation"
VALID_FOR = timedelta(days=30)


def path_for(invitation: Invitation, answer: str = "") -> str:
    """Return the path of the page behind a link in a mail; `answer` chooses which button stands on top."""
    token = signing.dumps([str(invitation.public_id), invitation.helper_id], salt=SALT, compress=True)
    query = f"?a={answer}" if answer else ""
    return reverse("matching:by_link", args=[token]) + query


def invitation_from(token: str) -> Invitation | None:
    """Return the invitation of a link, or None when it is forged, too old or gone."""
    try:
        public_id, helper_id = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (
        Invitation.objects.filter(public_id=public_id, helper_id=helper_id, helper__is_active=True)
        .select_related("post__author", "post__area", "post__community", "helper", "slot")
        .first()
    )
