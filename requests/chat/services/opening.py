"""Opening a conversation: between who asks and one helper, or with the circle of a rota."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from buurt.ledger.sealing import new_sealed_key
from buurt.ledger.services import record
from buurt.residents.models import Block, Resident
from chat import errors
from chat.models import Conversation, Participant
from chat.services.talking import add_system_line, lock
from posts.models import Post


@transaction.atomic
def open_conversation(
    *, post: Post, helper: Resident, now: datetime | None = None, alone: bool = False
) -> Conversation:
    """Return the conversation between a post's author and one helper; opened once, and opened again after its end.

    The helpers of a rota (an ask with several slots, or a weekly one with several places) share one; `alone` gives a
    helper a talk of their own there too, as they get by themselves when they and somebody in the circle do not meet.
    """
    if helper.pk == post.author_id:
        raise errors.NotYoursToDoError
    now = now or timezone.now()
    if is_rota(post) and not alone:
        circle = _join_circle(post, helper, now=now)
        if circle is not None:
            return circle
    conversation, made = Conversation.objects.get_or_create(
        post=post, helper=helper, defaults={"sealed_key": new_sealed_key()}
    )
    if made:
        roles = ((post.author_id, Participant.Role.ASKER), (helper.pk, Participant.Role.HELPER))
        Participant.objects.bulk_create(
            [Participant(conversation=conversation, resident_id=person, role=role) for person, role in roles]
        )
        record("conversation_opened", conversation, by=helper, post_id=post.pk)
    elif Conversation.objects.filter(pk=conversation.pk, ended_at__isnull=False).update(ended_at=None):
        both = Participant.objects.filter(conversation=conversation, resident__in=[post.author_id, helper.pk])
        both.update(left_at=None)
        conversation.ended_at = None
        record("conversation_reopened", conversation, by=helper, post_id=post.pk)
    return conversation


def is_rota(post: Post) -> bool:
    """Say whether a circle of helpers fills an ask: it has several moments, or they take turns every week."""
    if not post.is_ask:
        return False
    places = list(post.slots.values_list("places", flat=True)[:2])
    return len(places) > 1 or (post.timing == Post.Timing.WEEKLY and sum(places) > 1)


def _join_circle(post: Post, helper: Resident, *, now: datetime) -> Conversation | None:
    """Return the circle's conversation with this helper in it; None when they and somebody there do not meet."""
    circle, made = Conversation.objects.get_or_create(
        post=post, kind=Conversation.Kind.CIRCLE, helper=None, defaults={"sealed_key": new_sealed_key()}
    )
    row = lock(circle)
    there = {part.resident_id: part for part in Participant.objects.filter(conversation=row)}
    mine = there.get(helper.pk)
    if mine is None or not mine.takes_part:
        others = [pk for pk, part in there.items() if part.takes_part and pk != post.author_id]
        if Block.objects.filter(Q(blocker=helper, blocked__in=others) | Q(blocked=helper, blocker__in=others)).exists():
            return None
    if made:
        Participant.objects.create(conversation=row, resident_id=post.author_id, role=Participant.Role.ASKER)
        record("conversation_opened", row, by=helper, post_id=post.pk)
    if row.ended_at is not None:
        Conversation.objects.filter(pk=row.pk).update(ended_at=None)
        Participant.objects.filter(conversation=row, resident=post.author_id).update(left_at=None)
    if mine is None or not mine.takes_part:
        # What the others said before was not said to this helper; the handover is for everybody.
        since = {"joined_seq": row.last_seq, "read_seq": row.last_seq, "told_seq": row.last_seq, "joined_at": now}
        Participant.objects.update_or_create(
            conversation=row,
            resident=helper,
            defaults={**since, "role": Participant.Role.HELPER, "left_at": None},
        )
        add_system_line(conversation=row, name="circle_joined", now=now, who=helper.pk)
    return Conversation.objects.get(pk=row.pk)
