"""Real workers: Celery with Redis and PostgreSQL, and the embedded server; both survive kill -9."""

import os
import signal
from pathlib import Path

import pytest

from buurt.ledger.models import Heartbeat, Job
from buurt.residents.models import Resident
from matching.models import Invitation
from notifications.models import Delivery
from posts.drafts import PostDraft
from posts.services import publish_post
from tests.integration.production.running import PATIENCE, celery, embedded_only, get, needs_redis, running, wait
from tools.services import free_port

pytestmark = [pytest.mark.slow]


def _ask(anna: Resident) -> None:
    publish_post(by=anna, draft=PostDraft(kind="ask", category="transport", text="Wie rijdt mij naar de markt?"))


@needs_redis
@pytest.mark.django_db(transaction=True)
def test_celery_carries_an_ask_to_the_helper_and_survives_kill(
    anna: Resident, bilal: Resident, project: Path, tmp_path: Path
) -> None:
    log = tmp_path / "celery.log"
    with celery(project, log) as first:
        wait(lambda: Heartbeat.objects.filter(name="clock").exists())
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()

    _ask(anna)  # nobody is listening: only rows are left behind
    assert Job.objects.filter(task="matching.start", state=Job.State.WAITING).count() == 1

    with celery(project, log):
        wait(lambda: Invitation.objects.filter(helper=bilal).count() == 1)
        wait(lambda: Delivery.objects.filter(resident=bilal, channel="email", state=Delivery.State.SENT).exists())
    assert Invitation.objects.count() == 1
    assert "Traceback" not in log.read_text()


@embedded_only
def test_serve_shows_the_demo_works_off_its_jobs_and_stops_cleanly(project: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "serve.log"
    environment = {
        "BUURT_MODE": "demo",
        "BUURT_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    base = f"http://localhost:{port}"

    for stop in (signal.SIGKILL, signal.SIGINT):
        with running("manage.py", "serve", "--port", str(port), project=project, log=log, **environment) as server:
            wait(lambda: get(f"{base}/readyz")[0] == 200)
            assert "Lift in Krommenie" in get(f"{base}/prikbord")[1]
            if stop is signal.SIGINT:
                # What the killed server left behind is worked off by this one: helpers got their mail.
                wait(lambda: "Kun jij" in get(f"{base}/demo/mail?aan=bilal")[1])
            os.killpg(server.pid, stop)
            code = server.wait(timeout=PATIENCE)
    assert code == 0
    assert "Traceback" not in log.read_text()
