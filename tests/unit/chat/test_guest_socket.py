"""A guest's socket: nothing before they come in, everything while they are in, nothing after they go."""

from collections.abc import Callable

import pytest
from django.conf import settings

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat import services
from chat.models import Conversation
from tests.conftest import ClientFor
from tests.factories.residents import make_resident
from tests.unit.chat.line import Line, elsewhere, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_socket_of_a_guest_hears_from_when_to_when(
    client_for: ClientFor, zaanstad: Community, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    guest = make_resident(community=zaanstad, name="Dounia", email="dounia@example.org", postcode="1506")
    invite = services.invite_guest(by=anna, conversation=talk)
    cookie = str(client_for(guest).cookies[settings.SESSION_COOKIE_NAME].value)

    def say(text: str) -> Callable[[], object]:
        return lambda: services.send_message(by=bilal, conversation=talk, text=text)

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        await elsewhere(say("voor de gast"))
        while not await line.is_silent():  # with Redis a page is told to look again when the line is new
            assert (await line.hear())["type"] == "resync"

        await elsewhere(lambda: services.join_as_guest(by=guest, invite=invite))
        joined = await line.hear("message")
        assert "text" not in joined  # the page asks for the words of a system line
        await elsewhere(say("met de gast"))
        assert (await line.hear("message"))["text"] == "met de gast"

        await elsewhere(lambda: services.let_guest_go(by=anna, conversation=talk, guest=guest))
        await elsewhere(say("na de gast"))
        while not await line.is_silent():
            heard = await line.hear()
            assert "na de gast" not in str(heard)
            assert heard["type"] != "message"
        await line.close()

    run(story())
