"""What the browser stories stand on: mail over SMTP and a worker beside the server."""

import pytest
from celery import shared_task
from django.core.mail import send_mail
from django.utils import timezone

from buurt.ledger.models import Heartbeat, Job
from buurt.ledger.services import enqueue
from tests.browser.conftest import MailSink, code_in, links_in, wait_until


@shared_task(name="tests.beat")
def beat(name: str) -> None:
    """Leave a mark that a job ran."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def test_mail_sink_receives_mail(mail_sink: MailSink) -> None:
    send_mail("Je code", "Je code is 123456. Of open http://localhost/x?a=1", "b@example.org", ["anna@example.org"])

    message = mail_sink.wait_for("anna@example.org", "Je code")

    assert code_in(message) == "123456"
    assert links_in(message) == ["http://localhost/x?a=1"]


@pytest.mark.embedded
@pytest.mark.usefixtures("worker")
def test_worker_runs_a_job_and_what_is_due_later() -> None:
    enqueue(beat, "at once")
    enqueue(beat, "by the clock", due_at=timezone.now())

    wait_until(lambda: Heartbeat.objects.filter(name__in=["at once", "by the clock"]).count() == 2)
    wait_until(lambda: not Job.objects.exclude(state=Job.State.DONE).exists())
