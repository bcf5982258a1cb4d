"""The database does not answer: a clear code or word for who writes, and nothing lost or stored twice when it is back."""

import os
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError

from buurt.residents.models import Resident
from chat import consumers
from chat.bodies import text_of
from chat.models import Conversation, Message
from chat.writing import writer as writing
from chat.writing.rules import write
from tests.conftest import ClientFor
from tests.unit.chat.line import Line, run

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="test_faults holds a real PostgreSQL still"),
]


@pytest.fixture
def cookie(client_for: ClientFor, anna: Resident) -> str:
    """Return Anna's session."""
    return str(client_for(anna).cookies[settings.SESSION_COOKIE_NAME].value)


def _breaks(error: type[Exception]) -> Callable[..., Any]:
    def broken(*_words: object, **_more: object) -> Any:
        raise error

    return broken


def test_line_says_that_the_database_is_away_and_opens_when_it_is_back(
    cookie: str, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        with monkeypatch.context() as away:
            away.setattr(consumers, "_who", _breaks(OperationalError))
            line = Line(cookie)
            assert (await line.open())["type"] == "websocket.accept"
            assert await line.code() == consumers.AWAY
            await line.close()
        again = Line(cookie)
        await again.open()
        await again.say({"type": "ping"})
        await again.hear("pong")
        await again.close()

    run(story())


def test_message_that_waited_long_is_told_later_and_stored_once_when_sent_again(
    cookie: str, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PATIENCE_SECONDS", 0.3)
    frame = {"type": "message", "conversation": talk.public_id, "key": str(uuid4()), "text": "Ik kom eraan"}

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        with monkeypatch.context() as away:
            away.setattr(writing, "write", _breaks(OperationalError))
            await line.say(frame)
            refused = await line.hear("refused")
        assert (refused["code"], refused["key"]) == ("later", frame["key"])
        assert refused["error"].startswith("Je bericht is nog niet verstuurd.")
        for _ in range(2):
            await line.say(frame)
        assert (await line.hear("message"))["key"] == frame["key"]
        assert (await line.hear("ack"))["seq"] == 1
        await line.close()

    run(story())
    assert [text_of(talk, one) for one in Message.objects.all()] == ["Ik kom eraan"]


def test_message_that_waited_a_moment_is_stored_without_a_word(
    cookie: str, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = write
    tries: list[int] = []

    def slowly(drafts: Any) -> Any:
        tries.append(len(drafts))
        if len(tries) < 3:
            raise OperationalError
        return stores(drafts)

    monkeypatch.setattr(writing, "write", slowly)
    monkeypatch.setattr(writing, "PAUSE_SECONDS", 0.01)

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        await line.say({"type": "message", "conversation": talk.public_id, "key": str(uuid4()), "text": "Tot zo"})
        assert (await line.hear("message"))["seq"] == 1
        await line.close()

    run(story())
    assert tries == [1, 1, 1]
    assert Message.objects.count() == 1


def test_courtesies_of_a_database_that_is_away_break_nothing(
    cookie: str, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_who_may_see", "counts_of"):
        monkeypatch.setattr(consumers, name, _breaks(OperationalError))
    monkeypatch.setattr(writing, "write_marks", _breaks(OperationalError))

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        for what in ("read", "typing", "count"):
            await line.say({"type": what, "conversation": talk.public_id, "seq": 1})
            await line.say({"type": "ping"})
            assert (await line.hear())["type"] == "pong"
        await line.close()

    run(story())
