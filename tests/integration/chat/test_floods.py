"""Somebody throws everything they have at a real server while neighbours talk: they are shown the door, nobody else notices."""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from buurt.communities.models import Community
from chat.models import Message
from tests.factories.residents import make_resident
from tests.integration.chat.real_server import RedisProcess, Server, cookies_for, running
from tests.integration.chat.town import Crowd, Town, make_town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SECONDS = 4.0
AT_ONCE = 5_000
# As in chat/consumers.py; the last two are the server itself, which does not read on (so its reason may not arrive).
NOT_A_FRAME, TOO_BIG, TOO_MANY, NOT_EVEN_READ = 4400, 4413, 4429, {1009, 1006}


@pytest.fixture
def town(zaanstad: Community) -> Town:
    """Return people who talk with each other."""
    return make_town(zaanstad, people=16, each=6, seconds=SECONDS)


def _throws(public_id: str) -> dict[str, tuple[list[str | bytes], set[int]]]:
    """Return what is thrown, many times over, by name, with the codes that may answer it."""
    named = {"conversation": public_id, "key": str(uuid4())}
    forged = [
        json.dumps({"type": kind, **named, "text": "mag ik erbij?", "seq": 1, "from": 1})
        for kind in ("message", "read", "reached", "typing")
    ]
    return {
        "signs of life": (['{"type":"ping"}'], {TOO_MANY}),
        "somebody else's conversation": ([*forged], {TOO_MANY}),
        "counts": (['{"type":"count"}'], {TOO_MANY}),
        "not JSON": (["{" * 100], {NOT_A_FRAME}),
        "bytes": ([b"\x00\xff" * 50], {NOT_A_FRAME}),
        "too much": (["x" * 10_000], {TOO_BIG}),
        "far too much": (["x" * 1_000_000], NOT_EVEN_READ),
    }


async def _throw(cookie: str, port: int, frames: list[str | bytes], said: Counter[str]) -> int:
    """Open a line, throw these as fast as it goes, and return how it was closed."""
    headers, origin = {"Cookie": f"sessionid={cookie}"}, Origin(f"http://127.0.0.1:{port}")
    async with connect(f"ws://127.0.0.1:{port}/ws", additional_headers=headers, origin=origin) as line:
        listens = asyncio.create_task(_listen(line, said))
        with suppress(ConnectionClosed):
            for number in range(AT_ONCE):
                await line.send(frames[number % len(frames)])
        async with asyncio.timeout(30):
            await listens
        return int(line.close_code or 0)


async def _listen(line: ClientConnection, said: Counter[str]) -> None:
    with suppress(ConnectionClosed):
        while True:
            said[str(json.loads(await line.recv())["type"])] += 1


def test_flood_is_shown_the_door_and_neighbours_go_on(town: Town, zaanstad: Community, tmp_path: Path) -> None:
    is_embedded = connection.vendor == "sqlite"
    redis = RedisProcess(tmp_path)
    server = Server(tmp_path, workers=1, redis_url="" if is_embedded else redis.url)
    stranger = make_resident(community=zaanstad)
    cookie = cookies_for([stranger.pk])[stranger.pk]
    throws = _throws(town.talks[0][0].public_id)
    said: Counter[str] = Counter()
    codes: dict[str, int] = {}

    async def flood() -> None:
        for name, (frames, _expected) in throws.items():
            codes[name] = await _throw(cookie, server.port, frames, said)

    with running(*([] if is_embedded else [redis]), server):
        crowd = Crowd(town, server.port)
        asyncio.run(crowd.talk(flood))
        crowd.hold_together()
    assert {name: code for name, code in codes.items() if code not in throws[name][1]} == {}
    assert said.keys() <= {"pong", "refused", "counts", "resync"}, "the stranger heard something of others"
    assert not Message.objects.filter(sender=stranger).exists()
    assert "Traceback" not in server.said()
    assert "ERROR" not in server.said()
