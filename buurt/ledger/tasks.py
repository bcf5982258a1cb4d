"""The ledger's own tasks: run one job, and sweep up what was lost."""

from celery import shared_task

from buurt.ledger import services


@shared_task(name="ledger.run_job")
def run_job(job_id: int) -> None:
    """Run one job row now."""
    services.run_job(job_id)


@shared_task(name="ledger.sweep_jobs")
def sweep_jobs() -> None:
    """Run whatever is due and was not hurried, note that the clock is alive, forget old jobs."""
    services.beat("clock")
    services.run_due()
    services.forget_old_jobs()
