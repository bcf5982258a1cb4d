"""The floor of the chat benchmark: a chat server by hand. No Django, no log-in, no encryption, no rules, no marks.

ASGI, one Redis channel, one asyncpg insert for each message, delivered to both people of a pair. What a small service
without a framework would do.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
from redis.asyncio import Redis

CHANNEL = "floor"
sockets: dict[int, Callable[[Any], Awaitable[None]]] = {}
parts: dict[str, Any] = {}


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Serve one socket; `?u=7` says who it is: the pairs are 0 and 1, 2 and 3, and so on."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})
    else:
        await _talk(int(scope["query_string"][2:]), receive, send)


async def _live(receive: Any, send: Any) -> None:
    await receive()
    parts["pool"] = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=4, max_size=8)
    await parts["pool"].execute(
        "CREATE TABLE IF NOT EXISTS floor (id bigserial PRIMARY KEY, pair int, sender int, key text, body text,"
        " at timestamptz DEFAULT now())"
    )
    parts["redis"] = Redis.from_url(os.environ["REDIS_URL"])
    parts["hearing"] = asyncio.create_task(_hear())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    parts["hearing"].cancel()
    await send({"type": "lifespan.shutdown.complete"})


async def _hear() -> None:
    channel = Redis.from_url(os.environ["REDIS_URL"], socket_timeout=None).pubsub(ignore_subscribe_messages=True)
    await channel.subscribe(CHANNEL)
    async for message in channel.listen():
        told = json.loads(message["data"])
        text = json.dumps(told["frame"])
        for person in told["to"]:
            if person in sockets:
                await sockets[person]({"type": "websocket.send", "text": text})


async def _talk(me: int, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    sockets[me] = send
    try:
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return
            frame = json.loads(event["text"])
            if frame["type"] != "message":
                continue
            number = await parts["pool"].fetchval(
                "INSERT INTO floor (pair, sender, key, body) VALUES ($1, $2, $3, $4) RETURNING id",
                *(me // 2, me, frame["key"], frame["text"]),
            )
            told = {"type": "message", "seq": number, "by": me, "key": frame["key"], "text": frame["text"]}
            await parts["redis"].publish(CHANNEL, json.dumps({"to": [me, me ^ 1], "frame": told}))
    finally:
        sockets.pop(me, None)
