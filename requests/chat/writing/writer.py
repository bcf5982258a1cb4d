"""Group commit: whatever came in since the last transaction began goes into the next, in one thread per process.

At most one transaction every GATHER_SECONDS: a message alone goes at once, many together wait a moment for each other,
which halves what each of them costs here and in the database.

Sockets hand over a draft and go on; the answer is called back on their event loop. The plain form writes by itself in
its own transaction (services.send_message): the same rules and the same store, a batch of one.
"""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, connections

from chat import errors, pace
from chat.writing.drafts import Draft
from chat.writing.marks import Mark, Marks, write_marks
from chat.writing.rules import Answer, write

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 200
# More than this cannot wait for a database that is away: their pages keep the words and come back.
MOST_WAITING = 5_000
# How long a draft waits for a database that is away before its page is told that it will take a while.
PATIENCE_SECONDS = 8.0
PAUSE_SECONDS = 0.25
# The least time between the beginnings of two transactions, as `commit_delay` does in PostgreSQL.
GATHER_SECONDS = 0.01
# How long marks gather, so that many are written at once.
MARKS_SECONDS = 0.1
# Without work the connection is given back.
IDLE_SECONDS = 20.0
STOP_SECONDS = 5.0

GONE = (OperationalError, InterfaceError)


class _Waiting(NamedTuple):
    draft: Draft
    answer: Callable[[Answer], None]
    loop: asyncio.AbstractEventLoop
    since: float


class Writer:
    """Takes drafts and read marks from any number of sockets; one thread writes them."""

    def __init__(self) -> None:
        self._drafts: deque[_Waiting] = deque()
        self._marks = Marks()
        self._marks_due = 0.0
        self._stored_at = 0.0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopping = False

    # -- called on the event loop; never wait -------------------------------------------------------------------

    def submit(self, draft: Draft, answer: Callable[[Answer], None]) -> None:
        """Store a draft soon, in the order of submitting; `answer` is called on this event loop."""
        waiting = _Waiting(draft, answer, asyncio.get_running_loop(), time.monotonic())
        with self._changed:
            if len(self._drafts) < MOST_WAITING and not self._stopping:
                self._drafts.append(waiting)
                self._wake()
                return
        answer(errors.LaterError())

    def mark(self, mark: Mark) -> None:
        """Note soon how far somebody got; several marks of one person in a conversation become one."""
        with self._changed:
            if self._stopping:
                return
            if not self._marks:
                self._marks_due = time.monotonic() + MARKS_SECONDS
                self._wake()
            self._marks.add(mark)

    def _wake(self) -> None:
        # A thread that died of what nobody foresaw has a successor: the pages send again what it left.
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="buurt-writer", daemon=True)
            self._thread.start()
        else:
            self._changed.notify()

    # -- the thread ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while True:
                batch, marks = self._take()
                if not batch and not marks:
                    return
                if batch:
                    self._stored_at = time.monotonic()
                    self._store(batch)
                if marks:
                    self._store_marks(marks)
        finally:
            connections.close_all()

    def _take(self) -> tuple[list[_Waiting], list[Mark]]:
        """Wait for work and take it; nothing at all means that it is time to stop."""
        self._wait_for_work()
        # Asleep, and not waiting for the condition: whoever submits meanwhile wakes nobody, which costs nothing.
        rest = self._stored_at + GATHER_SECONDS - time.monotonic()
        if rest > 0 and self._drafts and not self._stopping:
            time.sleep(rest)
        with self._changed:
            batch = [self._drafts.popleft() for _ in range(min(len(self._drafts), MOST_AT_ONCE))]
            is_due = self._stopping or time.monotonic() >= self._marks_due
            return batch, self._marks.take() if is_due else []

    def _wait_for_work(self) -> None:
        with self._changed:
            while not self._drafts and not self._stopping:
                seconds = self._marks_due - time.monotonic() if self._marks else IDLE_SECONDS
                if seconds <= 0:
                    break
                if not self._changed.wait(seconds) and not self._marks:
                    connections.close_all()

    def _store(self, batch: list[_Waiting]) -> None:
        while True:
            try:
                self._tell(batch, write([waiting.draft for waiting in batch]))
                return
            except GONE as error:
                connections.close_all()
                for waiting in batch:
                    pace.give_back(waiting.draft.sender_id)
                batch = self._still_patient(batch, error)
                if not batch:
                    return
                time.sleep(PAUSE_SECONDS)
            except Exception as error:
                self._store_apart(batch, error)
                return

    def _still_patient(self, batch: list[_Waiting], error: Exception) -> list[_Waiting]:
        """Return who goes on waiting for the database; the others are told that it will take a while."""
        edge = time.monotonic() - PATIENCE_SECONDS
        patient = [] if self._stopping else [waiting for waiting in batch if waiting.since > edge]
        given_up = [waiting for waiting in batch if waiting not in patient]
        if given_up:
            # The kind only: the text of an error may hold what was being stored.
            logger.warning("%d messages wait for the database: %s", len(given_up), type(error).__name__)
            self._tell(given_up, [errors.LaterError()] * len(given_up))
        return patient

    def _store_apart(self, batch: list[_Waiting], error: Exception) -> None:
        """Store what can be stored after one draft spoiled the batch; that one is refused, and its words not logged."""
        if len(batch) > 1:
            for waiting in batch:
                self._store([waiting])
            return
        logger.error("a message could not be stored: %s", type(error).__name__)
        self._tell(batch, [errors.ChatError()])

    def _store_marks(self, marks: list[Mark]) -> None:
        try:
            write_marks(marks)
        except GONE:
            # A mark is a courtesy: the next one says it again.
            connections.close_all()
        except Exception as error:
            logger.error("read marks could not be stored: %s", type(error).__name__)

    def _tell(self, batch: Sequence[_Waiting], answers: Sequence[Answer]) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Callable[[Answer], None], Answer]]] = {}
        for waiting, answer in zip(batch, answers, strict=True):
            by_loop.setdefault(waiting.loop, []).append((waiting.answer, answer))
        for loop, answered in by_loop.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_call_back, answered)

    # -- the end ------------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Write what waits and stop, at the end of a process or a test; never waits long."""
        with self._changed:
            self._stopping = True
            thread = self._thread
            self._changed.notify()
        if thread is not None:
            thread.join(STOP_SECONDS)
        with self._changed:
            self._thread = None
            self._stopping = False


def _call_back(answered: list[tuple[Callable[[Answer], None], Answer]]) -> None:
    for call, answer in answered:
        call(answer)


writer = Writer()
