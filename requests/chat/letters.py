"""The letters of this room. None of them carries a word of what was said: only that there is something to read."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.when import spoken_moment
from buurt.residents.letters import Action, Facts, Letter, LetterKind, register_letter
from buurt.residents.models import Resident
from chat.invites import path_for
from chat.models import Appointment, Conversation, GuestInvite, Message, Participant, Thanks
from posts.models import Engagement
from posts.naming import glance_of, title_for_everybody


def _open(conversation: Conversation, label: str, anchor: str = "laatste") -> Action:
    path = reverse("chat:conversation", args=[conversation.public_id])
    return Action(label, f"{path}#{anchor}", "main")


def _reason(conversation: Conversation) -> str:
    return _("Je krijgt dit omdat je een gesprek hebt over: %(title)s") % {
        "title": title_for_everybody(conversation.post)
    }


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
        actions=(_open(conversation, _("Lees het bericht")),),
        reason=_reason(conversation),
        glance=glance_of(conversation.post),
    )


# -- what they agree ----------------------------------------------------------------------------------------------


def _appointment(facts: Facts) -> Appointment | None:
    return (
        Appointment.objects.filter(pk=facts["appointment"])
        .select_related("conversation__post__author", "conversation__post__area", "engagement__helper", "proposed_by")
        .first()
    )


def _both(facts: Facts) -> list[Resident]:
    appointment = _appointment(facts)
    if appointment is None:
        return []
    rows = Participant.objects.filter(conversation=appointment.conversation_id, left_at=None).filter(
        Q(role__in=[Participant.Role.ASKER, Participant.Role.PROXY]) | Q(resident=appointment.engagement.helper_id)
    )
    return [row.resident for row in rows.select_related("resident").order_by("pk")]


def _the_other(facts: Facts) -> list[Resident]:
    appointment = _appointment(facts)
    if appointment is None:
        return []
    helper_id = appointment.engagement.helper_id
    by_helper = appointment.proposed_by_id == helper_id
    return [one for one in _both(facts) if (one.pk == helper_id) != by_helper]


def _facts_of(appointment: Appointment, resident: Resident) -> dict[str, str]:
    """Return the other side's name and the moment in words."""
    when = spoken_moment(appointment.starts_at, timezone.now()) if appointment.starts_at else ""
    helper, author = appointment.engagement.helper, appointment.conversation.post.author
    return {"name": str(author if resident.pk == helper.pk else helper), "when": when}


def _proposed(resident: Resident, facts: Facts) -> Letter | None:
    appointment = _appointment(facts)
    if appointment is None or appointment.state != Appointment.State.PROPOSED:
        return None
    words = _facts_of(appointment, resident)
    return Letter(
        subject=_("Past dit? %(when)s") % words,
        lines=(_("%(name)s stelt een moment voor: %(when)s.") % words,),
        actions=(_open(appointment.conversation, _("Kijk en antwoord"), "afspraak"),),
        reason=_reason(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
    )


def _agreed(resident: Resident, facts: Facts) -> Letter | None:
    appointment = _appointment(facts)
    if appointment is None or appointment.state != Appointment.State.AGREED:
        return None
    words = _facts_of(appointment, resident)
    path = reverse("chat:calendar", args=[appointment.conversation.public_id])
    calendar = (Action(_("In mijn agenda"), path),) if words["when"] else ()
    lines = [_("Je hebt met %(name)s afgesproken.") % words]
    if words["when"]:
        lines.append(_("Wanneer: %(when)s.") % words)
    lines.append(_("In het gesprek staat jullie deurwoord. Vraag ernaar aan de deur."))
    return Letter(
        subject=_("Afgesproken: %(when)s") % words if words["when"] else _("Afgesproken met %(name)s") % words,
        lines=tuple(lines),
        actions=(_open(appointment.conversation, _("Open het gesprek"), "afspraak"), *calendar),
        reason=_reason(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
    )


def _cancelled(resident: Resident, facts: Facts) -> Letter | None:
    appointment = _appointment(facts)
    if appointment is None or appointment.state != Appointment.State.CANCELLED:
        return None
    words = _facts_of(appointment, resident)
    return Letter(
        subject=_("Afgezegd: %(when)s") % words if words["when"] else _("Afgezegd: je afspraak met %(name)s") % words,
        lines=(_("Je afspraak met %(name)s gaat niet door.") % words,),
        actions=(_open(appointment.conversation, _("Open het gesprek")),),
        reason=_reason(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
    )


def _reminder(resident: Resident, facts: Facts) -> Letter | None:
    appointment = _appointment(facts)
    if appointment is None or appointment.state != Appointment.State.AGREED or appointment.starts_at is None:
        return None
    if appointment.starts_at <= timezone.now() or appointment.engagement.state != Engagement.State.AGREED:
        return None
    words = _facts_of(appointment, resident)
    return Letter(
        subject=_("Denk aan je afspraak: %(when)s") % words,
        lines=(
            _("Je hebt afgesproken met %(name)s, %(when)s.") % words,
            _("Komt het toch niet uit? Zeg het dan meteen. Dan zoeken we weer verder."),
        ),
        actions=(_open(appointment.conversation, _("Open het gesprek"), "afspraak"),),
        reason=_reason(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
    )


def _outcome_question(resident: Resident, facts: Facts) -> Letter | None:
    appointment = _appointment(facts)
    if appointment is None or appointment.engagement.state != Engagement.State.AGREED:
        return None
    words = _facts_of(appointment, resident)
    return Letter(
        subject=_("Hoe ging het met %(name)s?") % words,
        lines=(
            _("Jullie hadden iets afgesproken. Is het gelukt?"),
            _("Eén tik is genoeg. Geen antwoord geven mag ook."),
        ),
        actions=(_open(appointment.conversation, _("Zeg hoe het ging"), "afspraak"),),
        reason=_reason(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
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
        actions=(_open(conversation, _("Lees het bedankje"), "afspraak"),),
        reason=_reason(conversation),
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
    hour = timedelta(hours=1)
    kinds = (
        LetterKind("message", gettext_lazy("Nieuw bericht"), _message_to, _message, family="talk", urgency="high"),
        LetterKind(
            "appointment_proposed", gettext_lazy("Voorstel voor een moment"), _the_other, _proposed, family="meet"
        ),
        LetterKind("appointment_agreed", gettext_lazy("Afgesproken"), _both, _agreed, family="meet"),
        LetterKind(
            "appointment_cancelled",
            gettext_lazy("Afgezegd"),
            _both,
            _cancelled,
            waits_for_morning=False,
            family="meet",
            urgency="high",
            must_mail=True,
        ),
        LetterKind(
            "reminder",
            gettext_lazy("Herinnering"),
            _both,
            _reminder,
            waits_for_morning=False,
            family="meet",
            urgency="high",
            useful_for=hour,
        ),
        LetterKind("outcome_question", gettext_lazy("Hoe ging het?"), _both, _outcome_question, family="meet"),
        LetterKind("thanks", gettext_lazy("Bedankje"), _who_helped, _thanks, family="talk", urgency="low"),
        LetterKind("guest_invited", gettext_lazy("Gevraagd in een gesprek"), _the_guest, _guest_invited, family="talk"),
    )
    for kind in kinds:
        register_letter(kind)
