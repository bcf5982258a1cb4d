"""A letter as a message on a telephone: which kind, where, and the page to open. Sealed for that browser (RFC 8291)."""

import hashlib
import json
import logging
from email.utils import parseaddr
from typing import Any, Literal

import requests
from django.conf import settings
from django.utils import translation

from buurt.residents.letters import Letter, LetterKind
from notifications.channels.webpush.hosts import is_push_service
from notifications.channels.webpush.keys import encode
from notifications.models import PushSubscription

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
# What a browser can show under a message; the other answers stand on the page itself.
BUTTONS = 2
GONE = frozenset({404, 410})
# Too busy, or not well: the same message may be taken later.
BUSY = 429
BROKEN = 500

Outcome = Literal["sent", "gone", "later", "refused"]


class _Session(requests.Session):
    """A push service answers itself; where it would send us on is not on our list."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Follow nothing."""
        return None


def message_of(kind: LetterKind, letter: Letter, *, topic: str, language: str) -> dict[str, Any]:
    """Return what the browser gets: the kind, kind of help and area, and pages of ours. Nobody's words, no name."""
    with translation.override(language):
        buttons = [one for one in letter.actions if letter.opens and one.weight != "link"][:BUTTONS]
        return {
            "title": str(kind.label),
            "body": letter.glance,
            "tag": topic,
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "open": letter.opens or (letter.actions[0].path if letter.actions else "/"),
            "acts": [{"title": str(one.label), "open": one.path} for one in buttons],
        }


def topic_of(once_key: str) -> str:
    """Return the mark under which a newer message replaces one that still waits (RFC 8030, 32 characters)."""
    return encode(hashlib.sha256(once_key.encode()).digest())[:32]


def push(subscription: PushSubscription, kind: LetterKind, message: dict[str, Any]) -> Outcome:
    """Send one message to one browser, and say how that went. Never raises for what a push service does."""
    from pywebpush import WebPushException, webpush  # a quarter of a second, and only workers need it

    if not is_push_service(subscription.endpoint):
        return "gone"
    try:
        with _Session() as session:
            webpush(
                {"endpoint": subscription.endpoint, "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth}},
                data=json.dumps(message, ensure_ascii=False, separators=(",", ":")),
                vapid_private_key=settings.PUSH_KEY,
                vapid_claims={"sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"},
                headers={"Urgency": kind.urgency, "Topic": message["tag"]},
                ttl=int(kind.useful_for.total_seconds()),
                timeout=TIMEOUT_SECONDS,
                requests_session=session,
            )
    except requests.RequestException as error:
        logger.warning("push service not reached: %s", type(error).__name__)
        return "later"
    except WebPushException as error:
        return _said(error.response.status_code if error.response is not None else 0)
    return "sent"


def _said(status: int) -> Outcome:
    """Read what a push service answered (RFC 8030)."""
    if status in GONE:
        return "gone"
    if status == BUSY or status >= BROKEN:
        return "later"
    logger.error("push service refused a message: %s", status)
    return "refused"
