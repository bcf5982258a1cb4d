"""Afterwards: did it happen, and a private word of thanks."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents.models import Resident
from chat import errors
from chat.bodies import cleaned, opened, sealed
from chat.events import thanks_given
from chat.frames import tell_after_commit
from chat.models import Conversation, Thanks
from chat.services.ground import ground_of
from chat.services.talking import add_system_line
from posts import services as places
from posts.models import Engagement

MAX_THANKS = 300
AGREED_ONCE = (Engagement.State.AGREED, Engagement.State.DONE, Engagement.State.NOT_DONE)


@transaction.atomic
def record_outcome(
    *,
    by: Resident,
    conversation: Conversation,
    says: str,
    engagement_id: int | None = None,
    now: datetime | None = None,
) -> bool:
    """Note what this person says about how it went. False when it changes nothing, or nothing was agreed."""
    ground = ground_of(by, conversation, engagement_id)
    if says not in Engagement.Outcome.values or ground.engagement.state not in AGREED_ONCE:
        raise errors.NoPlaceError
    now = now or timezone.now()
    if not places.record_outcome(by=ground.actor, engagement=ground.engagement, says=says, now=now):
        return False
    add_system_line(conversation=ground.conversation, name="outcome", now=now, who=by.pk, says=says)
    return True


@transaction.atomic
def give_thanks(
    *,
    by: Resident,
    conversation: Conversation,
    text: str,
    engagement_id: int | None = None,
    now: datetime | None = None,
) -> Thanks:
    """Thank the one who helped, once, in words that only they see."""
    words = cleaned(text, limit=MAX_THANKS)
    ground = ground_of(by, conversation, engagement_id)
    post = ground.engagement.slot.post
    if (ground.actor.pk == post.author_id) != post.is_ask:
        raise errors.NotYoursToDoError
    row = ground.conversation
    earlier = Thanks.objects.filter(engagement=ground.engagement).first()
    if earlier is not None and opened(row, earlier.body) == words:
        return earlier  # the form was sent twice
    if ground.engagement.state not in AGREED_ONCE or earlier is not None:
        raise errors.NoPlaceError
    thanks = Thanks.objects.create(engagement=ground.engagement, conversation=row, body=sealed(row, words))
    record("thanks_given", ground.engagement, by=by, conversation_id=row.pk)
    if row.kind == Conversation.Kind.CIRCLE:
        # The others in a circle need not know who was thanked and who was not.
        tell_after_commit([by.pk, ground.engagement.helper_id], {"type": "resync"})
    else:
        add_system_line(conversation=row, name="thanks", now=now, who=by.pk)
    transaction.on_commit(partial(thanks_given.send_robust, sender=Thanks, engagement_id=ground.engagement.pk))
    return thanks
