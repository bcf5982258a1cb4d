"""ASGI lifespan: starts and stops the embedded worker with the server (Django itself refuses lifespan)."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from chat.hub import hub
from chat.writing.writer import writer
from config import embedded

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def with_lifespan(inner: Application) -> Application:
    """Return the application with a lifespan: hub, writer and, without Redis, the embedded worker run inside it."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await inner(scope, receive, send)
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                embedded.start_if_wanted()
                _collect_seldom()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                embedded.stop()
                await asyncio.to_thread(writer.stop)
                await hub.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    return application


def _collect_seldom() -> None:
    """Keep what was loaded at the start out of the collector's sight, and let it look every 20,000 objects.

    Python's 700 make it walk through this application tens of times a second: a tenth of what a message costs.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
