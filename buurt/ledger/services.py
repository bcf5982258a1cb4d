"""Write down what happened, and what is still to do. Nobody else calls `.delay()`."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from buurt.ledger.clocks import span
from buurt.ledger.models import Entry, Heartbeat, Job

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 6
# A job claimed longer ago than this was lost with its worker and is taken again; a hurried clock waits shorter.
LOST_AFTER = max(span(minutes=5), timedelta(seconds=10))
BATCH = 50


class NamedTask(Protocol):
    """A Celery task: something with a registered name."""

    name: str


def record(verb: str, subject: models.Model, *, by: models.Model | None, **facts: Any) -> Entry:
    """Write one line of the audit trail in the caller's transaction; `facts` are ids and states, never words."""
    return Entry.objects.create(
        actor_id=by.pk if by else None,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        facts=facts,
    )


def enqueue(task: NamedTask, *args: Any, due_at: datetime | None = None) -> Job:
    """Write a job row in the caller's transaction; after commit it is hurried along, and a sweep repairs lost ones.

    `args` are ids and plain values (JSON). The task must be safe to run twice.
    """
    job = Job.objects.create(task=task.name, args=list(args), due_at=due_at or timezone.now())
    if due_at is None:
        transaction.on_commit(partial(_hurry, job.pk))
    return job


# The embedded default puts its own runner here (config/embedded.py); production leaves it empty and uses the broker.
hurry_hook: list[Callable[[int], None]] = []


def _hurry(job_id: int) -> None:
    """Tell a worker that there is something to do; when nobody listens, the sweep finds the row."""
    if hurry_hook:
        hurry_hook[0](job_id)
        return
    if not settings.REDIS_URL:
        return
    try:
        current_app.send_task("ledger.run_job", args=[job_id], retry=False)
    except Exception as error:
        logger.warning("job %s waits for the sweep: %s", job_id, type(error).__name__)


def claim(job_id: int, *, now: datetime | None = None) -> Job | None:
    """Take one due job for this worker, or None when it is done, not due or already taken."""
    now = now or timezone.now()
    free = models.Q(state=Job.State.WAITING, due_at__lte=now) | models.Q(
        state=Job.State.RUNNING, claimed_at__lte=now - LOST_AFTER
    )
    taken = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING, claimed_at=now, attempts=models.F("attempts") + 1
    )
    return Job.objects.get(pk=job_id) if taken == 1 else None


def run_job(job_id: int, *, now: datetime | None = None) -> bool:
    """Claim a job and run its task here; a failure is put back with a growing pause. Returns whether it ran well."""
    job = claim(job_id, now=now)
    if job is None:
        return False
    current_app.loader.import_default_modules()
    task = current_app.tasks.get(job.task)
    try:
        if task is None:
            raise LookupError(job.task)
        task.run(*job.args)
    except Exception as error:
        logger.exception("job %s (%s) failed", job.pk, job.task)
        _put_back(job, error, now=now or timezone.now())
        return False
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(state=Job.State.DONE, last_error="")
    return True


def _put_back(job: Job, error: Exception, *, now: datetime) -> None:
    """Set a failed job to run again later, or give it up after the last attempt."""
    last = job.attempts >= MAX_ATTEMPTS
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        state=Job.State.FAILED if last else Job.State.WAITING,
        due_at=now + timedelta(seconds=2**job.attempts),
        # The kind of error only: its text could carry somebody's words.
        last_error=type(error).__name__[:200],
    )


def due_jobs(*, now: datetime | None = None, limit: int = BATCH) -> list[int]:
    """Return ids of jobs that are due or were lost, oldest first, at most `limit`."""
    now = now or timezone.now()
    free = models.Q(state=Job.State.WAITING, due_at__lte=now) | models.Q(
        state=Job.State.RUNNING, claimed_at__lte=now - LOST_AFTER
    )
    return list(Job.objects.filter(free).order_by("due_at").values_list("pk", flat=True)[:limit])


def run_due(*, now: datetime | None = None, limit: int = BATCH) -> int:
    """Run what is due, here and now; returns how many ran well. The sweep of both settings."""
    return sum(run_job(job_id, now=now) for job_id in due_jobs(now=now, limit=limit))


def beat(name: str) -> None:
    """Note that this worker or clock is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def forget_old_jobs(*, now: datetime | None = None) -> int:
    """Remove jobs done more than a week ago; returns how many."""
    edge = (now or timezone.now()) - timedelta(days=7)
    return Job.objects.filter(state=Job.State.DONE, created_at__lt=edge).delete()[0]
