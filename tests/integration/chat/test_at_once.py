"""Several people, several connections, at the same time: numbers stay whole and one act wins."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat import services
from chat.bodies import text_of
from chat.errors import ChatError
from chat.models import Appointment, Conversation, Message, Participant
from posts.models import Engagement, Slot
from tests.factories.posts import make_post
from tests.factories.residents import make_resident

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act on a thread and connection of its own; a refusal is an answer."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except ChatError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture(autouse=True)
def _connections_closed() -> Iterator[None]:
    yield
    connections.close_all()


def test_messages_of_two_get_every_number_once(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    def write(person: Resident) -> Callable[[], object]:
        def act() -> None:
            for number in range(10):
                services.send_message(by=person, conversation=talk, text=f"{person.display_name} {number}")

        return act

    answers = _at_once(write(anna), write(bilal))

    assert answers == [None, None]
    rows = list(Message.objects.filter(conversation=talk))
    assert [row.seq for row in rows] == list(range(1, 21))
    for person in (anna, bilal):
        own = [text_of(talk, row) for row in rows if row.sender_id == person.pk]
        assert own == [f"{person.display_name} {number}" for number in range(10)]


def test_same_message_on_two_roads_is_stored_once(talk: Conversation, anna: Resident) -> None:
    key = uuid4()

    def act() -> int:
        return services.send_message(by=anna, conversation=talk, text="hoi", client_key=key).seq

    assert _at_once(act, act, act) == [1, 1, 1]
    assert Message.objects.count() == 1


def test_agreeing_and_cancelling_at_once_leaves_one_truth(
    talk: Conversation, place: Engagement, anna: Resident, bilal: Resident
) -> None:
    proposed = services.propose_appointment(by=bilal, conversation=talk, starts_at=timezone.now() + timedelta(days=2))

    _at_once(
        lambda: services.agree_appointment(by=anna, appointment=proposed),
        lambda: services.cancel_appointment(by=bilal, conversation=talk),
        lambda: services.decline_kindly(by=anna, conversation=talk),
    )

    place.refresh_from_db()
    proposed.refresh_from_db()
    assert place.state == Engagement.State.CANCELLED
    assert proposed.state == Appointment.State.CANCELLED
    assert Slot.objects.get(pk=place.slot_id).taken == 0
    assert sorted(Message.objects.values_list("seq", flat=True)) == list(range(1, Message.objects.count() + 1))


def test_both_agreeing_without_a_moment_is_one_agreement(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    answers = _at_once(
        lambda: services.agree(by=anna, conversation=talk), lambda: services.agree(by=bilal, conversation=talk)
    )

    assert sorted(map(str, answers)) == ["False", "True"]
    assert Appointment.objects.count() == 1


def test_one_link_lets_one_in(talk: Conversation, zaanstad: Community, anna: Resident) -> None:
    invite = services.invite_guest(by=anna, conversation=talk)
    three = [
        make_resident(community=zaanstad, name=f"Gast {one}", email=f"gast{one}@example.org", postcode="1506")
        for one in range(3)
    ]

    def take(person: Resident) -> Callable[[], object]:
        return lambda: services.join_as_guest(by=person, invite=invite)

    answers = _at_once(*(take(person) for person in three))

    assert sorted(type(one).__name__ for one in answers) == ["Conversation", "InviteGoneError", "InviteGoneError"]
    assert Participant.objects.filter(role=Participant.Role.GUEST).count() == 1


def test_two_yeses_to_a_rota_make_one_circle(anna: Resident, bilal: Resident, zaanstad: Community) -> None:
    els = make_resident(community=zaanstad, name="Els", email="els@example.org", postcode="1561")
    rota = make_post(author=anna, title="Eten op twee avonden")
    Slot.objects.create(post=rota, starts_at=timezone.now() + timedelta(days=1))

    def say_yes(person: Resident) -> Callable[[], object]:
        return lambda: services.open_conversation(post=rota, helper=person).pk

    answers = _at_once(say_yes(bilal), say_yes(els), say_yes(bilal))

    assert len(set(map(str, answers))) == 1
    circle = Conversation.objects.get()
    assert set(circle.participants.values_list("resident", flat=True)) == {anna.pk, bilal.pk, els.pk}
