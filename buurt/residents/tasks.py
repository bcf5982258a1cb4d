"""The room's own task."""

from celery import shared_task

from buurt.residents import services


@shared_task(name="residents.sweep_accounts")
def sweep_accounts() -> None:
    """Remove accounts that nobody opened within a day."""
    services.sweep_accounts()
