"""What a block means in the conversations of the two: nothing more reaches the other, at once, on open pages too."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat.frames import tell_after_commit
from chat.models import Conversation, Participant
from chat.services.giving_back import cancel_appointment
from chat.services.opening import open_conversation
from chat.services.talking import add_system_line, lock
from posts.models import Engagement
from posts.moves import LIVE


def part_people(*, by: Resident, other: Resident, now: datetime | None = None) -> int:
    """Part two people who share conversations; returns how many were touched. Safe to run twice.

    A place they reserved or agreed is given back, so that nobody stands before a closed door: the other hears that
    it is off, as after any cancellation, and nothing of the block. A guest goes; in a circle of helpers the one who
    blocked goes on alone with who asks. Open pages look again, so that the box to write in closes.
    """
    now = now or timezone.now()
    both = Conversation.objects.filter(participants__resident=by, participants__left_at=None)
    shared = list(Conversation.objects.filter(pk__in=both).filter(participants__resident=other).order_by("pk"))
    for conversation in shared:
        parts = {one.resident_id: one for one in Participant.objects.filter(conversation=conversation, left_at=None)}
        if by.pk in parts and other.pk in parts:
            _part_in(conversation, parts, by=by, other=other, now=now)
        tell_after_commit([by.pk, other.pk], {"type": "resync"})
    return len(shared)


@transaction.atomic
def _part_in(
    conversation: Conversation, parts: dict[int, Participant], *, by: Resident, other: Resident, now: datetime
) -> None:
    guest = next((one for one in (parts[by.pk], parts[other.pk]) if not one.is_party), None)
    helpers = [one for one in (parts[by.pk], parts[other.pk]) if one.role == Participant.Role.HELPER]
    if guest is not None:
        _take_out(guest, line="guest_gone", now=now)
    elif len(helpers) == 2:
        _take_out(parts[by.pk], line="left", now=now)
        open_conversation(post=conversation.post, helper=by, now=now, alone=True)
    else:
        live = Engagement.objects.filter(slot__post=conversation.post_id, helper__in=[by, other], state__in=LIVE)
        for engagement in live:
            cancel_appointment(by=by, conversation=conversation, engagement_id=engagement.pk, now=now)
    record("people_parted", conversation, by=by)


def _take_out(part: Participant, *, line: str, now: datetime) -> None:
    row = lock(part.conversation)
    if Participant.objects.filter(pk=part.pk, left_at=None).update(left_at=now):
        add_system_line(conversation=row, name=line, now=now, who=part.resident_id)
