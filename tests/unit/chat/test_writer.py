"""When the writer writes: one alone at once, many together in one transaction."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from types import SimpleNamespace

import pytest

from chat import errors
from chat.writing import writer as module
from chat.writing.drafts import Draft
from chat.writing.rules import Answer
from chat.writing.writer import Writer

PATIENCE = 30


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the words of every batch that is stored from here on; nothing reaches the database."""
    stored: list[list[str]] = []

    def write(drafts: Sequence[Draft]) -> list[Answer]:
        stored.append([draft.words for draft in drafts])
        return [errors.EndedError() for _ in drafts]

    monkeypatch.setattr(module, "write", write)
    return stored


@pytest.fixture
def writer() -> Iterator[Writer]:
    """Return a writer of the test's own."""
    mine = Writer()
    yield mine
    mine.stop()


async def _answered(writer: Writer, *words: str) -> None:
    """Submit all of these at once, and wait for the answers."""
    answers: asyncio.Queue[Answer] = asyncio.Queue()
    for one in words:
        writer.submit(Draft("GESPREK", 1, one), answers.put_nowait)
    for _ in words:
        await asyncio.wait_for(answers.get(), PATIENCE)


async def test_one_alone_waits_for_nobody(
    writer: Writer, batches: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GATHER_SECONDS", 3600.0)

    await _answered(writer, "Ik kom eraan")

    assert batches == [["Ik kom eraan"]]


async def test_what_comes_right_after_a_transaction_gathers(
    writer: Writer, batches: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow this machine is, the writer rests until the three are there.
    are_there = threading.Event()
    rest = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _seconds: are_there.wait(PATIENCE))
    monkeypatch.setattr(module, "GATHER_SECONDS", 3600.0)
    monkeypatch.setattr(module, "time", rest)
    await _answered(writer, "een")

    asyncio.get_running_loop().call_soon(are_there.set)
    await _answered(writer, "twee", "drie", "vier")

    assert batches == [["een"], ["twee", "drie", "vier"]]


async def test_no_batch_is_larger_than_one_transaction_takes(
    writer: Writer, batches: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 4)
    words = [str(number) for number in range(10)]

    await _answered(writer, *words)

    assert [one for batch in batches for one in batch] == words
    assert max(map(len, batches)) <= 4


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_writer_that_died_has_a_successor(
    writer: Writer, batches: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(writer, "_wait_for_work", broken)
        writer.submit(Draft("GESPREK", 1, "een"), lambda _answer: None)
        assert writer._thread is not None
        writer._thread.join(PATIENCE)

    await _answered(writer, "twee")

    assert batches == [["een", "twee"]]
