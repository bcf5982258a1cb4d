"""ASGI lifespan: starts and stops the embedded worker with the server (Django itself refuses lifespan)."""

import asyncio
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
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                embedded.stop()
                await asyncio.to_thread(writer.stop)
                await hub.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    return application
