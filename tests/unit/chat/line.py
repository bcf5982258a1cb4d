"""A browser's end of a socket, spoken to through ASGI as a server would."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import connections

from chat.hub import hub
from chat.routing import websocket_application
from chat.writing.writer import writer

Frame = dict[str, Any]
# asgiref's own is not typed.
_Communicator: Any = ApplicationCommunicator


RESYNC = '"resync"'
# Patience, not pace: only a fault waits this long.
PATIENCE = 30


class Line:
    """A browser's end of a socket."""

    def __init__(self, cookie: str = "", origin: str = "http://testserver") -> None:
        headers = [(b"host", b"testserver"), (b"origin", origin.encode())]
        if cookie:
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()))
        scope = {"type": "websocket", "path": "/ws", "headers": headers, "query_string": b"", "subprotocols": []}
        self._talk = _Communicator(websocket_application, scope)

    async def open(self) -> Frame:
        """Connect and return the server's first answer."""
        await self._talk.send_input({"type": "websocket.connect"})
        return dict(await self._talk.receive_output(PATIENCE))

    async def say(self, frame: object) -> None:
        """Send a frame; a string goes as it is."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        await self._talk.send_input({"type": "websocket.receive", "text": text})

    async def hear(self, kind: str = "") -> Frame:
        """Return the next frame, or the next one of this kind."""
        while True:
            answer = await self.next()
            assert answer["type"] == "websocket.send", answer
            frame: Frame = json.loads(answer["text"])
            if kind in {"", frame["type"]}:
                return frame

    async def code(self) -> int:
        """Return the close code, which must come now."""
        answer = await self.next()
        assert answer["type"] == "websocket.close", answer
        return int(answer["code"])

    async def is_silent(self) -> bool:
        """Say whether nothing comes for a moment."""
        while not await self._talk.receive_nothing(0.1):
            if RESYNC not in str(await self._talk.receive_output(PATIENCE)):
                return False
        return True

    async def next(self) -> Frame:
        """Return what the server sends next, as it sends it. With Redis it once says "look again": when it begins to hear the others."""
        while True:
            answer: Frame = await self._talk.receive_output(PATIENCE)
            if RESYNC not in str(answer.get("text")):
                return answer

    async def close(self) -> None:
        """Hang up."""
        await self._talk.send_input({"type": "websocket.disconnect", "code": 1001})
        await self._talk.wait(PATIENCE)


def run(story: Coroutine[Any, Any, None]) -> None:
    """Play a story on a loop of its own and stop the hub and the writer that it woke, as the end of a server does."""

    async def to_its_end() -> None:
        try:
            await asyncio.wait_for(story, 4 * PATIENCE)
        finally:
            await asyncio.to_thread(writer.stop)
            await hub.stop()

    asyncio.run(to_its_end())


async def elsewhere(act: Callable[[], object]) -> None:
    """Do something with the database on a thread of its own, and give its connection back as a request would."""

    def do() -> None:
        try:
            act()
        finally:
            connections.close_all()

    await asyncio.to_thread(do)
