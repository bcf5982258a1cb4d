"""People with an open page, without a browser: the protocol of static/js (line.js, chat.js) in Python.

They keep what was not acknowledged and send it again under its key, keep the last number without a gap, and ask for
what came after it on every gap, on "resync" and whenever the line is back. Some have no line at all: they use the form.
"""

import asyncio
import json
import math
import re
import time
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from tests.integration.chat.requests_by_hand import Answer, Visitor

PATIENCE = 4.0
ANSWER_SECONDS = 20.0
MARK_SECONDS = 1.0
# Whoever has no line looks again this often.
LOOK_SECONDS = 2.5
_BUBBLE = re.compile(
    r'data-seq="(\d+)".*?class="b-bubble__text[^>]*>(?:<(\w+)[^>]*>[^<]*</\2>)?\s*([^<]*?)\s*</p>', re.DOTALL
)
BROKEN = (OSError, WebSocketException, TimeoutError, asyncio.IncompleteReadError, ValueError)


@dataclass
class Page:
    """What somebody sees of one conversation; in the order in which it came."""

    last: int = 0
    shown: dict[int, str] = field(default_factory=dict)
    marked: int = 0
    is_asking: bool = False
    ask_again: bool = False


class Neighbour:
    """One person with one open page. `odd` is how often, of each message, they hang up or send it twice."""

    def __init__(self, cookie: str, port: int, talks: list[str], *, has_line: bool = True, odd: float = 0.0) -> None:
        self.pages = {talk: Page() for talk in talks}
        self.unsent: dict[str, tuple[str, str]] = {}  # key -> conversation, text
        self.sent: list[tuple[str, str]] = []
        self.problems: list[str] = []
        self.counts: Counter[str] = Counter()
        self._visitor = Visitor(cookie, port)
        self._has_line = has_line
        self._odd = odd
        self._chance = Random(cookie)
        self._under_way: dict[str, float] = {}
        self._line: ClientConnection | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        # A browser shows one page: it asks for one thing at a time.
        self._one_look = asyncio.Lock()
        self._one_post = asyncio.Lock()

    # -- what a person does -------------------------------------------------------------------------------------

    async def write(self, talk: str, text: str) -> None:
        """Send a message, or keep it for later when there is no line."""
        key = str(uuid4())
        self.unsent[key] = talk, text
        self.sent.append((talk, text))
        await self._deliver()
        if self._line is None or self._chance.random() >= self._odd:
            return
        if self._chance.random() < 0.5:
            self.counts["hung up"] += 1
            self._line.transport.abort()
        else:
            await self._say({"type": "typing", "conversation": talk})
            await self._say({"type": "message", "conversation": talk, "key": key, "text": text})

    @property
    def has_said_all(self) -> bool:
        """Whether everything is acknowledged."""
        return not self.unsent

    # -- what the page does -------------------------------------------------------------------------------------

    async def live(self) -> None:
        """Keep a line open until cancelled; without one, look now and then."""
        while not self._has_line:
            self._look_everywhere()
            await self._deliver()
            await asyncio.sleep(LOOK_SECONDS * self._chance.uniform(0.5, 1.5))
        while True:
            with suppress(*BROKEN):
                address, origin = f"ws://{self._visitor.host}/ws", Origin(f"http://{self._visitor.host}")
                headers = {"Cookie": self._visitor.cookie}
                async with connect(address, additional_headers=headers, origin=origin, compression=None) as line:
                    self._line = line
                    self._under_way.clear()
                    self._look_everywhere()
                    await self._deliver()
                    await self._listen(line)
            if self._line is not None and self._line.close_code is not None:
                self.counts[f"closed {self._line.close_code}"] += 1
            self._line = None
            await asyncio.sleep(self._chance.uniform(0.1, 0.5))

    async def _listen(self, line: ClientConnection) -> None:
        marked = time.monotonic()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):  # wait_for may swallow the end of the test
                    frame = await line.recv()
                self._receive(json.loads(frame))
            await self._deliver()
            if time.monotonic() - marked > MARK_SECONDS:
                marked = time.monotonic()
                await self._mark()

    async def _mark(self) -> None:
        for talk, page in self.pages.items():
            if page.last > page.marked:
                await self._say({"type": "read", "conversation": talk, "seq": page.last})
                page.marked = page.last

    async def _say(self, frame: dict[str, object]) -> None:
        if self._line is not None:
            with suppress(WebSocketException, OSError):
                await self._line.send(json.dumps(frame))

    async def _deliver(self) -> None:
        now = time.monotonic()
        for key, (talk, text) in list(self.unsent.items()):
            if self._under_way.get(key, 0) > now - PATIENCE or (self._line is None and self._has_line):
                continue
            self.counts["sent again"] += key in self._under_way
            self._under_way[key] = now if self._has_line else math.inf
            if self._has_line:
                await self._say({"type": "message", "conversation": talk, "key": key, "text": text})
            else:
                self._begin(self._post(key, talk, text))

    def _receive(self, frame: dict[str, object]) -> None:
        kind = frame["type"]
        if kind == "resync":
            self.counts["resync"] += 1
            self._look_everywhere()
        elif kind == "refused":
            self._refused(str(frame["code"]))
        elif kind in {"ack", "message"} and frame.get("key"):
            self.unsent.pop(str(frame["key"]), None)
        if str(frame.get("conversation", "")) not in {"", *self.pages}:
            self.problems.append(f"misrouted: {kind} of {frame['conversation']}")
        elif kind == "message":
            self._show(frame)

    def _refused(self, code: str) -> None:
        if code != "later":
            self.problems.append(f"refused: {code}")
        self.counts["told to wait"] += 1

    def _show(self, frame: dict[str, object]) -> None:
        talk, seq = str(frame["conversation"]), int(str(frame["seq"]))
        page = self.pages[talk]
        if "text" in frame and frame["own"] != ((talk, frame["text"]) in self.sent):
            self.problems.append(f"own is {frame['own']} in {talk} of number {seq}")
        if seq == page.last + 1 and "text" in frame and not page.is_asking:
            page.shown[seq], page.last = str(frame["text"]), seq
        elif seq > page.last:
            self.counts["gap"] += not page.is_asking
            self._look(talk)
        else:
            self.counts["heard again"] += 1

    def _look_everywhere(self) -> None:
        for talk in self.pages:
            self._look(talk)

    def _look(self, talk: str) -> None:
        if self.pages[talk].is_asking:
            self.pages[talk].ask_again = True
            return
        self._begin(self._ask_after(talk))

    async def _ask_after(self, talk: str) -> None:
        """Ask for what came after the last number without a gap; until the server answers."""
        page = self.pages[talk]
        page.is_asking = True
        async with self._one_look:
            page.ask_again = False
            found = None
            while found is None:
                answer = await self._asked(self._visitor.get(f"/gesprekken/{talk}/nieuw?after={page.last}"))
                found = answer.data() if answer is not None else None
        for number, _tag, text in _BUBBLE.findall(str(found["html"])):
            if int(number) > page.last:
                page.shown[int(number)], page.last = text, int(number)
        if page.last < int(str(found["last"])):
            self.problems.append("the page's bubbles are made in another way: mend _BUBBLE")
        page.is_asking = False
        if page.ask_again or found["more"]:
            self._look(talk)

    async def _post(self, key: str, talk: str, text: str) -> None:
        """Send the plain form, until it is answered; one after the other, so that they keep their order."""
        async with self._one_post:
            while key in self.unsent:
                form = {"text": text, "client_key": key}
                answer = await self._asked(self._visitor.post(f"/gesprekken/{talk}", form))
                if answer is None:
                    self.counts["sent again"] += 1
                    continue
                if answer.status != 302:
                    self.problems.append(f"the form was refused: {answer.status}")
                del self.unsent[key]
                self.counts["by the form"] += 1

    async def _asked(self, ask: Coroutine[Any, Any, Answer]) -> Answer | None:
        """Return the answer, or None after a moment: nobody answered, or the server broke."""
        with suppress(*BROKEN):
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await ask
            self.counts["failed pages"] += answer.status >= 500
            if answer.status < 500:
                return answer
        await asyncio.sleep(self._chance.uniform(0.2, 0.6))
        return None

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
