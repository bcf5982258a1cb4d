"""The way out of one socket: in order, bounded, and never waited for by whoever has something to tell."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from chat.parcels import Parcel

# A page that lets more than this wait has stopped reading; it is closed and looks again when it is back.
WAITING_FRAMES = 200
TOO_SLOW = 4409


class Outlet:
    """A hub's Socket: frames wait here for a reader that is slower than the writers."""

    def __init__(
        self,
        resident_id: int,
        send: Callable[[str], Coroutine[Any, Any, None]],
        close: Callable[[int], Coroutine[Any, Any, None]],
        people_changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._resident_id = resident_id
        self._send = send
        self._close = close
        self._people_changed = people_changed
        self._waiting: deque[Parcel] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._code = 0

    def put(self, parcel: Parcel) -> None:
        """Send a frame as soon as the reader is ready; drop the reader when too much waits."""
        if self._code:
            return
        if parcel.is_about_people:
            self._people_changed()
        if len(self._waiting) >= WAITING_FRAMES:
            self.drop(TOO_SLOW)
            return
        self._waiting.append(parcel)
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._write())

    def drop(self, code: int) -> None:
        """Close with this code; what still waits is forgotten, the page asks for it again."""
        if self._code:
            return
        self._code = code
        self._waiting.clear()
        if self._writer is not None:
            self._writer.cancel()
        self._writer = asyncio.get_running_loop().create_task(self._shut(code))

    def stop(self) -> None:
        """Forget everything: the connection is gone."""
        self._code = self._code or 1001
        self._waiting.clear()
        if self._writer is not None:
            self._writer.cancel()

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._send(self._waiting.popleft().text_for(self._resident_id))
        except (OSError, RuntimeError):  # hung up just now, as servers say it; what was not sent is asked for again
            self.stop()
        finally:
            if not self._code:
                self._writer = None

    async def _shut(self, code: int) -> None:
        with suppress(OSError, RuntimeError):  # hung up before we could
            await self._close(code)
