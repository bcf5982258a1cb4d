"""Nothing is kept longer than privacy.yml says."""

import logging
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from buurt.ledger.models import Entry
from buurt.residents.checks import privacy_rules
from buurt.residents.registry import forgetters

logger = logging.getLogger(__name__)
BATCH = 500


def sweep_retention(*, now: datetime | None = None) -> dict[str, int]:
    """Let every room forget what is past its days; returns how many rows went, by rule. A failing room stops nobody."""
    now = now or timezone.now()
    rules = privacy_rules()["rules"]
    gone = {}
    for name, forget in forgetters().items():
        try:
            gone[name] = forget(now - timedelta(days=rules[name]["days"]))
        except Exception:
            logger.exception("retention of %s failed", name)
    return gone


def forget_sessions(edge: datetime) -> int:
    """Remove sessions that ended and devices not seen since."""
    ended = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    unseen: int = UserSession.objects.filter(last_seen_at__lt=edge).delete()[0]
    return ended + unseen


def forget_trail(edge: datetime) -> int:
    """Remove old lines of the audit trail."""
    old = list(Entry.objects.filter(at__lt=edge).order_by("pk").values_list("pk", flat=True)[: BATCH * 10])
    return Entry.objects.filter(pk__in=old).delete()[0]
