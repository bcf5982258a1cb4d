"""Conversations with sealed messages, appointments. Rows only: nobody is told."""

from datetime import datetime, timedelta

from django.utils import timezone

from buurt.ledger.sealing import new_sealed_key, seal
from buurt.residents.models import Resident
from chat.models import Appointment, Conversation, Message, Participant
from posts.models import Engagement, Post


def make_conversation(*, post: Post, helper: Resident) -> Conversation:
    """Make the talk between a post's author and a helper."""
    conversation = Conversation.objects.create(post=post, helper=helper, sealed_key=new_sealed_key())
    Participant.objects.bulk_create(
        [
            Participant(conversation=conversation, resident=post.author, role=Participant.Role.ASKER),
            Participant(conversation=conversation, resident=helper, role=Participant.Role.HELPER),
        ]
    )
    return conversation


def make_circle(*, post: Post, helpers: list[Resident]) -> Conversation:
    """Make the talk that a post's author and several helpers share from its beginning."""
    circle = Conversation.objects.create(post=post, kind=Conversation.Kind.CIRCLE, sealed_key=new_sealed_key())
    roles = [(post.author, Participant.Role.ASKER), *((helper, Participant.Role.HELPER) for helper in helpers)]
    Participant.objects.bulk_create(
        [Participant(conversation=circle, resident=person, role=role) for person, role in roles]
    )
    return circle


def make_message(
    *,
    conversation: Conversation,
    sender: Resident,
    text: str = "Goedemiddag, hoe laat zal ik er zijn?",
    created_at: datetime | None = None,
) -> Message:
    """Add a message under the next number."""
    conversation.last_seq += 1
    conversation.last_message_at = created_at or timezone.now()
    conversation.save(update_fields=["last_seq", "last_message_at"])
    return Message.objects.create(
        conversation=conversation,
        seq=conversation.last_seq,
        sender=sender,
        body=seal(bytes(conversation.sealed_key), text, place=conversation.public_id),
        created_at=conversation.last_message_at,
    )


def make_appointment(
    *,
    conversation: Conversation,
    engagement: Engagement,
    proposed_by: Resident,
    state: str = Appointment.State.PROPOSED,
    starts_at: datetime | None = None,
) -> Appointment:
    """Make an appointment, two days from now unless said otherwise."""
    now = timezone.now()
    return Appointment.objects.create(
        conversation=conversation,
        engagement=engagement,
        proposed_by=proposed_by,
        state=state,
        starts_at=starts_at or now + timedelta(days=2),
        agreed_at=now if state == Appointment.State.AGREED else None,
    )
