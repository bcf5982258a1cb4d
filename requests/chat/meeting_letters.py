"""The letters about what two people agree: a moment proposed, agreed, off, near, and how it went."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.when import spoken_moment
from buurt.residents.letters import Action, Facts, Letter, LetterKind
from buurt.residents.models import Resident
from chat.letter_parts import reason_of, way_into
from chat.models import Appointment, Participant
from chat.outcome_links import path_for as path_to_say
from posts.models import Engagement
from posts.naming import glance_of


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
        actions=(way_into(appointment.conversation, _("Kijk en antwoord"), "afspraak"),),
        reason=reason_of(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
    )


def _agreed(resident: Resident, facts: Facts) -> Letter | None:
    appointment = _appointment(facts)
    if appointment is None or appointment.state != Appointment.State.AGREED:
        return None
    words = _facts_of(appointment, resident)
    path = reverse("chat:calendar", args=[appointment.conversation.public_id])
    calendar = (Action(_("In mijn agenda"), f"{path}?plek={appointment.engagement_id}"),) if words["when"] else ()
    lines = [_("Je hebt met %(name)s afgesproken.") % words]
    if words["when"]:
        lines.append(_("Wanneer: %(when)s.") % words)
    lines.append(_("In het gesprek staat jullie deurwoord. Vraag ernaar aan de deur."))
    return Letter(
        subject=_("Afgesproken: %(when)s") % words if words["when"] else _("Afgesproken met %(name)s") % words,
        lines=tuple(lines),
        actions=(way_into(appointment.conversation, _("Open het gesprek"), "afspraak"), *calendar),
        reason=reason_of(appointment.conversation),
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
        actions=(way_into(appointment.conversation, _("Open het gesprek")), *_calendar(appointment, words["when"])),
        reason=reason_of(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
    )


def _calendar(appointment: Appointment, when: str) -> tuple[Action, ...]:
    """Return the way to take a cancelled moment out of one's calendar, when it had one."""
    path = reverse("chat:calendar", args=[appointment.conversation.public_id])
    return (Action(_("Haal de afspraak uit mijn agenda"), f"{path}?plek={appointment.engagement_id}"),) if when else ()


def _on_the_way(resident: Resident, facts: Facts) -> Letter | None:
    appointment = _appointment(facts)
    if appointment is None or appointment.state != Appointment.State.AGREED:
        return None
    words = _facts_of(appointment, resident)
    return Letter(
        subject=_("%(name)s is onderweg") % words,
        lines=(_("%(name)s komt eraan. Vraag aan de deur naar jullie deurwoord.") % words,),
        actions=(way_into(appointment.conversation, _("Open het gesprek"), "afspraak"),),
        reason=reason_of(appointment.conversation),
    )


def _who_waits(facts: Facts) -> list[Resident]:
    appointment = _appointment(facts)
    if appointment is None:
        return []
    helper_goes = facts.get("resident") == appointment.engagement.helper_id
    return [one for one in _both(facts) if (one.pk == appointment.engagement.helper_id) != helper_goes]


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
        actions=(way_into(appointment.conversation, _("Open het gesprek"), "afspraak"),),
        reason=reason_of(appointment.conversation),
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
        actions=(
            Action(_("Het is gelukt"), path_to_say(appointment.engagement, resident, "happened"), "main"),
            Action(_("Het komt nog"), path_to_say(appointment.engagement, resident, "later")),
            Action(_("Het is niet gelukt"), path_to_say(appointment.engagement, resident, "not")),
        ),
        reason=reason_of(appointment.conversation),
        glance=glance_of(appointment.conversation.post),
    )


def meeting_kinds() -> tuple[LetterKind, ...]:
    """Return the kinds of letters about appointments."""
    hour = timedelta(hours=1)
    return (
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
        LetterKind(
            "on_the_way",
            gettext_lazy("Onderweg"),
            _who_waits,
            _on_the_way,
            waits_for_morning=False,
            family="meet",
            urgency="high",
            useful_for=hour,
        ),
        LetterKind("outcome_question", gettext_lazy("Hoe ging het?"), _both, _outcome_question, family="meet"),
    )
