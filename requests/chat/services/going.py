"""On the way: said once, shortly before the moment, and heard at once by who waits."""

from datetime import datetime
from functools import partial
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from buurt.ledger.clocks import span
from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors, events
from chat.models import Appointment, Conversation, Message
from chat.services.ground import agreed_on, ground_of
from chat.services.talking import add_system_line
from posts.models import Engagement

HOURS_BEFORE, HOURS_AFTER = 3, 1


def may_be_on_the_way(agreed: Appointment | None, *, now: datetime) -> bool:
    """Say whether the agreed moment is so near that somebody can be on the way to it."""
    if agreed is None or agreed.starts_at is None:
        return False
    return agreed.starts_at - span(hours=HOURS_BEFORE) <= now <= agreed.starts_at + span(hours=HOURS_AFTER)


def may_say_on_the_way(agreed: Appointment | None, resident_id: int, *, now: datetime) -> bool:
    """Say whether this person may say it now, and did not yet. Asks the database only when it is nearly time."""
    return agreed is not None and may_be_on_the_way(agreed, now=now) and not has_said(agreed, resident_id)


def has_said(agreed: Appointment, resident_id: int) -> bool:
    """Say whether this person said to be on the way to it."""
    once = _once(agreed, resident_id)
    return Message.objects.filter(conversation=agreed.conversation_id, sender=None, client_key=once).exists()


def _once(agreed: Appointment, resident_id: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"chat:on_the_way:{agreed.pk}:{resident_id}")


@transaction.atomic
def say_on_the_way(
    *, by: Resident, conversation: Conversation, engagement_id: int | None = None, now: datetime | None = None
) -> bool:
    """Say that one is on the way; False when this person said so already. Raises NoPlaceError when it is not time."""
    now = now or timezone.now()
    ground = ground_of(by, conversation, engagement_id)
    agreed = agreed_on(ground.engagement)
    if ground.engagement.state != Engagement.State.AGREED or not may_be_on_the_way(agreed, now=now) or agreed is None:
        raise errors.NoPlaceError
    row = ground.conversation
    if has_said(agreed, by.pk):
        return False
    record("on_the_way", agreed, by=by, conversation_id=row.pk)
    add_system_line(conversation=row, name="on_the_way", now=now, once=_once(agreed, by.pk), who=by.pk)
    transaction.on_commit(
        partial(events.on_the_way.send_robust, sender=Appointment, appointment_id=agreed.pk, resident_id=by.pk)
    )
    return True
