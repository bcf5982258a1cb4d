"""Notifications' work in the background: ids in, safe to run twice, no rules."""

from typing import Any

from celery import shared_task

from notifications import services
from notifications.models import Delivery


@shared_task(name="notifications.write_deliveries")
def write_deliveries(kind: str, facts: dict[str, Any]) -> None:
    """Write the rows of one piece of news and send what may go at once."""
    for delivery in services.write_deliveries(kind, facts):
        if delivery.state == Delivery.State.WAITING:
            services.send_delivery(delivery.pk)


@shared_task(name="notifications.sweep_deliveries")
def sweep_deliveries() -> None:
    """Send what is due and what was lost."""
    services.sweep_deliveries()
