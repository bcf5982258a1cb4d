"""Who hears that somebody types: nobody any more from the moment of a block, or from when they went."""

from collections.abc import Awaitable, Callable

import pytest
from django.conf import settings

from buurt.communities.models import Community
from buurt.residents.models import Resident
from buurt.residents.services import block_resident
from chat import services
from chat.models import Conversation
from tests.conftest import ClientFor, RunJobs
from tests.factories.residents import make_resident
from tests.unit.chat.line import Line, elsewhere, run

pytestmark = pytest.mark.django_db(transaction=True)

Story = Callable[["Line", "Line"], Awaitable[None]]


def _play(client_for: ClientFor, people: tuple[Resident, Resident], story: Story) -> None:
    cookies = [str(client_for(one).cookies[settings.SESSION_COOKIE_NAME].value) for one in people]

    async def played() -> None:
        lines = [Line(cookie) for cookie in cookies]
        for line in lines:
            await line.open()
        await story(*lines)
        for line in lines:
            await line.close()

    run(played())


async def _types(line: Line, talk: Conversation) -> None:
    """Type, and wait until that is dealt with."""
    await line.say({"type": "typing", "conversation": talk.public_id})
    await line.say({"type": "ping"})
    await line.hear("pong")


def test_block_ends_typing_both_ways_at_once(
    client_for: ClientFor, talk: Conversation, anna: Resident, bilal: Resident, run_jobs: RunJobs
) -> None:
    async def story(hers: Line, his: Line) -> None:
        for one, other in ((hers, his), (his, hers)):
            await _types(one, talk)
            await other.hear("typing")

        await elsewhere(lambda: block_resident(by=anna, other=bilal))
        await elsewhere(run_jobs)
        for line in (hers, his):
            while not await line.is_silent():
                pass  # whatever a block brings besides
        for one, other in ((hers, his), (his, hers)):
            await _types(one, talk)
            assert await other.is_silent()

    _play(client_for, (anna, bilal), story)


def test_guest_who_went_hears_no_typing(
    client_for: ClientFor, zaanstad: Community, talk: Conversation, anna: Resident
) -> None:
    guest = make_resident(community=zaanstad, name="Dounia", email="dounia@example.org", postcode="1506")
    services.join_as_guest(by=guest, invite=services.invite_guest(by=anna, conversation=talk))

    async def story(hers: Line, theirs: Line) -> None:
        await _types(hers, talk)
        await theirs.hear("typing")

        await elsewhere(lambda: services.let_guest_go(by=anna, conversation=talk, guest=guest))
        await hers.hear("message")
        await _types(hers, talk)
        assert await theirs.is_silent()

    _play(client_for, (anna, guest), story)
