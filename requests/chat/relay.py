"""Frames between processes over one Redis channel; tries for ever, and says when something may have been missed."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from redis import Redis, RedisError
from redis.asyncio import Redis as AsyncRedis

logger = logging.getLogger(__name__)

CHANNEL = "buurt:live"
PAUSES = (0.1, 0.3, 1.0, 3.0)


async def listen(url: str, heard: Callable[[bytes], None], missed: Callable[[], None]) -> None:
    """Hand every frame of the channel to `heard`; whenever it begins to hear, call `missed`."""
    failures = 0
    while not _is_ending():
        # No socket_timeout: an idle channel is not a broken one (redis-py 8 would give up after five seconds).
        client = AsyncRedis.from_url(url, socket_timeout=None, socket_keepalive=True, health_check_interval=15)
        channel = client.pubsub(ignore_subscribe_messages=True)
        try:
            await channel.subscribe(CHANNEL)
            # The first time too: pages may have opened, and looked, before we could hear the other processes.
            missed()
            failures = 0
            while not _is_ending():
                # Returns now and then without a message, so that a dead connection is noticed.
                message = await channel.get_message(timeout=5)
                if message is not None and message["type"] == "message":
                    heard(message["data"])
        except (RedisError, OSError) as error:
            failures += 1
            _say(failures, "listening", error)
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES)) - 1])
        finally:
            await _let_go(channel, client)


async def publish_all(url: str, take: Callable[[], str | None], filled: asyncio.Event) -> None:
    """Publish whatever there is to take, in order; while Redis is away it waits."""
    failures = 0
    client = AsyncRedis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
    try:
        while not _is_ending():
            await filled.wait()
            filled.clear()
            packed = take()
            while packed is not None:
                try:
                    await client.publish(CHANNEL, packed)
                    failures = 0
                    packed = take()
                except (RedisError, OSError) as error:
                    failures += 1
                    _say(failures, "publishing", error)
                    await asyncio.sleep(PAUSES[min(failures, len(PAUSES)) - 1])
    finally:
        await _let_go(client)


def _is_ending() -> bool:
    """Say whether this task was asked to end, also when a library on the way swallowed the request."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _let_go(*connections: Any) -> None:
    """Close connections without waiting for a server that does not answer."""
    for connection in connections:
        with suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(1):
                await connection.aclose()


def publish_once(url: str, packed: str) -> None:
    """Publish from a process without an event loop; when Redis is away nobody is told, and pages find it later."""
    try:
        with Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as client:
            client.publish(CHANNEL, packed)
    except (RedisError, OSError) as error:
        _say(1, "publishing", error)


def _say(failures: int, what: str, error: Exception) -> None:
    if failures == 1:
        # The kind only: the text of an error may hold the address with its password.
        logger.warning("Redis does not answer while %s: %s; trying again", what, type(error).__name__)
