"""The room's own tasks."""

from celery import shared_task

from buurt.residents import post, services


@shared_task(name="residents.send_account_mail")
def send_account_mail(mail_id: int) -> None:
    """Send one mail about an account."""
    post.deliver(mail_id)


@shared_task(name="residents.sweep_accounts")
def sweep_accounts() -> None:
    """Remove accounts that nobody opened within a day, and old mails; tell who is not here any more."""
    services.sweep_accounts()
    post.sweep_mails()
    services.warn_inactive()


@shared_task(name="residents.sweep_retention")
def sweep_retention() -> None:
    """Let every room forget what is past its days."""
    services.sweep_retention()
