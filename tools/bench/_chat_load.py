"""The people of the chat benchmark: many sockets in one cheap process, speaking the protocol of static/js/line.js.

Reads one JSON object from standard input: port, people ([path, cookie, conversation] each; neighbours are pairs),
mode ("saturate": one message under way in each pair; "pace": everybody sends every `every` seconds), seconds, warm.
Prints one JSON object: opened, sent, delivered, echoed, lost, seconds, latency (ms at p50, p95, p99).

It waits for a line on standard input at each stage ("opened", then "talked"), so that who started it can measure.
"""

import asyncio
import base64
import json
import os
import random
import struct
import sys
import time
from typing import Any

import uvloop

FILLER = "Dit is een gewone zin van iemand die een afspraak maakt, zo lang als mensen ze schrijven. "[:80]


class Person(asyncio.Protocol):
    """One socket: the handshake, masked frames out, plain frames in. Only what the measurement needs is read."""

    def __init__(self, crowd: "Crowd", number: int, path: str, cookie: str, conversation: str) -> None:
        self.crowd, self.number, self.path, self.cookie, self.conversation = crowd, number, path, cookie, conversation
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._buffer = b""
        self._is_open = False
        self._last = 0
        self._read_said = 0.0
        self._head = f'{{"type":"message","conversation":"{conversation}","key":"'

    def connection_made(self, transport: Any) -> None:
        """Ask for a socket."""
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        host = f"127.0.0.1:{self.crowd.port}"
        transport.write(
            (
                f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
                f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                f"Cookie: sessionid={self.cookie}\r\n\r\n"
            ).encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        """Count it when nobody asked for the end."""
        if not self.crowd.is_over:
            self.crowd.broken += 1
        if not self.opened.done():
            self.opened.set_exception(ConnectionError(self._buffer[:100]))

    def data_received(self, data: bytes) -> None:
        """Take the frames that are whole."""
        buffer = self._buffer + data if self._buffer else data
        if not self._is_open:
            head, found, buffer = buffer.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            if b" 101 " not in head[:20]:
                self.opened.set_exception(ConnectionError(head[:100]))
                return
            self._is_open = True
            self.opened.set_result(None)
        at, end = 0, len(buffer)
        while end - at >= 2:
            size, start = buffer[at + 1], at + 2
            if size == 126:
                if end - at < 4:
                    break
                size, start = struct.unpack_from("!H", buffer, at + 2)[0], at + 4
            if end < start + size:
                break
            if buffer[at] == 0x81:
                self._heard(buffer[start : start + size])
            at = start + size
        self._buffer = buffer[at:]

    def _heard(self, frame: bytes) -> None:
        if b'"type":"message"' not in frame and b'"type": "message"' not in frame:
            if b'"refused"' in frame or b'"resync"' in frame:
                self.crowd.refused += b'"refused"' in frame
            return
        at = frame.rindex(b"t=") + 2
        sender, sent = frame[at : frame.index(b";", at)].split(b"/")
        if self.crowd.counts_seq:
            found = frame.index(b'"seq":') + 6
            seq = int(frame[found : frame.index(b",", found)])
            self.crowd.gaps += seq != self._last + 1
            self._last = seq
        if int(sender) == self.number:
            self.crowd.echoed += 1
        else:
            self.crowd.heard(self, float(sent))

    def write(self) -> None:
        """Send a message of about a hundred letters that says who sent it when."""
        crowd = self.crowd
        crowd.sent += 1
        key = f"{crowd.run}{crowd.sent:016x}"
        self._say(f'{self._head}{key}","text":"{FILLER} t={self.number}/{time.perf_counter():.6f};"}}'.encode())

    def mark_read(self) -> None:
        """Say how far one read, at most once a second as line.js does."""
        now = time.perf_counter()
        if self._last and now - self._read_said >= 1.0:
            self._read_said = now
            self._say(f'{{"type":"read","conversation":"{self.conversation}","seq":{self._last}}}'.encode())

    def ping(self) -> None:
        """Say that one is there."""
        self._say(b'{"type":"ping"}')

    def _say(self, payload: bytes) -> None:
        # A mask of zeros is a mask: the load costs less, the server does the same.
        size = len(payload)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
        self.transport.write(head + b"\0\0\0\0" + payload)


class Crowd:
    """All of them, and what they counted."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order, self.port = order, int(order["port"])
        self.run = os.urandom(8).hex()
        self.counts_seq = bool(order["site"])
        self.sent = self.delivered = self.echoed = self.broken = self.refused = self.gaps = 0
        self.latencies: list[float] = []
        self.people: list[Person] = []
        self.is_over = self.is_counting = False
        self.closed_loop = order["mode"] == "saturate"

    def heard(self, person: Person, sent: float) -> None:
        """Note a message that reached the other one; in the closed loop that one answers."""
        self.delivered += 1
        if self.is_counting:
            self.latencies.append(time.perf_counter() - sent)
        if self.counts_seq:
            person.mark_read()
        if self.closed_loop and not self.is_over:
            person.write()

    async def open(self) -> None:
        """Open every socket, forty at a time."""
        loop, gate = asyncio.get_running_loop(), asyncio.Semaphore(40)
        self.breathing = asyncio.create_task(self._breathe())

        async def one(number: int, path: str, cookie: str, conversation: str) -> None:
            async with gate:
                _, person = await loop.create_connection(
                    lambda: Person(self, number, path, cookie, conversation), "127.0.0.1", self.port
                )
                self.people.append(person)
                await asyncio.wait_for(person.opened, 60)

        await asyncio.gather(*(one(number, *who) for number, who in enumerate(self.order["people"])))
        self.people.sort(key=lambda person: person.number)

    async def _breathe(self) -> None:
        """Give a sign of life as line.js does: who is silent for 90 seconds is closed."""
        while True:
            await asyncio.sleep(25)
            for person in self.people:
                person.ping()

    async def talk(self) -> dict[str, Any]:
        """Talk for the time asked, then wait for what is still on its way."""
        order = self.order
        pacing = [] if self.closed_loop else [asyncio.create_task(self._pace(person)) for person in self.people]
        if self.closed_loop:
            for person in self.people[::2]:
                person.write()
        await asyncio.sleep(order["warm"])
        self.is_counting = True
        print("warm", flush=True)
        began, before = time.perf_counter(), self.delivered
        await asyncio.sleep(order["seconds"])
        seconds, done = time.perf_counter() - began, self.delivered - before
        self.is_counting = False
        print("talked", flush=True)
        self.is_over = True
        for task in pacing:
            task.cancel()
        deadline = time.perf_counter() + 20
        # The other one may hear a message a moment before its writer does.
        while min(self.delivered, self.echoed) < self.sent and time.perf_counter() < deadline:
            await asyncio.sleep(0.05)
        return self.report(seconds, done)

    async def _pace(self, person: Person) -> None:
        every = self.order["every"]
        await asyncio.sleep(random.uniform(0, every))
        while not self.is_over:
            person.write()
            await asyncio.sleep(every)

    def report(self, seconds: float, done: int) -> dict[str, Any]:
        """Return what was counted."""
        slow = sorted(self.latencies) or [0.0]
        return {
            "messages": done,
            "seconds": seconds,
            "rate": done / seconds,
            "sent": self.sent,
            "lost": self.sent - self.delivered,
            "unheard": self.sent - self.echoed,
            "broken": self.broken,
            "refused": self.refused,
            "gaps": self.gaps,
            "p": [slow[min(len(slow) - 1, int(len(slow) * part))] * 1000 for part in (0.5, 0.95, 0.99)],
        }


async def main() -> None:
    """Open, wait for the word, talk, report."""
    order = json.loads(sys.stdin.readline())
    crowd = Crowd(order)
    await crowd.open()
    print("opened", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(json.dumps(await crowd.talk()), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
