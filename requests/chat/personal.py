"""What this room keeps about a person: their conversations. Export shows them; erasure empties their own words."""

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy

from buurt.ledger.services import record
from buurt.residents.models import Resident
from buurt.residents.registry import PersonalData, register_personal_data, register_retention
from chat.access import LIVE_APPOINTMENTS, Talk, others_in
from chat.bodies import opened
from chat.models import Appointment, Conversation, GuestInvite, Manners, Message, Participant, Thanks, Turn
from chat.services.manners import manners_of
from chat.shown import items_of

BATCH = 500


def export_conversations(resident: Resident) -> list[dict[str, Any]]:
    """Return every conversation the person can read, as they see it there."""
    parts = list(
        Participant.objects.filter(resident=resident, left_at=None).select_related(
            "conversation__post", "resident__talk_manners"
        )
    )
    others = others_in(resident, parts)
    return [
        _exported(Talk(part.conversation, part, others.get(part.conversation_id, []), apart=False)) for part in parts
    ]


def _exported(talk: Talk) -> dict[str, Any]:
    now = timezone.now()
    messages = list(Message.objects.filter(conversation=talk.conversation, seq__gt=talk.me.joined_seq).order_by("seq"))
    moments = {message.seq: message.created_at.isoformat() for message in messages}
    return {
        "about": talk.conversation.post.title,
        "with": [str(other.resident) for other in talk.others],
        "messages": [
            {"at": moments[item.seq], "by_you": item.own, "name": item.sender, "text": item.hidden_words or item.text}
            for item in items_of(talk, messages, now=now)
            if item.seq
        ],
        "appointments": [
            {
                "at": one.starts_at.isoformat() if one.starts_at else None,
                "state": one.state,
                "where": opened(talk.conversation, one.place),
                "note": opened(talk.conversation, one.note),
            }
            for one in _appointments(talk)
        ],
        "thanks": [opened(talk.conversation, one.body) for one in _thanks(talk)],
        "your_dates": [
            day.isoformat()
            for day in talk.conversation.turns.filter(helper=talk.me.resident_id)
            .order_by("day")
            .values_list("day", flat=True)
        ],
        "handover": opened(talk.conversation, talk.conversation.handover) if talk.me.is_party else "",
    }


def _own_places(talk: Talk) -> Q:
    """Return which places of a conversation concern this person: of who asks all, of a helper their own, else none."""
    if not talk.me.is_party:
        return Q(pk__in=[])
    return Q(engagement__helper=talk.me.resident_id) if talk.me.role == Participant.Role.HELPER else Q()


def _appointments(talk: Talk) -> QuerySet[Appointment]:
    return Appointment.objects.filter(_own_places(talk), conversation=talk.conversation).order_by("pk")


def _thanks(talk: Talk) -> QuerySet[Thanks]:
    return Thanks.objects.filter(_own_places(talk), conversation=talk.conversation).order_by("pk")


def erase_conversations(resident: Resident) -> None:
    """Empty the person's own words and take them out of every conversation; others keep their own words.

    A talk of two is closed; a circle or a talk where they were a guest goes on without them.
    """
    now = timezone.now()
    mine = Conversation.objects.filter(participants__resident=resident)
    keys = list(mine.values_list("pk", flat=True))
    own = Message.objects.filter(conversation__in=keys, sender=resident)
    own.update(kind=Message.Kind.ERASED, body=b"", client_key=None)
    Appointment.objects.filter(conversation__in=keys, proposed_by=resident).update(note=None, place=None)
    parts = Participant.objects.filter(resident=resident)
    of_two = Q(role=Participant.Role.HELPER, conversation__kind=Conversation.Kind.PAIR)
    ends = list(parts.filter(Q(role=Participant.Role.ASKER) | of_two).values_list("conversation_id", flat=True))
    mine_to_end = Q(conversation__in=ends) | Q(engagement__helper=resident)
    Appointment.objects.filter(mine_to_end, state__in=LIVE_APPOINTMENTS).update(state=Appointment.State.CANCELLED)
    _thanks_by(resident, keys).update(body=b"")
    Turn.objects.filter(helper=resident).delete()
    Conversation.objects.filter(pk__in=keys, handover_by=resident).update(handover=None)
    GuestInvite.objects.filter(Q(invited_by=resident) | Q(guest=resident), used_at=None).update(withdrawn_at=now)
    parts.filter(left_at=None).update(left_at=now)
    Conversation.objects.filter(pk__in=ends, ended_at=None).update(ended_at=now)
    record("conversations_erased", resident, by=None, count=len(keys))


def _thanks_by(resident: Resident, conversations: list[int]) -> Any:
    """Return the thanks this person wrote: the author of an ask, or the one who took up an offer."""
    wrote = Q(conversation__post__kind="ask", conversation__post__author=resident) | Q(
        conversation__post__kind="offer", engagement__helper=resident
    )
    keys = Thanks.objects.filter(wrote, conversation__in=conversations).values_list("pk", flat=True)
    return Thanks.objects.filter(pk__in=list(keys))


@transaction.atomic
def forget_conversations(edge: datetime) -> int:
    """Remove conversations without a message since this moment, with everything in them."""
    quiet = Conversation.objects.annotate(last=Coalesce("last_message_at", "created_at")).filter(last__lt=edge)
    keys = list(quiet.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for model in (Thanks, Turn, Appointment, Message, Participant, GuestInvite):
        model._default_manager.filter(conversation__in=keys).delete()
    return Conversation.objects.filter(pk__in=keys).delete()[0]


def export_manners(resident: Resident) -> dict[str, bool]:
    """Return what the person lets others see in conversations."""
    kept = manners_of(resident)
    return {"shows_reading": kept.shows_reading, "shows_typing": kept.shows_typing}


def erase_manners(resident: Resident) -> None:
    """Forget what the person chose."""
    Manners.objects.filter(resident=resident).delete()


def register() -> None:
    """Register what this room keeps about people."""
    label = cast(str, gettext_lazy("Gesprekken"))
    register_retention("conversations", forget_conversations)
    register_personal_data("conversations", PersonalData(label, export_conversations, erase_conversations))
    manners = cast(str, gettext_lazy("Wat je in gesprekken laat zien"))
    register_personal_data("manners", PersonalData(manners, export_manners, erase_manners))
