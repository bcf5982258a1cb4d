"""The hub: frames reach the right people's sockets, from threads and other processes, within bounds."""

import asyncio
import gc
import json
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from uvicorn.protocols.utils import ClientDisconnected

from chat.hub import SOCKETS_PER_PERSON, Hub
from chat.outlet import TOO_SLOW, WAITING_FRAMES, Outlet
from chat.parcels import Frame, Parcel
from chat.relay import CHANNEL

ANNA, BILAL, CARLA = 1, 2, 3
MESSAGE: Frame = {"type": "typing", "conversation": "ABC"}
RESYNC: Frame = {"type": "resync"}
PATIENCE = 30


class Page:
    """A socket that remembers."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.closed_with = 0

    def put(self, parcel: Parcel) -> None:
        """Keep the frame."""
        self.frames.append(parcel.frame)

    def drop(self, code: int) -> None:
        """Keep the code."""
        self.closed_with = code


def _run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 4 * PATIENCE))


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.01)


async def _listening(*pages: "Page", times: int = 1) -> None:
    """Wait until the hubs of these pages hear the other processes: then they tell every page to look again."""
    await _until(lambda: all(page.frames.count(RESYNC) == times for page in pages))


def test_frame_reaches_every_page_of_these_people_only() -> None:
    async def story() -> None:
        hub, pages = Hub(""), [Page() for _ in range(4)]
        for person, page in zip((ANNA, ANNA, BILAL, CARLA), pages, strict=True):
            hub.join(person, page)

        hub.tell([ANNA, BILAL], MESSAGE)
        await asyncio.sleep(0)

        assert [len(page.frames) for page in pages] == [1, 1, 1, 0]

    _run(story)


def test_frame_comes_from_any_thread() -> None:
    async def story() -> None:
        hub, page = Hub(""), Page()
        hub.join(ANNA, page)
        workers = [threading.Thread(target=hub.tell, args=([ANNA], MESSAGE)) for _ in range(20)]

        for worker in workers:
            worker.start()
        await _until(lambda: len(page.frames) == 20)

        for worker in workers:
            worker.join()

    _run(story)


def test_telling_without_pages_or_after_the_end_is_nothing() -> None:
    hub, page = Hub(""), Page()
    hub.tell([ANNA], MESSAGE)

    async def story() -> None:
        hub.join(ANNA, page)

    _run(story)
    hub.tell([ANNA], MESSAGE)

    assert page.frames == []


def test_who_left_hears_nothing() -> None:
    async def story() -> None:
        hub, page = Hub(""), Page()
        hub.join(ANNA, page)
        hub.leave(ANNA, page)
        hub.leave(ANNA, page)

        hub.tell([ANNA], MESSAGE)
        await asyncio.sleep(0)

        assert page.frames == []
        assert not hub.is_here(ANNA)

    _run(story)


def test_oldest_page_makes_place() -> None:
    async def story() -> None:
        hub, pages = Hub(""), [Page() for _ in range(SOCKETS_PER_PERSON + 1)]
        for page in pages:
            hub.join(ANNA, page)

        assert [page.closed_with for page in pages] == [4428] + [0] * SOCKETS_PER_PERSON

    _run(story)


def test_logging_out_closes() -> None:
    async def story() -> None:
        hub, page = Hub(""), Page()
        hub.join(ANNA, page)

        hub.tell([ANNA], {"type": "bye"})
        await asyncio.sleep(0)

        assert page.closed_with == 4401

    _run(story)


def test_slow_reader_is_dropped_and_memory_stays_bounded() -> None:
    async def story() -> None:
        closed: list[int] = []
        never = asyncio.Event()

        async def send(text: str) -> None:
            await never.wait()

        async def close(code: int) -> None:
            closed.append(code)

        outlet = Outlet(ANNA, send, close)
        for _ in range(WAITING_FRAMES * 3):
            outlet.put(Parcel(MESSAGE))
            await asyncio.sleep(0)

        assert closed == [TOO_SLOW]
        assert len(outlet._waiting) == 0

    _run(story)


def test_outlet_keeps_the_order() -> None:
    async def story() -> None:
        sent: list[int] = []

        async def send(text: str) -> None:
            await asyncio.sleep(0)
            sent.append(json.loads(text)["n"])

        async def close(code: int) -> None:
            pytest.fail("nobody closed this")

        outlet = Outlet(ANNA, send, close)
        for number in range(50):
            outlet.put(Parcel({"type": "x", "n": number}))
        await _until(lambda: len(sent) == 50)

        assert sent == list(range(50))

    _run(story)


def test_reader_who_hung_up_leaves_no_word_in_the_log() -> None:
    async def story() -> None:
        unheard: list[str] = []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, told: unheard.append(str(told)))

        async def hung_up(_said: object) -> None:
            raise ClientDisconnected

        writing, closing = Outlet(ANNA, hung_up, hung_up), Outlet(ANNA, hung_up, hung_up)
        writing.put(Parcel(MESSAGE))
        closing.drop(TOO_SLOW)
        await asyncio.sleep(0.01)
        del writing, closing
        gc.collect()

        assert unheard == []

    _run(story)


def test_unreachable_redis_keeps_the_own_process_going() -> None:
    async def story() -> None:
        hub, page = Hub("redis://127.0.0.1:1/0"), Page()
        hub.join(ANNA, page)

        hub.tell([ANNA], MESSAGE)
        await _until(lambda: len(page.frames) == 1)
        await hub.stop()

    _run(story)


needs_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs REDIS_URL")


@needs_redis
def test_two_processes_over_redis() -> None:
    async def story() -> None:
        url = os.environ["REDIS_URL"]
        left, right = Hub(url), Hub(url)
        anna, bilal, carla = Page(), Page(), Page()
        left.join(ANNA, anna)
        right.join(BILAL, bilal)
        right.join(CARLA, carla)
        await _listening(anna, bilal, carla)

        for _ in range(50):
            left.tell([ANNA, BILAL], MESSAGE)
        await _until(lambda: bilal.frames.count(MESSAGE) == 50)

        assert anna.frames.count(MESSAGE) == 50  # once, not again through Redis
        assert MESSAGE not in carla.frames
        await left.stop()
        await right.stop()

    _run(story)


@needs_redis
def test_process_without_pages_reaches_the_others() -> None:
    async def story() -> None:
        url = os.environ["REDIS_URL"]
        server, worker, page = Hub(url), Hub(url), Page()
        server.join(ANNA, page)
        await _listening(page)

        await asyncio.to_thread(worker.tell, [ANNA], MESSAGE)
        await _until(lambda: page.frames.count(MESSAGE) == 1)
        await server.stop()

    _run(story)


@needs_redis
def test_broken_subscription_comes_back_and_everybody_looks_again() -> None:
    async def story() -> None:
        from redis.asyncio import Redis

        url = os.environ["REDIS_URL"]
        hub, page = Hub(url), Page()
        hub.join(ANNA, page)
        await _listening(page)

        async with Redis.from_url(url) as client:
            await client.client_kill_filter(_type="pubsub")
            await _listening(page, times=2)
            await client.publish(CHANNEL, b"x\n" + json.dumps([[[ANNA], MESSAGE]]).encode())
            await client.publish(CHANNEL, b"not json")
            await client.publish(CHANNEL, b"x\n[5]")
            await _until(lambda: MESSAGE in page.frames)
        await hub.stop()

    _run(story)
