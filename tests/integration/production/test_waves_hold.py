"""Hundreds of asks through production code with a hurried clock: nobody asked twice, no month overdrawn, no wave lost.

`BUURT_PROOF_ASKS` sets how many (40 unless said otherwise). A worker (or the whole embedded server) is killed with -9 in the middle.
"""

import os
import random
import signal
import time
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.models import Count, F
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import HelpPreferences, Resident
from matching.models import Invitation, Search, Wave
from matching.services import answer_invitation
from notifications.models import Delivery
from posts.drafts import PostDraft
from posts.models import Engagement, Post, Slot
from posts.services import agree_place, publish_post
from tests.factories.residents import make_helper, make_resident
from tests.integration.production.running import celery, embedded_only, get, needs_redis, running, wait
from tools.services import free_port

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASKS = int(os.environ.get("BUURT_PROOF_ASKS", "40"))
# Patience, not pace: on a machine that does nothing else it is a quarter of this.
PATIENCE = 180 + ASKS * 3
# Four hours of a wave in two seconds.
SPEED = 7200
CODES = ("1561", "1562", "1566", "1521", "1551", "1541", "1501", "1506")
KINDS = ("transport", "garden", "company", "repairs")


@pytest.fixture
def neighbours(zaanstad: Community, settings: LazySettings) -> list[Resident]:
    """Return who asks; half as many helpers as asks, each to be asked at most three to six times."""
    settings.CLOCK_SPEED = SPEED
    draw = random.Random(5)
    for number in range(max(12, ASKS // 2)):
        kinds = draw.sample(KINDS, 2)
        helper = make_helper(community=zaanstad, postcode=CODES[number % 8], kinds=kinds, distance_km=6)
        HelpPreferences.objects.filter(resident=helper).update(asks_a_month=draw.randint(3, 6))
    return [make_resident(community=zaanstad, postcode=CODES[number % 8]) for number in range(ASKS // 10 + 1)]


def _publish(askers: list[Resident], first: int, last: int) -> None:
    for number in range(first, last):
        draft = PostDraft(
            kind="ask",
            category=KINDS[number % 4],
            text=f"Wie helpt mij met klus {number}?",
            places=2 if number % 10 == 0 else 1,
            visibility="quiet" if number % 15 == 0 else "public",
        )
        publish_post(by=askers[number // 10], draft=draft)


def _answer(draw: random.Random) -> int:
    """Let helpers say yes, no or nothing to what they were asked; returns how many answered."""
    waiting = Invitation.objects.filter(state=Invitation.State.OPEN, answer="", seen_at=None)
    answered = 0
    for invitation in waiting.select_related("helper", "post__author").order_by("pk")[:40]:
        Invitation.objects.filter(pk=invitation.pk).update(seen_at=timezone.now())
        answer = draw.choices(["yes", "no", ""], [0.4, 0.3, 0.3])[0]
        if not answer:
            continue
        result = answer_invitation(by=invitation.helper, invitation=invitation, answer=answer)
        answered += 1
        if result.outcome == "reserved":
            place = Engagement.objects.get(slot__post=invitation.post, helper=invitation.helper, state="reserved")
            agree_place(by=invitation.post.author, engagement=place)
    return answered


def _settled() -> int:
    return Search.objects.exclude(state=Search.State.RUNNING).count()


def _play_until(count: int, draw: random.Random) -> None:
    deadline = time.monotonic() + PATIENCE
    while _settled() < count:
        assert time.monotonic() < deadline, f"{_settled()} of {count} asks came to an end"
        if not _answer(draw):
            time.sleep(0.05)


def _assert_nothing_went_wrong() -> None:
    """Every promise of the waves, read from the rows."""
    heads = Invitation.objects.filter(wave__isnull=False, carried_by=None)
    assert Post.objects.filter(kind="ask").count() == Search.objects.count() == ASKS
    # Nobody was asked twice for one ask, and nobody more often than they said.
    assert not Invitation.objects.values("post", "helper").annotate(n=Count("pk")).filter(n__gt=1).exists()
    asked = Counter(heads.values_list("helper_id", flat=True))
    budgets = dict(HelpPreferences.objects.values_list("resident_id", "asks_a_month"))
    assert [helper for helper, times in asked.items() if times > budgets[helper]] == []
    # No wave half written: numbered without a gap, and as many asked as it says.
    for search in Search.objects.prefetch_related("waves"):
        assert [wave.number for wave in search.waves.order_by("number")] == list(range(1, search.waves_sent + 1))
    sizes = Counter(heads.values_list("wave_id", flat=True))
    assert dict(Wave.objects.values_list("pk", "asked")) == dict(sizes)
    # Every message was delivered once to everybody asked, over each channel.
    mails = Delivery.objects.filter(kind="invitation", channel="email")
    told = Counter(mails.values_list("facts__invitation", flat=True))
    assert set(heads.values_list("pk", flat=True)) == set(told)
    # Quiet asks reached only who was asked for them; no place was taken twice.
    assert not Invitation.objects.filter(post__visibility="quiet", carried_by__isnull=False).exists()
    assert not Slot.objects.filter(taken__gt=F("places")).exists()
    for slot in Slot.objects.annotate(live=Count("engagements")).select_related("post"):
        assert slot.taken == slot.engagements.filter(state__in=["reserved", "agreed"]).count()
    # Who is full is not searched for any more.
    full = Search.objects.filter(post__slots__taken=F("post__slots__places"))
    assert set(full.values_list("state", flat=True)) <= {Search.State.STOPPED}


def _report(started: float, what: str) -> None:
    filled = Slot.objects.filter(taken=F("places")).count()
    heads = Invitation.objects.filter(carried_by=None).count()
    print(  # noqa: T201 - the figures of a run by hand
        f"\n{what}: {ASKS} asks, {filled} filled, {heads} messages, {Invitation.objects.count() - heads} asks along, "
        f"{time.monotonic() - started:.0f} s, {timezone.now():%H:%M}"
    )


@needs_redis
def test_two_celery_workers_one_killed_hold_every_promise(
    neighbours: list[Resident], project: Path, tmp_path: Path
) -> None:
    log, draw, started = tmp_path / "celery.log", random.Random(7), time.monotonic()
    hurried = {"BUURT_CLOCK_SPEED": str(SPEED), "BUURT_NIGHT_REST": "0"}
    clock = ("celery", "-A", "config", "beat", "--loglevel=warning", "--schedule", str(tmp_path / "beat"))
    with ExitStack() as programs:
        enter = programs.enter_context
        one = enter(celery(project, log, beat=False, **hurried))
        enter(celery(project, log, beat=False, **hurried))
        facts = connection.settings_dict
        assert facts["ENGINE"].endswith("postgresql")
        from tests.integration.production.running import database_url

        settings_of_tests = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
        enter(running(*clock, project=project, log=log, **settings_of_tests, **hurried))
        _publish(neighbours, 0, ASKS // 2)
        _play_until(ASKS // 6, draw)
        os.killpg(one.pid, signal.SIGKILL)
        one.wait()
        _publish(neighbours, ASKS // 2, ASKS)
        enter(celery(project, log, beat=False, **hurried))
        _play_until(ASKS, draw)
        wait(_all_told, patience=PATIENCE)
    _report(started, "two Celery workers, one killed")
    _assert_nothing_went_wrong()
    assert "Traceback" not in log.read_text()


def _all_told() -> bool:
    heads = Invitation.objects.filter(wave__isnull=False, carried_by=None).count()
    mails = Delivery.objects.filter(kind="invitation", channel="email")
    return mails.values("facts__invitation").distinct().count() == heads and not mails.filter(
        state__in=["waiting", "sending"], created_at__lt=timezone.now() - timedelta(seconds=60)
    )


@embedded_only
def test_embedded_server_killed_and_started_again_holds_every_promise(
    neighbours: list[Resident], project: Path, tmp_path: Path
) -> None:
    port, log, draw, started = free_port(), tmp_path / "serve.log", random.Random(7), time.monotonic()
    environment = {
        "BUURT_VAR": str(tmp_path / "var"),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "BUURT_CLOCK_SPEED": str(SPEED),
        "BUURT_NIGHT_REST": "0",
    }
    serve = ("manage.py", "serve", "--port", str(port))
    with running(*serve, project=project, log=log, **environment) as first:
        wait(lambda: get(f"http://localhost:{port}/healthz")[0] == 200)
        _publish(neighbours, 0, ASKS // 2)
        _play_until(ASKS // 6, draw)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    _publish(neighbours, ASKS // 2, ASKS)
    with running(*serve, project=project, log=log, **environment):
        _play_until(ASKS, draw)
        wait(_all_told, patience=PATIENCE)
    _report(started, "embedded server, killed and started again")
    _assert_nothing_went_wrong()
