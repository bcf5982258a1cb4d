"""The room's own tasks."""

from celery import shared_task

from buurt.residents import services


@shared_task(name="residents.sweep_accounts")
def sweep_accounts() -> None:
    """Remove accounts that nobody opened within a day."""
    services.sweep_accounts()


@shared_task(name="residents.sweep_retention")
def sweep_retention() -> None:
    """Let every room forget what is past its days."""
    services.sweep_retention()
