"""Whatever happens in whatever order: nobody reads a word from before they came or from after they went."""

from random import Random

import pytest
from django.http import Http404

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat import errors, services
from chat.access import messages_after, messages_before, messages_named, talk_for
from chat.bodies import text_of
from chat.models import Conversation, Message
from chat.personal import export_conversations
from tests.factories.residents import make_resident

STEPS = 30


@pytest.mark.parametrize("seed", range(4))
def test_everybody_reads_exactly_what_was_said_while_they_were_there(
    seed: int, zaanstad: Community, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    draw = Random(seed)
    guests = [
        make_resident(community=zaanstad, name=f"Gast {one}", email=f"gast{one}@example.org", postcode="1506")
        for one in range(3)
    ]
    here: set[Resident] = {anna, bilal}
    heard: dict[Resident, list[str]] = {person: [] for person in (anna, bilal, *guests)}
    for step in range(STEPS):
        guest = draw.choice(guests)
        match draw.choice(("say", "say", "say", "come", "go", "leave")):
            case "come" if guest not in here:
                services.join_as_guest(by=guest, invite=services.invite_guest(by=anna, conversation=talk))
                here.add(guest)
                heard[guest] = []  # coming back begins anew
            case "go" if guest in here:
                services.let_guest_go(by=anna, conversation=talk, guest=guest)
                here.discard(guest)
            case "leave" if guest in here:
                services.leave(by=guest, conversation=talk)
                here.discard(guest)
            case _:
                speaker = draw.choice(sorted(here, key=lambda one: one.pk))
                services.send_message(by=speaker, conversation=talk, text=f"woord {step}.")
                for person in here:
                    heard[person].append(f"woord {step}.")
        for person, words in heard.items():
            assert _reads(person, talk) == (words if person in here else None)


def _reads(person: Resident, talk: Conversation) -> list[str] | None:
    """Return what somebody reads, the same by every road; None for whom the conversation does not exist."""
    try:
        theirs = talk_for(person, talk.public_id)
    except Http404:
        assert export_conversations(person) == []
        with pytest.raises(errors.NotTakingPartError):
            services.send_message(by=person, conversation=talk, text="laat mij erin")
        return None
    every = range(1, theirs.conversation.last_seq + 1)
    roads = [messages_before(theirs, None)[0], messages_after(theirs, 0), messages_named(theirs, every)]
    read = [[text_of(talk, one) for one in road if one.kind == Message.Kind.TEXT] for road in roads]
    exported = [one["text"] for one in export_conversations(person)[0]["messages"] if one["text"].startswith("woord ")]
    assert read[0] == read[1] == read[2] == exported
    return read[0]
