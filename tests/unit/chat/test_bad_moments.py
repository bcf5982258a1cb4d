"""Two tabs, clocks that are wrong, a block or the end of an account in the middle of a conversation, on open lines."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from buurt.residents.models import Resident
from buurt.residents.services import block_resident, erase_resident, unblock_resident
from chat import consumers
from chat.bodies import text_of
from chat.models import Conversation, Message
from tests.conftest import ClientFor, RunJobs
from tests.unit.chat.line import Frame, Line, elsewhere, run

pytestmark = pytest.mark.django_db(transaction=True)

# Anna's first tab, her second one, and Bilal.
Story = Callable[["Line", "Line", "Line"], Awaitable[None]]
Play = Callable[[Story], None]


@pytest.fixture
def play(client_for: ClientFor, anna: Resident, bilal: Resident) -> Play:
    """Return a function that plays a story with two tabs of Anna and one of Bilal."""
    cookies = [str(client_for(one).cookies[settings.SESSION_COOKIE_NAME].value) for one in (anna, bilal)]

    async def played(story: Story) -> None:
        lines = [Line(cookie) for cookie in (cookies[0], cookies[0], cookies[1])]
        for line in lines:
            assert (await line.open())["type"] == "websocket.accept"
        await story(*lines)
        for line in lines:
            await line.close()

    return lambda story: run(played(story))


def _message(talk: Conversation, text: str, **more: object) -> Frame:
    return {"type": "message", "conversation": talk.public_id, "key": str(uuid4()), "text": text, **more}


def test_two_tabs_both_show_a_message_once(play: Play, talk: Conversation) -> None:
    async def story(here: Line, there: Line, bilal: Line) -> None:
        sent = _message(talk, "Schikt 9 uur?")
        await here.say(sent)
        for tab in (here, there):
            shown = await tab.hear("message")
            assert (shown["seq"], shown["own"], shown["key"]) == (1, True, sent["key"])
            assert await tab.is_silent()
        await bilal.say(_message(talk, "Ja hoor"))
        for tab in (here, there):
            shown = await tab.hear("message")
            assert (shown["seq"], shown["own"]) == (2, False)
            assert await tab.is_silent()

    play(story)


def test_same_words_kept_in_two_tabs_are_stored_once(play: Play, talk: Conversation) -> None:
    """Both tabs have the outbox of this browser; when the line is back, both send what waits in it."""

    async def story(here: Line, there: Line, bilal: Line) -> None:
        sent = _message(talk, "Ik kom eraan")
        await here.say(sent)
        await there.say(sent)
        for tab in (here, there):
            assert (await tab.hear("message"))["key"] == sent["key"]
        # Told twice under the same number at most, which a page knows; another number never.
        assert (await bilal.hear("message"))["seq"] == 1
        assert (await there.hear())["seq"] == 1

    play(story)
    assert list(Message.objects.values_list("seq", flat=True)) == [1]


def test_clock_of_a_page_changes_nothing(play: Play, talk: Conversation) -> None:
    """The server says which is first and when it was, whatever moment a page names."""
    began = timezone.now()

    async def story(here: Line, there: Line, bilal: Line) -> None:
        for number, hours in enumerate((9, -9, 0)):
            wrong = began + timedelta(hours=hours)
            claims = {"at": wrong.isoformat(), "created_at": wrong.isoformat(), "seq": 5 - number, "day": "2001-01-01"}
            await here.say(_message(talk, f"nummer {number}", **claims))
            shown = await bilal.hear("message")
            assert (shown["seq"], shown["text"]) == (number + 1, f"nummer {number}")
            assert shown["day"] in {timezone.localdate(began).isoformat(), timezone.localdate().isoformat()}

    play(story)
    rows = list(Message.objects.order_by("seq"))
    assert [text_of(talk, row) for row in rows] == ["nummer 0", "nummer 1", "nummer 2"]
    moments = [row.created_at for row in rows]
    assert moments == sorted(moments)
    assert all(began <= moment <= timezone.now() for moment in moments)


def test_block_in_the_middle_holds_both_ways_and_the_lines_stay(
    play: Play, talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    async def story(here: Line, there: Line, bilals: Line) -> None:
        await here.say(_message(talk, "Tot zo"))
        assert (await bilals.hear("message"))["seq"] == 1
        await here.hear("message")

        await elsewhere(lambda: block_resident(by=anna, other=bilal))
        for line in (bilals, here):
            refused = _message(talk, "Waarom?")
            await line.say(refused)
            answer = await line.hear("refused")
            assert (answer["code"], answer["key"]) == ("ended", refused["key"])
            assert answer["error"].endswith(".")
            await line.say({"type": "ping"})
            assert (await line.hear())["type"] == "pong"

        await elsewhere(lambda: unblock_resident(by=anna, other=bilal))
        await bilals.say(_message(talk, "Dank je"))
        assert (await here.hear("message"))["seq"] == 2

    play(story)


def test_end_of_an_account_closes_its_lines_at_once(
    play: Play, talk: Conversation, anna: Resident, run_jobs: RunJobs
) -> None:
    async def story(here: Line, there: Line, bilal: Line) -> None:
        await elsewhere(lambda: erase_resident(by=anna, resident=anna))
        await elsewhere(run_jobs)
        for tab in (here, there):
            assert await tab.code() == consumers.LOGGED_OUT
        await bilal.say({"type": "ping"})
        assert (await bilal.hear("pong"))["type"] == "pong"

    play(story)
