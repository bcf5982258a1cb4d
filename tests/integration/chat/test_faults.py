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
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from django.db import connection

from buurt.communities.models import Community
from chat.bodies import text_of
from chat.models import Conversation, Message
from tests.factories.chat import make_conversation
from tests.factories.posts import make_post
from tests.factories.residents import make_resident
from tests.integration.chat.neighbours import Neighbour
from tests.integration.chat.real_server import (
    RedisProcess,
    Server,
    cookies_for,
    cut_connections,
    own_backend,
    paused,
    postgres_processes,
    running,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 12
SECONDS = float(os.environ.get("BUURT_FAULT_SECONDS", "8"))
# Well below the thirty a minute that one person may write.
EACH = max(8, min(14, int(SECONDS * 2))) if SECONDS <= 60 else int(SECONDS * 0.25)
# Patience, not pace: a machine that does other things as well takes its time.
SETTLE_SECONDS = 120.0
# How long Redis and PostgreSQL are away: the first time, and each time after that.
REDIS_AWAY = (60.0 if SECONDS >= 90 else 1.0, 1.0)
DATABASE_AWAY = (10.0 if SECONDS >= 30 else 2.0, 2.0)

Harm = Callable[[], Awaitable[None]]


@pytest.fixture
def ring(zaanstad: Community) -> list[tuple[Conversation, int, int]]:
    """Return people who each talk with the next one, so that everybody has two conversations."""
    people = [make_resident(community=zaanstad, name=f"Buur {n}", email=f"buur{n}@example.org") for n in range(PEOPLE)]
    talks = []
    for here, person in enumerate(people):
        other = people[(here + 1) % PEOPLE]
        talks.append((make_conversation(post=make_post(author=person), helper=other), person.pk, other.pk))
    return talks


def _neighbours(ring: list[tuple[Conversation, int, int]], port: int) -> dict[int, Neighbour]:
    cookies = cookies_for([asker for _talk, asker, _helper in ring])
    return {
        person: Neighbour(cookie, port, [talk.public_id for talk, *both in ring if person in both])
        for person, cookie in cookies.items()
    }


async def _talk(people: list[Neighbour], harm: Harm) -> None:
    """Let everybody talk while harm is done, until all is acknowledged and every page has come to show it by itself."""
    lines = [asyncio.create_task(person.live()) for person in people]
    await asyncio.gather(harm(), *(_chatter(number, person) for number, person in enumerate(people)))
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            while not all(person.has_said_all for person in people) or not _is_all_shown(people):
                problems = [problem for person in people for problem in person.problems]
                assert problems == []
                await asyncio.sleep(0.1)
    except TimeoutError:
        written = Counter(talk for person in people for talk, _text in person.sent)
        unsent = sum(len(person.unsent) for person in people)
        behind = [
            f"{talk}: {page.last} of {written[talk]}, asking: {page.is_asking}, last answer: {person.last_answer!r}"
            for person in people
            for talk, page in person.pages.items()
            if len(page.shown) < written[talk]
        ]
        pytest.fail(f"after {SETTLE_SECONDS} s {unsent} messages wait; behind: {behind}")
    finally:
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)


def _is_all_shown(people: list[Neighbour]) -> bool:
    written = Counter(talk for person in people for talk, _text in person.sent)
    return all(len(page.shown) >= written[talk] for person in people for talk, page in person.pages.items())


async def _chatter(number: int, person: Neighbour) -> None:
    chance = random.Random(number)
    talks = list(person.pages)
    for count in range(EACH):
        await asyncio.sleep(SECONDS / EACH * chance.uniform(0.5, 1.5))
        talk = chance.choice(talks)
        await person.write(talk, f"{talk} van {number} nummer {count}")


def _hold_together(ring: list[tuple[Conversation, int, int]], people: dict[int, Neighbour]) -> None:
    """Compare what was written, what is stored and what everybody sees."""
    sent = [message for person in people.values() for message in person.sent]
    assert len(sent) == PEOPLE * EACH
    for talk, *both in ring:
        rows = {row.seq: text_of(talk, row) for row in Message.objects.filter(conversation=talk)}
        assert sorted(rows) == list(range(1, len(rows) + 1)), "numbers with a gap"
        meant = sorted(text for where, text in sent if where == talk.public_id)
        assert sorted(rows.values()) == meant, "lost or stored twice"
        for person in both:
            assert people[person].pages[talk.public_id].shown == rows, "shown something else than what is stored"
    assert [problem for person in people.values() for problem in person.problems] == []
    codes = Counter(int(code) for person in people.values() for code in person.close_codes)
    print(f"{len(sent)} messages by {PEOPLE} people in {SECONDS:.0f} s; lines that broke off, by code: {dict(codes)}")  # noqa: T201 shown with -s


def test_nothing_is_lost_when_worker_redis_and_postgresql_fail(
    ring: list[tuple[Conversation, int, int]], tmp_path: Path
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL and Redis")
    redis = RedisProcess(tmp_path)
    server = Server(tmp_path, workers=2, redis_url=redis.url)

    async def harm() -> None:
        ends = time.monotonic() + SECONDS - 8
        for again in itertools.count():
            await asyncio.sleep(1)
            os.kill(server.workers()[0], signal.SIGKILL)  # its supervisor starts another one
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
        people = _neighbours(ring, server.port)
        try:
            asyncio.run(_talk(list(people.values()), harm))
        except BaseException:
            print(server.said()[-4000:])  # noqa: T201 shown by pytest when this fails
            raise
        finally:
            _begin_with_fresh_connections()
        _hold_together(ring, people)
    _no_word_in(server.said())


def test_nothing_is_lost_when_the_only_process_is_killed(
    ring: list[tuple[Conversation, int, int]], tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("is about the embedded default")
    server = Server(tmp_path, workers=1, redis_url="")

    async def harm() -> None:
        for _ in range(max(1, int(SECONDS / 4))):
            await asyncio.sleep(1.5)
            server.kill()
            await asyncio.to_thread(server.start)

    with running(server):
        people = _neighbours(ring, server.port)
        try:
            asyncio.run(_talk(list(people.values()), harm))
        except BaseException:
            print(server.said()[-4000:])  # noqa: T201 shown by pytest when this fails
            raise
        _hold_together(ring, people)
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
