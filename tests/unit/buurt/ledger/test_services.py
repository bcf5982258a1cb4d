"""Jobs: written with the caller's work, claimed once, put back when they fail."""

from datetime import timedelta

import pytest
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from buurt.ledger.models import Job
from buurt.ledger.services import claim, due_jobs, enqueue, forget_old_jobs, record, run_due, run_job
from buurt.residents.models import Resident

pytestmark = pytest.mark.django_db
seen: list[int] = []


@shared_task(name="tests.remember")
def remember(number: int) -> None:
    """Remember a number; minus one is too much to bear."""
    if number < 0:
        raise ValueError("secret words of a neighbour")
    seen.append(number)


@pytest.fixture(autouse=True)
def _forget() -> None:
    seen.clear()


def test_enqueue_rolls_back_with_the_callers_work() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue(remember, 1)
        raise RuntimeError

    assert Job.objects.count() == 0


def test_run_due_runs_each_job_once() -> None:
    enqueue(remember, 1)
    enqueue(remember, 2)

    assert run_due() == 2
    assert run_due() == 0
    assert seen == [1, 2]


def test_claim_is_given_to_one_worker() -> None:
    job = enqueue(remember, 1)

    assert claim(job.pk) is not None
    assert claim(job.pk) is None


def test_claim_takes_over_what_was_lost_with_its_worker() -> None:
    job, now = enqueue(remember, 1), timezone.now()
    claim(job.pk, now=now)

    assert due_jobs(now=now + timedelta(minutes=1)) == []
    assert run_due(now=now + timedelta(minutes=6)) == 1


def test_job_not_due_waits() -> None:
    enqueue(remember, 1, due_at=timezone.now() + timedelta(hours=1))

    assert run_due() == 0
    assert run_due(now=timezone.now() + timedelta(hours=2)) == 1


def test_failure_is_put_back_without_anyones_words_and_given_up_in_the_end() -> None:
    job, now = enqueue(remember, -1), timezone.now()

    for attempt in range(1, 7):
        assert run_job(job.pk, now=now) is False
        job.refresh_from_db()
        assert job.attempts == attempt
        assert job.last_error == "ValueError"
        now = max(now, job.due_at) + timedelta(seconds=1)

    assert job.state == Job.State.FAILED
    assert run_due(now=now + timedelta(days=1)) == 0


def test_unknown_task_fails_and_stays_visible() -> None:
    job = Job.objects.create(task="gone.away", due_at=timezone.now())

    assert run_job(job.pk) is False
    job.refresh_from_db()
    assert job.last_error == "LookupError"


def test_forget_old_jobs_keeps_what_is_not_done() -> None:
    done, waiting = enqueue(remember, 1), enqueue(remember, 2, due_at=timezone.now() + timedelta(days=30))
    run_due()

    assert forget_old_jobs(now=timezone.now() + timedelta(days=8)) == 1
    assert list(Job.objects.all()) == [waiting]
    assert done.pk != waiting.pk


def test_record_keeps_who_what_and_facts(anna: Resident) -> None:
    entry = record("tested", anna, by=anna, place=3)

    assert (entry.actor_id, entry.subject_kind, entry.subject_id) == (anna.pk, "residents.resident", anna.pk)
    assert entry.facts == {"place": 3}
