"""Who is looking right now, and how a frame reaches them: one table per process, one Redis channel between processes.

Nothing here is the truth. The database is; a frame that is lost on the way is found again by its number (`?after=`).
So the hub may drop frames, but never silently: whoever missed something is told to look again ("resync").
"""

import asyncio
import json
import logging
import secrets
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.conf import settings

from chat import relay
from chat.parcels import Frame, Parcel, packed

logger = logging.getLogger(__name__)

SOCKETS_PER_PERSON = 20
# The close codes of the hub; in static/js/line.js too.
ELSEWHERE = 4428
LOGGED_OUT = 4401
WAITING_FOR_REDIS = 1_000
# What goes over Redis in one message.
MOST_AT_ONCE = 100
STOP_TRIES = 3
STOP_SECONDS = 2.0
RESYNC = Parcel({"type": "resync"})
# People, and what they are told; None is everybody.
Told = tuple[list[int] | None, Parcel]


class Socket(Protocol):
    """One open page of one person; both methods return at once and are called on the event loop."""

    def put(self, parcel: Parcel) -> None:
        """Send a frame as soon as the reader is ready for it."""

    def drop(self, code: int) -> None:
        """Close, because somebody else needs the place or the person logged out."""


class Hub:
    """Delivers frames to the sockets of people, from any thread and from any process."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._redis_url = redis_url
        self._me = secrets.token_hex(8)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sockets: dict[int, dict[Socket, None]] = {}
        self._outbox: deque[Told] = deque()
        self._outbox_filled = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    # -- sockets; called on the event loop ----------------------------------------------------------------------

    def join(self, resident_id: int, socket: Socket) -> None:
        """Add a socket; when a person has too many, the oldest one makes place."""
        self._wake()
        mine = self._sockets.setdefault(resident_id, {})
        while len(mine) >= SOCKETS_PER_PERSON:
            oldest = next(iter(mine))
            del mine[oldest]
            oldest.drop(ELSEWHERE)
        mine[socket] = None

    def leave(self, resident_id: int, socket: Socket) -> None:
        """Forget a socket; safe to call twice."""
        mine = self._sockets.get(resident_id, {})
        mine.pop(socket, None)
        if not mine:
            self._sockets.pop(resident_id, None)

    def is_here(self, resident_id: int) -> bool:
        """Say whether this person has a page open in this process."""
        return resident_id in self._sockets

    # -- frames; called from anywhere ---------------------------------------------------------------------------

    def tell(self, resident_ids: Iterable[int], frame: Frame | Parcel) -> None:
        """Give a frame to these people wherever they are connected. Never waits and never fails."""
        people = list(resident_ids)
        if people:
            self.tell_all([(people, frame if isinstance(frame, Parcel) else Parcel(frame))])

    def tell_all(self, told: Sequence[Told]) -> None:
        """Give many frames at once, in this order; as `tell`."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            try:
                loop.call_soon_threadsafe(self._tell_here_and_there, told)
                return
            except RuntimeError:  # the loop closed between the two lines: the server is stopping
                pass
        # A process without sockets, for example a Celery worker.
        url = self._url()
        if url:
            relay.publish_once(url, self._packed(told))

    def _tell_here_and_there(self, told: Sequence[Told]) -> None:
        for people, parcel in told:
            self._deliver(people, parcel)
        if not self._url():
            return
        if len(self._outbox) + len(told) > WAITING_FOR_REDIS:
            # Redis is away for long. The others look again as soon as it is back; no need to keep it all.
            self._outbox.clear()
            self._outbox.append((None, RESYNC))
        self._outbox.extend(told)
        self._outbox_filled.set()

    def _deliver(self, people: Iterable[int] | None, parcel: Parcel) -> None:
        is_bye = parcel.kind == "bye"
        for person in list(self._sockets) if people is None else people:
            for socket in list(self._sockets.get(person, ())):
                if is_bye:
                    socket.drop(LOGGED_OUT)
                else:
                    socket.put(parcel)

    def _everybody_looks_again(self) -> None:
        self._deliver(None, RESYNC)

    # -- between processes --------------------------------------------------------------------------------------

    def _url(self) -> str:
        return settings.REDIS_URL if self._redis_url is None else self._redis_url

    def _packed(self, told: Iterable[Told]) -> str:
        """Return one message for Redis: who speaks, then people and frames; a message of the chat is sealed in it."""
        return f"{self._me}\n{packed([[people, parcel.frame] for people, parcel in told])}"

    def _take_packed(self) -> str | None:
        """Take what goes over Redis next, as much as fits in one message; nothing when nothing waits."""
        told = [self._outbox.popleft() for _ in range(min(len(self._outbox), MOST_AT_ONCE))]
        return self._packed(told) if told else None

    def _wake(self) -> None:
        """Bind to the running loop and, with Redis, listen to the other processes. The first socket does this."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        self._sockets.clear()
        self._outbox.clear()
        self._outbox_filled = asyncio.Event()
        self._tasks = []
        url = self._url()
        if url:
            self._tasks = [
                loop.create_task(relay.listen(url, self._heard, self._everybody_looks_again)),
                loop.create_task(relay.publish_all(url, self._take_packed, self._outbox_filled)),
            ]

    def _heard(self, message: bytes) -> None:
        sender, _, told = message.partition(b"\n")
        if sender == self._me.encode():
            return
        try:
            parcels = [(people, Parcel({**frame})) for people, frame in json.loads(told)]
        except (ValueError, TypeError):
            logger.warning("a frame from Redis could not be read")
            return
        for people, parcel in parcels:
            self._deliver(people, parcel)

    async def stop(self) -> None:
        """Stop listening, at the end of a process or a test. Never waits long for a Redis that does not let go."""
        for _ in range(STOP_TRIES):
            going = [task for task in self._tasks if not task.done()]
            for task in going:
                task.cancel()
            if going:
                await asyncio.wait(going, timeout=STOP_SECONDS)
        self._tasks = []
        self._loop = None
        self._sockets.clear()


hub = Hub()
