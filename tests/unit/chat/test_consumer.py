"""One socket: who may open it, what it takes, and how it ends. Spoken to as a server would, through ASGI."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from django.conf import settings

from buurt.residents.models import Resident
from chat import consumers, services
from chat.bodies import text_of
from chat.models import Conversation, Message, Participant
from tests.conftest import ClientFor
from tests.factories.residents import make_block
from tests.unit.chat.line import Frame, Line, elsewhere, run

pytestmark = pytest.mark.django_db(transaction=True)

Story = Callable[["Line", "Line"], Awaitable[None]]


def _cookie(client_for: ClientFor, resident: Resident) -> str:
    return str(client_for(resident).cookies[settings.SESSION_COOKIE_NAME].value)


@pytest.fixture
def tell(client_for: ClientFor, anna: Resident, bilal: Resident) -> Callable[[Story], None]:
    """Return a function that plays a story with an open line of Anna and one of Bilal."""
    cookies = _cookie(client_for, anna), _cookie(client_for, bilal)

    async def play(story: Story) -> None:
        lines = [Line(cookie) for cookie in cookies]
        for line in lines:
            assert (await line.open())["type"] == "websocket.accept"
        await story(*lines)
        for line in lines:
            await line.close()

    return lambda story: run(play(story))


def _message(talk: Conversation, text: str, **more: object) -> Frame:
    return {"type": "message", "conversation": talk.public_id, "key": str(uuid4()), "text": text, **more}


def test_message_reaches_both_and_is_acknowledged(tell: Callable[[Story], None], talk: Conversation) -> None:
    async def story(anna: Line, bilal: Line) -> None:
        sent = _message(talk, "Schikt 9 uur?")
        await anna.say(sent)

        theirs = await bilal.hear("message")
        mine = await anna.hear("message")

        assert (theirs["seq"], theirs["own"], theirs["text"]) == (1, False, "Schikt 9 uur?")
        assert "key" not in theirs
        assert (mine["own"], mine["key"]) == (True, sent["key"])
        assert "under" not in theirs
        assert "sealed" not in theirs

    tell(story)
    assert Message.objects.count() == 1


def test_retry_is_stored_once_and_acknowledged_again(tell: Callable[[Story], None], talk: Conversation) -> None:
    async def story(anna: Line, bilal: Line) -> None:
        sent = _message(talk, "eerst")
        for _ in range(3):
            await anna.say(sent)
        assert (await anna.hear("ack"))["seq"] == (await bilal.hear("message"))["seq"] == 1
        # Told again: whoever stored it the first time may have died before the telling. A page knows the number.
        assert {(await bilal.hear())["seq"] for _ in range(2)} == {1}
        assert await bilal.is_silent()

    tell(story)
    assert Message.objects.count() == 1


def test_reused_key_with_other_words_is_refused_clearly(tell: Callable[[Story], None], talk: Conversation) -> None:
    async def story(anna: Line, bilal: Line) -> None:
        first = _message(talk, "eerst")
        await anna.say(first)
        await anna.hear("message")
        await anna.say({**first, "text": "anders"})

        answer = await anna.hear("refused")
        assert (answer["code"], answer["key"]) == ("reused", first["key"])
        assert answer["error"].startswith("Er is al een ander bericht")

    tell(story)
    assert text_of(talk, Message.objects.get()) == "eerst"


def test_read_and_typing_reach_the_other_only(
    tell: Callable[[Story], None], talk: Conversation, bilal: Resident
) -> None:
    services.send_message(by=bilal, conversation=talk, text="hoi")

    async def story(anna: Line, bilal: Line) -> None:
        await anna.say({"type": "read", "conversation": talk.public_id, "seq": 1})
        assert await bilal.hear() == {"type": "marks", "conversation": talk.public_id, "reached": 1, "read": 1}
        await anna.say({"type": "typing", "conversation": talk.public_id})
        assert (await bilal.hear())["type"] == "typing"
        assert await anna.is_silent()

    tell(story)
    assert Participant.objects.get(conversation=talk, role="asker").read_seq == 1


@pytest.mark.parametrize("text", ["", "   ", "a" * 2_001])
def test_refused_words_come_back_with_a_reason(tell: Callable[[Story], None], talk: Conversation, text: str) -> None:
    async def story(anna: Line, bilal: Line) -> None:
        sent = _message(talk, text)
        await anna.say(sent)
        answer = await anna.hear()

        assert (answer["type"], answer["key"]) == ("refused", sent["key"])
        assert answer["error"].endswith(".")
        assert await bilal.is_silent()

    tell(story)


def test_block_holds_in_an_open_line(
    tell: Callable[[Story], None], talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    make_block(blocker=anna, blocked=bilal)

    async def story(anna: Line, bilal: Line) -> None:
        await bilal.say(_message(talk, "hoi"))
        assert (await bilal.hear())["code"] == "ended"
        await bilal.say({"type": "typing", "conversation": talk.public_id})
        assert await anna.is_silent()

    tell(story)


def test_stranger_can_do_nothing(
    client_for: ClientFor, tell: Callable[[Story], None], talk: Conversation, carla: Resident
) -> None:
    cookie = _cookie(client_for, carla)

    async def story(anna: Line, bilal: Line) -> None:
        line = Line(cookie)
        await line.open()
        await line.say(_message(talk, "mag ik erbij?"))
        assert (await line.hear())["code"] == "gone"
        await line.say({"type": "read", "conversation": talk.public_id, "seq": 1})
        await line.say({"type": "typing", "conversation": talk.public_id})
        await line.say(_message(talk, "hoi", conversation="NOSUCHONE"))
        assert (await line.hear())["code"] == "gone"
        assert await anna.is_silent()
        assert await bilal.is_silent()
        await line.close()

    tell(story)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("not json", consumers.BAD_FRAME),
        ("[1, 2]", consumers.BAD_FRAME),
        ("[" * 5_000, consumers.BAD_FRAME),
        ('{"type": "admin"}', consumers.BAD_FRAME),
        ("x" * 8_193, consumers.TOO_BIG),
        ("é" * 4_100, consumers.TOO_BIG),
    ],
)
def test_bad_frame_closes_with_its_code(
    client_for: ClientFor, anna: Resident, talk: Conversation, frame: str, code: int
) -> None:
    cookie = _cookie(client_for, anna)

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        await line.say(frame)
        assert await line.code() == code
        await line.close()

    run(story())


@pytest.mark.parametrize("frame", [{"text": 5}, {"key": "no key"}, {"conversation": ["x"]}, {"text": None}])
def test_odd_message_is_refused_and_the_line_stays(
    tell: Callable[[Story], None], talk: Conversation, frame: Frame
) -> None:
    async def story(anna: Line, bilal: Line) -> None:
        await anna.say({**_message(talk, "hoi"), **frame})
        assert (await anna.hear())["type"] == "refused"
        await anna.say({"type": "ping"})
        assert (await anna.hear())["type"] == "pong"

    tell(story)


def test_too_many_frames_close(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    cookie = _cookie(client_for, anna)

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        for _ in range(consumers.FRAMES_PER_WINDOW):
            await line.say({"type": "ping"})
            await line.hear("pong")
        await line.say({"type": "ping"})
        assert await line.code() == consumers.TOO_MANY
        await line.close()

    run(story())


def test_silent_line_is_closed(
    client_for: ClientFor, anna: Resident, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = _cookie(client_for, anna)
    monkeypatch.setattr(consumers, "SILENCE_SECONDS", 0.05)

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        assert await line.code() == consumers.SILENT
        await line.close()

    run(story())


def test_logged_out_visitor_is_told_so(talk: Conversation) -> None:
    async def story() -> None:
        line = Line()
        assert (await line.open())["type"] == "websocket.accept"
        assert await line.code() == consumers.LOGGED_OUT
        await line.close()

    run(story())


def test_ended_session_is_noticed(
    client_for: ClientFor, anna: Resident, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(anna)
    cookie = str(client.cookies[settings.SESSION_COOKIE_NAME].value)
    monkeypatch.setattr(consumers, "TRUST_SECONDS", 0.0)

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        await line.say({"type": "ping"})
        assert (await line.hear())["type"] == "pong"
        await elsewhere(client.session.flush)
        await line.say({"type": "ping"})
        assert await line.code() == consumers.LOGGED_OUT
        await line.close()

    run(story())


def test_logging_out_closes_the_lines(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    client = client_for(anna)
    cookie = str(client.cookies[settings.SESSION_COOKIE_NAME].value)

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        await line.say({"type": "ping"})
        await line.hear("pong")
        await elsewhere(client.logout)
        assert await line.code() == consumers.LOGGED_OUT
        await line.close()

    run(story())


def test_foreign_origin_is_refused(client_for: ClientFor, anna: Resident, talk: Conversation) -> None:
    cookie = _cookie(client_for, anna)

    async def story() -> None:
        answer = await Line(cookie, origin="https://elsewhere.example").open()
        assert answer["type"] == "websocket.close"

    run(story())
