"""The letters of this room. None of them carries a word of what was said: only that there is something to read."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.residents.letters import Action, Facts, Letter, LetterKind, register_letter
from buurt.residents.models import Resident
from chat.invites import path_for
from chat.letter_parts import reason_of, way_into
from chat.meeting_letters import meeting_kinds
from chat.models import GuestInvite, Message, Participant, Thanks
from chat.turn_letters import turn_kind
from posts.naming import glance_of

# -- somebody wrote -----------------------------------------------------------------------------------------------


def _unread(facts: Facts) -> Participant | None:
    """Return the part of whoever this letter is for, when it still waits unread."""
    # Whom to tell is decided by the sweep (services.tell_of_unread); without a name nobody is written to.
    part = (
        Participant.objects.filter(
            conversation=facts["conversation"], resident=facts.get("resident"), left_at=None, muted=False
        )
        .select_related("conversation__post__area", "resident")
        .first()
    )
    waits = part is not None and part.read_seq < part.conversation.last_seq and part.conversation.ended_at is None
    return part if waits else None


def _message_to(facts: Facts) -> list[Resident]:
    part = _unread(facts)
    return [part.resident] if part else []


def _message(resident: Resident, facts: Facts) -> Letter | None:
    part = _unread(facts)
    if part is None or part.resident_id != resident.pk:
        return None
    conversation = part.conversation
    words = Message.objects.filter(conversation=conversation, seq__gt=part.read_seq, kind=Message.Kind.TEXT)
    newest = words.exclude(sender=resident).select_related("sender").last()
    if newest is None:
        return None
    name = str(newest.sender)
    return Letter(
        subject=_("%(name)s stuurde je een bericht") % {"name": name},
        lines=(
            _("Er staat een nieuw bericht voor je klaar. Wat erin staat, lees je alleen op Buurt."),
            _("Je krijgt geen nieuwe mail over dit gesprek tot je het gelezen hebt."),
        ),
        actions=(way_into(conversation, _("Lees het bericht")),),
        reason=reason_of(conversation),
        glance=glance_of(conversation.post),
    )


# -- thanks -------------------------------------------------------------------------------------------------------


def _thanks_of(facts: Facts) -> Thanks | None:
    rows = Thanks.objects.filter(engagement=facts["engagement"])
    return rows.select_related("conversation__post__author", "conversation__post__area", "engagement__helper").first()


def _who_helped(facts: Facts) -> list[Resident]:
    thanks = _thanks_of(facts)
    if thanks is None:
        return []
    post = thanks.conversation.post
    return [thanks.engagement.helper if post.is_ask else post.author]


def _thanked_by(thanks: Thanks) -> str:
    post = thanks.conversation.post
    return str(post.author if post.is_ask else thanks.engagement.helper)


def _thanks(resident: Resident, facts: Facts) -> Letter | None:
    thanks = _thanks_of(facts)
    if thanks is None:
        return None
    conversation = thanks.conversation
    return Letter(
        subject=_("%(name)s bedankt je") % {"name": _thanked_by(thanks)},
        lines=(_("Er staat een persoonlijk bedankje voor je klaar."),),
        actions=(way_into(conversation, _("Lees het bedankje"), "afspraak"),),
        reason=reason_of(conversation),
        glance=glance_of(conversation.post),
    )


# -- somebody is asked along -------------------------------------------------------------------------------------


def _invite(facts: Facts) -> GuestInvite | None:
    rows = GuestInvite.objects.filter(pk=facts["invite"], used_at=None, withdrawn_at=None, guest__isnull=False)
    return (
        rows.filter(expires_at__gt=timezone.now()).select_related("conversation__post", "invited_by", "guest").first()
    )


def _the_guest(facts: Facts) -> list[Resident]:
    invite = _invite(facts)
    return [invite.guest] if invite is not None and invite.guest is not None else []


def _guest_invited(resident: Resident, facts: Facts) -> Letter | None:
    invite = _invite(facts)
    if invite is None or invite.guest_id != resident.pk:
        return None
    return Letter(
        subject=_("%(name)s vraagt je erbij in een gesprek") % {"name": invite.invited_by},
        lines=(
            _("Doe je mee? Dan lees je wat er vanaf dat moment geschreven wordt."),
            _("Iedereen in het gesprek ziet dat je meedoet."),
        ),
        actions=(Action(_("Bekijk de uitnodiging"), path_for(invite), "main"),),
        reason=_("Je krijgt dit omdat je bij het buurtteam hoort."),
    )


def register() -> None:
    """Make the letters of this room known."""
    kinds = (
        LetterKind("message", gettext_lazy("Nieuw bericht"), _message_to, _message, family="talk", urgency="high"),
        LetterKind("guest_invited", gettext_lazy("Gevraagd in een gesprek"), _the_guest, _guest_invited, family="talk"),
        LetterKind("thanks", gettext_lazy("Bedankje"), _who_helped, _thanks, family="talk", urgency="low"),
    )
    for kind in (*kinds, *meeting_kinds(), turn_kind()):
        register_letter(kind)
