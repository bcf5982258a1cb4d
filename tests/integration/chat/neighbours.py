"""People with an open page, without a browser: the protocol of static/js (line.js, chat.js) in Python.

They keep what was not acknowledged and send it again under its key, keep the last number without a gap, and ask for
what came after it on every gap, on "resync" and whenever the line is back.
"""

import asyncio
import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

PATIENCE = 4.0
_BUBBLE = re.compile(
    r'data-seq="(\d+)".*?class="b-bubble__text[^>]*>(?:<(\w+)[^>]*>[^<]*</\2>)?\s*([^<]*?)\s*</p>', re.DOTALL
)
BROKEN = (OSError, WebSocketException, TimeoutError, asyncio.IncompleteReadError, ValueError)


@dataclass
class Page:
    """What somebody sees of one conversation."""

    last: int = 0
    shown: dict[int, str] = field(default_factory=dict)
    is_asking: bool = False
    ask_again: bool = False


class Neighbour:
    """One person with one open page."""

    def __init__(self, cookie: str, port: int, talks: list[str]) -> None:
        self.pages = {talk: Page() for talk in talks}
        self.unsent: dict[str, tuple[str, str]] = {}  # key -> conversation, text
        self.sent: list[tuple[str, str]] = []
        self.problems: list[str] = []
        self.close_codes: list[int] = []
        self.last_answer = b""
        self._headers = {"Cookie": f"sessionid={cookie}", "Host": f"127.0.0.1:{port}"}
        self._port = port
        self._under_way: dict[str, float] = {}
        self._line: ClientConnection | None = None
        self._looks: set[asyncio.Task[None]] = set()

    # -- what a person does -------------------------------------------------------------------------------------

    async def write(self, talk: str, text: str) -> None:
        """Send a message, or keep it for later when there is no line."""
        key = str(uuid4())
        self.unsent[key] = talk, text
        self.sent.append((talk, text))
        await self._deliver()

    @property
    def has_said_all(self) -> bool:
        """Whether everything is acknowledged."""
        return not self.unsent

    # -- what the page does -------------------------------------------------------------------------------------

    async def live(self) -> None:
        """Keep a line open until cancelled."""
        while True:
            with suppress(*BROKEN):
                address, origin = f"ws://127.0.0.1:{self._port}/ws", Origin(f"http://127.0.0.1:{self._port}")
                async with connect(
                    address,
                    additional_headers={"Cookie": self._headers["Cookie"]},
                    origin=origin,
                    compression=None,
                ) as line:
                    self._line = line
                    self._under_way.clear()
                    self._look_everywhere()
                    await self._deliver()
                    await self._listen(line)
            if self._line is not None and self._line.close_code is not None:
                self.close_codes.append(self._line.close_code)
            self._line = None
            await asyncio.sleep(0.2)

    async def _listen(self, line: ClientConnection) -> None:
        while True:
            with suppress(TimeoutError):
                self._receive(json.loads(await asyncio.wait_for(line.recv(), 1.0)))
            await self._deliver()

    async def _deliver(self) -> None:
        now = time.monotonic()
        for key, (talk, text) in list(self.unsent.items()):
            if self._line is None or self._under_way.get(key, 0) > now - PATIENCE:
                continue
            self._under_way[key] = now
            with suppress(WebSocketException, OSError):
                await self._line.send(json.dumps({"type": "message", "conversation": talk, "key": key, "text": text}))

    def _receive(self, frame: dict[str, object]) -> None:
        kind = frame["type"]
        if kind == "resync":
            self._look_everywhere()
        elif kind == "refused":
            if frame["code"] != "later":
                self.problems.append(f"refused: {frame['code']}")
        elif kind in {"ack", "message"} and frame.get("key"):
            self.unsent.pop(str(frame["key"]), None)
        if kind == "message":
            self._show(frame)

    def _show(self, frame: dict[str, object]) -> None:
        talk, seq = str(frame["conversation"]), int(str(frame["seq"]))
        page = self.pages.get(talk)
        if page is None:
            self.problems.append(f"misrouted: {talk}")
        elif seq == page.last + 1 and "text" in frame and not page.is_asking:
            page.shown[seq], page.last = str(frame["text"]), seq
        elif seq > page.last:
            self._look(talk)

    def _look_everywhere(self) -> None:
        for talk in self.pages:
            self._look(talk)

    def _look(self, talk: str) -> None:
        if self.pages[talk].is_asking:
            self.pages[talk].ask_again = True
            return
        task = asyncio.get_running_loop().create_task(self._ask_after(talk))
        self._looks.add(task)
        task.add_done_callback(self._looks.discard)

    async def _ask_after(self, talk: str) -> None:
        """Ask for what came after the last number without a gap; until the server answers."""
        page = self.pages[talk]
        page.is_asking = True
        found = None
        while found is None:
            with suppress(*BROKEN):
                found = await asyncio.wait_for(self._ask(f"/gesprekken/{talk}/nieuw?after={page.last}"), 10)
            if found is None:
                await asyncio.sleep(0.3)
        for number, _tag, text in _BUBBLE.findall(str(found["html"])):
            if int(number) > page.last:
                page.shown[int(number)], page.last = text, int(number)
        if page.last < int(str(found["last"])):
            self.problems.append("the page's bubbles are made in another way: mend _BUBBLE")
        page.is_asking = False
        if page.ask_again:
            page.ask_again = False
            self._look(talk)

    async def _ask(self, path: str) -> dict[str, object]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in self._headers.items())]
            lines += ["Accept: application/json", "Connection: close", "", ""]
            writer.write("\r\n".join(lines).encode())
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        self.last_answer = head[:20]
        if b" 200 " not in head[:20]:
            raise ValueError(head[:20])
        return dict(json.loads(_whole(head, body)))


def _whole(head: bytes, body: bytes) -> bytes:
    """Return the body, put together when it came in chunks."""
    if b"chunked" not in head.lower():
        return body
    parts = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        parts += body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]
    return parts
