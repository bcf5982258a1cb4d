"""Deliveries. Rows only: nothing is sent."""

from datetime import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from buurt.residents.models import Resident
from notifications.models import Delivery

_numbers = count(1)


def make_delivery(
    *,
    resident: Resident,
    kind: str = "help_invited",
    channel: str = Delivery.Channel.INAPP,
    state: str = Delivery.State.WAITING,
    facts: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> Delivery:
    """Make one message that must reach a person over one channel."""
    return Delivery.objects.create(
        resident=resident,
        kind=kind,
        channel=channel,
        state=state,
        facts=facts or {},
        once_key=f"test:{next(_numbers)}",
        due_at=due_at or timezone.now(),
    )
