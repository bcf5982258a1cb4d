"""How a person is reached: which browsers show messages for them, and what they want by mail or on their telephone."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurt.residents.letters import LetterKind
from buurt.residents.models import Resident
from notifications.channels.webpush.hosts import is_push_service
from notifications.channels.webpush.keys import decode, public_key
from notifications.families import FAMILIES
from notifications.models import PushSubscription, Wishes

# A person with more browsers than this has most likely lost some of them; the oldest goes.
MOST_BROWSERS = 8
AUTH_BYTES = 16


class SubscriptionError(Exception):
    """What a browser sent is no subscription that we can or may post to; its text can be shown."""


def session_hash(session_key: str | None) -> str:
    """Return the mark of a session; the key itself is not copied."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()


def _endpoint_hash(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


@transaction.atomic
def subscribe(
    *, by: Resident, endpoint: str, p256dh: str, auth: str, session_key: str | None, device: str = ""
) -> PushSubscription:
    """Show messages for this person in this browser from now on; the same browser twice is one row.

    A browser belongs to whoever is logged in on it: what it showed for somebody else ends here. Raises
    SubscriptionError.
    """
    if not public_key():
        raise SubscriptionError(_("Berichten op je telefoon staan hier nog niet aan."))
    if not is_push_service(endpoint) or not _are_keys(p256dh, auth):
        raise SubscriptionError(_("Met deze browser lukt het niet. Je krijgt je berichten per mail."))
    values = {
        "resident": by,
        "endpoint": endpoint,
        "p256dh": p256dh,
        "auth": auth,
        "session_hash": session_hash(session_key),
        "device": device[:60],
    }
    found, _made = PushSubscription.objects.update_or_create(endpoint_hash=_endpoint_hash(endpoint), defaults=values)
    Wishes.objects.filter(resident=by).update(push_refused_at=None)
    newest = PushSubscription.objects.filter(resident=by).order_by("-created_at", "-pk").values_list("pk", flat=True)
    PushSubscription.objects.filter(resident=by).exclude(pk__in=list(newest[:MOST_BROWSERS])).delete()
    return found


def _are_keys(p256dh: str, auth: str) -> bool:
    """Return whether these are a point on the curve P-256 and a secret of sixteen bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(p256dh))
        return len(decode(auth)) == AUTH_BYTES
    except ValueError:
        return False


def unsubscribe(*, by: Resident, endpoint: str = "", pk: int | None = None) -> bool:
    """Stop one browser of this person, by its address or its number; returns whether there was one."""
    mine = PushSubscription.objects.filter(resident=by)
    chosen = mine.filter(pk=pk) if pk is not None else mine.filter(endpoint_hash=_endpoint_hash(endpoint))
    return bool(chosen.delete()[0])


def end_session(session_key: str | None) -> int:
    """Stop the browser of a session that ended; returns how many there were."""
    if not session_key:
        return 0
    return PushSubscription.objects.filter(session_hash=session_hash(session_key)).delete()[0]


def replace(*, old_endpoint: str, endpoint: str, p256dh: str, auth: str) -> bool:
    """Take over the new address that a browser made for an old one; who knows the old one speaks for it."""
    if not is_push_service(endpoint) or not _are_keys(p256dh, auth):
        return False
    PushSubscription.objects.filter(endpoint_hash=_endpoint_hash(endpoint)).exclude(
        endpoint_hash=_endpoint_hash(old_endpoint)
    ).delete()
    changed = PushSubscription.objects.filter(endpoint_hash=_endpoint_hash(old_endpoint)).update(
        endpoint=endpoint, endpoint_hash=_endpoint_hash(endpoint), p256dh=p256dh, auth=auth
    )
    return changed == 1


def refuse_push(*, by: Resident, now: datetime | None = None) -> None:
    """Remember that this person does not want to be asked about messages on their telephone again."""
    Wishes.objects.update_or_create(resident=by, defaults={"push_refused_at": now or timezone.now()})


def set_wishes(*, by: Resident, mail: Collection[str], push: Collection[str]) -> Wishes:
    """Keep which families this person wants by mail and on their telephone; all others go off."""
    values = {
        "mail_off": [slug for slug in FAMILIES if slug not in mail],
        "push_off": [slug for slug in FAMILIES if slug not in push],
    }
    wishes, _made = Wishes.objects.update_or_create(resident=by, defaults=values)
    return wishes


def channels_for(resident: Resident, kind: LetterKind) -> list[str]:
    """Return over which channels this person hears of this kind; what stands in Buurt itself always stays."""
    wishes = Wishes.objects.filter(resident=resident).first() or Wishes(resident=resident)
    return [channel for channel in kind.channels if _wanted(channel, kind, wishes)]


def _wanted(channel: str, kind: LetterKind, wishes: Wishes) -> bool:
    if channel == "email":
        return kind.must_mail or kind.family not in wishes.mail_off
    if channel == "webpush":
        return (
            bool(public_key())
            and kind.family not in wishes.push_off
            and PushSubscription.objects.filter(resident=wishes.resident).exists()
        )
    return True
