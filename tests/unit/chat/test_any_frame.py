"""Whatever a page sends: it is answered in a known way or the line closes with a known code, and nobody else hears it."""

import asyncio
import json
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat import consumers, pace
from chat.models import Conversation, Message, Participant
from chat.writing.writer import writer
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation
from tests.factories.posts import make_post
from tests.factories.residents import make_resident
from tests.unit.chat.line import Frame, Line, run

pytestmark = pytest.mark.django_db(transaction=True)

CODES = {consumers.BAD_FRAME, consumers.TOO_BIG, consumers.TOO_MANY}
KINDS = ("message", "read", "reached", "typing", "count", "ping")
ANSWERS = {"message", "ack", "refused", "counts", "pong", "marks"}
SIGNS = "aé\0\ud800\udfff\u202e\N{PILE OF POO}\n\"'\\%\x7f"

# The words in these stand for what is only known later: the ids of conversations, a fresh key.
OURS, THEIRS, KEY = "<ours>", "<theirs>", "<key>"
texts = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=30)
numbers = st.sampled_from([-1, 0, 1, 2, 2**31, 2**62 - 1, 2**62, 2**63, 10**30]) | st.integers() | st.floats()
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts | st.sampled_from([OURS, THEIRS, KEY, str(uuid4())]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
ids = st.sampled_from([OURS, OURS, THEIRS, "KKKKKKKKKKKK"]) | values
frames = st.fixed_dictionaries(
    {"type": st.sampled_from(KINDS) | values},
    optional={
        "conversation": ids,
        "key": st.sampled_from([KEY, KEY, str(uuid4())]) | values,
        "text": texts | values,
        "seq": numbers | values,
        "from": numbers | values,
        "by": values,
    },
)
sent = st.lists(frames | values | texts.map(lambda text: f"raw:{text}"), min_size=1, max_size=12)


@pytest.fixture
def hers(haarlem: Community, carla: Resident) -> Conversation:
    """Return a talk of Carla with a neighbour of hers, which is no business of Anna's."""
    neighbour = make_resident(community=haarlem, postcode="2011")
    return make_conversation(post=make_post(author=carla), helper=neighbour)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(sent=sent)
@example(sent=[{"type": ["message"]}])
@example(sent=[{"type": {}, "conversation": OURS}])
@example(sent=[{"type": "message", "conversation": "\ud800", "key": KEY, "text": "hoi"}])
@example(sent=[{"type": "message", "conversation": "\0", "key": KEY, "text": "hoi"}])
@example(sent=[{"type": "message", "conversation": "\ud800", "key": None, "text": 5}])
@example(sent=[{"type": "typing", "conversation": "\ud800"}, {"type": "typing", "conversation": "\0"}])
@example(sent=[{"type": "read", "conversation": "\ud800", "seq": 1}, {"type": "read", "conversation": "\0", "seq": 1}])
@example(sent=[{"type": "reached", "conversation": OURS, "from": 10**30, "seq": 1}])
@example(sent=[{"type": "message", "conversation": OURS, "key": KEY, "text": "a\ud800b\0c"}])
@example(sent=[{"type": "message", "conversation": THEIRS, "key": KEY, "text": "mag ik erbij?"}])
def test_any_frame_is_answered_or_ends_the_line_and_nobody_else_hears_it(
    client_for: ClientFor,
    anna: Resident,
    bilal: Resident,
    carla: Resident,
    talk: Conversation,
    hers: Conversation,
    caplog: pytest.LogCaptureFixture,
    sent: list[Any],
) -> None:
    pace.forget()
    caplog.clear()
    cookies = [str(client_for(one).cookies[settings.SESSION_COOKIE_NAME].value) for one in (anna, bilal, carla)]
    before = Message.objects.filter(conversation=hers).count()

    async def story() -> None:
        pages = [Line(cookie) for cookie in cookies]
        for page in pages:
            assert (await page.open())["type"] == "websocket.accept"
        heard, closed = await _throw(pages[0], [_made(frame, talk, hers) for frame in sent])
        assert closed in CODES | {0}
        assert {frame["type"] for frame in heard} <= ANSWERS
        await asyncio.to_thread(writer.stop)  # what was waiting to be written is written and told
        await _hears_only(pages[1], talk.public_id)
        await _hears_only(pages[2], "")
        for page in pages[closed != 0 :]:
            await page.close()

    with caplog.at_level(logging.WARNING):
        run(story())
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert Message.objects.filter(conversation=hers).count() == before
    rows = list(Message.objects.filter(conversation=talk).order_by("seq").values_list("seq", flat=True))
    assert rows == list(range(1, len(rows) + 1))
    assert all(part.read_seq <= len(rows) for part in Participant.objects.filter(conversation=talk))


def _made(frame: Any, talk: Conversation, hers: Conversation) -> str:
    """Return the text of a frame, with the ids and the key that were only names until now."""
    if isinstance(frame, str) and frame.startswith("raw:"):
        return frame[4:].encode(errors="replace").decode()  # a server hands over nothing but whole text
    made = json.dumps(frame).replace(OURS, talk.public_id).replace(THEIRS, hers.public_id)
    return made.replace(KEY, str(uuid4()))


async def _throw(page: Line, frames: list[str]) -> tuple[list[Frame], int]:
    """Send these and return what came back until the answer to a last sign of life, or the close code."""
    for frame in frames:
        await page.say(frame)
    pings = sum('"ping"' in frame for frame in frames)
    await page.say({"type": "ping"})
    heard: list[Frame] = []
    while sum(frame["type"] == "pong" for frame in heard) <= pings:
        answer = await page.next()
        if answer["type"] == "websocket.close":
            return heard, int(answer["code"])
        answer["text"].encode()  # what a server could not write would break the line
        heard.append(json.loads(answer["text"]))
    return heard, 0


async def _hears_only(page: Line, public_id: str) -> None:
    """Hold a page to hearing of this conversation alone, and nothing of what else was sent."""
    await page.say({"type": "ping"})
    while (frame := json.loads((await page.next())["text"]))["type"] != "pong":
        assert frame["type"] in {"message", "typing", "marks"}
        assert frame["conversation"] == public_id
        assert not frame.get("own")
        assert not {"by", "key", "sealed", "under"} & frame.keys()
