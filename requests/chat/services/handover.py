"""The handover of a circle: what the next helper should know, in one place that everybody here may change."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors
from chat.bodies import cleaned, opened, sealed
from chat.models import Conversation, Participant
from chat.services.talking import add_system_line, lock, people_in
from posts.wording.clean import clean_text

MAX_HANDOVER = 1_000


@transaction.atomic
def write_handover(
    *, by: Resident, conversation: Conversation, text: str, seen: str, now: datetime | None = None
) -> bool:
    """Replace the handover; empty words clear it. False when it says so already.

    `seen` is what the writer had before them: when somebody else changed it meanwhile ChangedMeanwhileError is
    raised, so that nobody's words are lost unseen.
    """
    words = cleaned(text, limit=MAX_HANDOVER) if text.strip() else ""
    row = lock(conversation)
    people_in(row, by)
    part = Participant.objects.get(conversation=row, resident=by)
    if row.kind != Conversation.Kind.CIRCLE or not part.is_party:
        raise errors.NotYoursToDoError
    if row.ended_at is not None:
        raise errors.EndedError
    stands = opened(row, row.handover)
    if stands == words:
        return False
    if stands != clean_text(seen, limit=MAX_HANDOVER):
        raise errors.ChangedMeanwhileError
    now = now or timezone.now()
    Conversation.objects.filter(pk=row.pk).update(
        handover=sealed(row, words) if words else None, handover_by=by, handover_at=now
    )
    record("handover_written", row, by=by)
    add_system_line(conversation=row, name="handover", now=now, who=by.pk)
    return True
