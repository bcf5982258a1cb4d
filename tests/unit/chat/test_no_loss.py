"""Whatever the order of sending, losing frames, retrying and asking again: both read the same, once, in one order."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurt.residents.models import Resident
from chat import access, pace, services
from chat.bodies import text_of
from chat.models import Conversation, Message, Participant
from tests.factories.chat import make_conversation
from tests.factories.posts import make_post

# (who acts, what happens): send; send and lose the answer; send again what got no answer; a frame gets lost;
# ask again from the last number without a gap; mark read.
ACTS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["send", "send_unheard", "retry", "drop", "resync", "read"])), max_size=25
)


@dataclass
class Page:
    """An open page: what it shows, the last number without a gap, and what it has not been told is stored."""

    resident: Resident
    shown: dict[int, str] = field(default_factory=dict)
    last: int = 0
    unsent: dict[UUID, str] = field(default_factory=dict)
    deaf: bool = False

    def hear(self, talk: Conversation, message: Message) -> None:
        """Take a live frame as the page does: only the next number is shown, any other one means asking."""
        if self.deaf:
            self.deaf = False
        elif message.seq == self.last + 1:
            self.shown[message.seq] = text_of(talk, message)
            self.last = message.seq
        elif message.seq > self.last:
            self.resync(talk)

    def resync(self, talk: Conversation) -> None:
        """Ask for everything after the last number without a gap."""
        found = access.messages_after(access.talk_for(self.resident, talk.public_id), self.last)
        for message in found:
            if message.seq > self.last:
                assert message.seq not in self.shown
                self.shown[message.seq] = text_of(talk, message)
                self.last = message.seq


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(acts=ACTS)
def test_nothing_is_lost_doubled_or_out_of_order(anna: Resident, bilal: Resident, acts: list[tuple[bool, str]]) -> None:
    pace.forget()  # the limit of messages a minute is not what this is about
    talk = make_conversation(post=make_post(author=anna), helper=bilal)
    pages = (Page(anna), Page(bilal))
    meant: list[str] = []

    def send(page: Page, key: UUID, text: str, *, answered: bool) -> None:
        before = Conversation.objects.get(pk=talk.pk).last_seq
        message = services.send_message(by=page.resident, conversation=talk, text=text, client_key=key)
        page.unsent[key] = text
        if message.seq > before:
            for other in pages:
                other.hear(talk, message)
        if answered:
            del page.unsent[key]

    for is_anna, what in acts:
        page = pages[0 if is_anna else 1]
        if what in {"send", "send_unheard"}:
            meant.append(f"{page.resident.display_name} {len(meant)}")
            send(page, uuid4(), meant[-1], answered=what == "send")
        elif what == "retry":
            for key, text in list(page.unsent.items()):
                send(page, key, text, answered=True)
        elif what == "drop":
            page.deaf = True
        elif what == "resync":
            page.resync(talk)
        else:
            services.mark_read(by=page.resident, conversation=talk, seq=page.last)
    for page in pages:
        page.resync(talk)
    _hold_together(talk, pages, meant)


def _hold_together(talk: Conversation, pages: tuple[Page, Page], meant: list[str]) -> None:
    one, other = pages
    assert one.shown == other.shown
    assert list(one.shown) == list(range(1, len(meant) + 1))
    assert sorted(one.shown.values()) == sorted(meant)
    for part in Participant.objects.filter(conversation=talk):
        assert part.read_seq <= len(meant)
