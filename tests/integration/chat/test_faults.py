"""Processes die, Redis and PostgreSQL go away, and neighbours go on talking: nothing lost, nothing twice, nothing astray.

Real processes and sockets, in both settings. BUURT_FAULT_SECONDS makes the talk last longer, with more of the same; from
30 on PostgreSQL is away for ten seconds once, from 90 on Redis for a minute.
"""

import asyncio
import itertools
import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.db import connection

from buurt.communities.models import Community
from tests.integration.chat.real_server import (
    RedisProcess,
    Server,
    cut_connections,
    own_backend,
    paused,
    postgres_processes,
    running,
)
from tests.integration.chat.town import Crowd, Town, make_town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SECONDS = float(os.environ.get("BUURT_FAULT_SECONDS", "8"))
# Some sixty messages a second together, and for each of them fewer than the thirty a minute that a person may write.
PEOPLE = 64 if SECONDS < 20 else 200
EACH = 8 if SECONDS < 20 else int(SECONDS * 0.3)
# How long Redis and PostgreSQL are away: the first time, and each time after that.
REDIS_AWAY = (60.0 if SECONDS >= 90 else 1.0, 1.0)
DATABASE_AWAY = (10.0 if SECONDS >= 30 else 2.0, 2.0)


@pytest.fixture
def town(zaanstad: Community) -> Town:
    """Return people who talk with each other, in pairs and in circles."""
    return make_town(zaanstad, people=PEOPLE, each=EACH, seconds=SECONDS)


def test_nothing_is_lost_when_worker_redis_and_postgresql_fail(town: Town, tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL and Redis")
    redis = RedisProcess(tmp_path)
    server = Server(tmp_path, workers=2, redis_url=redis.url)

    async def harm() -> None:
        ends = time.monotonic() + SECONDS - 8
        for again in itertools.count():
            await asyncio.sleep(1)
            os.kill(random.choice(server.workers()), signal.SIGKILL)  # its supervisor starts another one
            await asyncio.sleep(1.5)
            redis.kill()
            await asyncio.sleep(REDIS_AWAY[again > 0])
            await asyncio.to_thread(redis.start)
            await asyncio.sleep(0.5)
            with paused(pids):
                await asyncio.sleep(DATABASE_AWAY[again > 0])
            await asyncio.sleep(0.5)
            await asyncio.to_thread(_cut, mine)
            if time.monotonic() > ends:
                return

    with running(redis, server):
        mine = own_backend()
        pids = postgres_processes(mine)
        crowd = Crowd(town, server.port)
        try:
            asyncio.run(crowd.talk(harm))
        except BaseException:
            print(server.said()[-4000:])  # noqa: T201 shown by pytest when this fails
            raise
        finally:
            _begin_with_fresh_connections()
        crowd.hold_together()
    _no_word_in(server.said())


def test_nothing_is_lost_when_the_only_process_is_killed(town: Town, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("is about the embedded default")
    server = Server(tmp_path, workers=1, redis_url="")

    async def harm() -> None:
        for _ in range(max(1, int(SECONDS / 4))):
            await asyncio.sleep(1.5)
            server.kill()
            await asyncio.to_thread(server.start)

    with running(server):
        crowd = Crowd(town, server.port)
        try:
            asyncio.run(crowd.talk(harm))
        except BaseException:
            print(server.said()[-4000:])  # noqa: T201 shown by pytest when this fails
            raise
        crowd.hold_together()
    _no_word_in(server.said())


def _cut(mine: int) -> None:
    try:
        cut_connections(but=mine)
    finally:
        connection.close()


def _begin_with_fresh_connections() -> None:
    """Leave none behind that was cut: the pool would hand it to the next test."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL has one


def _no_word_in(log: str) -> None:
    assert " nummer " not in log, "words of a message stand in the log"
    assert "WebSocket /ws" not in log, "uvicorn's --log-level warning is overruled"
    assert "never retrieved" not in log, log
