"""Moderation's letter: the statement of reasons to the author (DSA art. 17), and the answer to the reporter."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.moderation.models import Decision
from buurt.moderation.subjects import label_of
from buurt.residents.letters import Action, Facts, Letter, LetterKind, register_letter
from buurt.residents.models import Resident


def _decision(facts: Facts) -> Decision | None:
    return (
        Decision.objects.filter(pk=facts["decision"]).select_related("author", "report__reporter", "community").first()
    )


def _both(facts: Facts) -> list[Resident]:
    decision = _decision(facts)
    if decision is None:
        return []
    people = [decision.author, decision.report.reporter if decision.report else None]
    return [person for person in people if person is not None]


def _compose(resident: Resident, facts: Facts) -> Letter | None:
    decision = _decision(facts)
    if decision is None:
        return None
    label = label_of(decision.subject_kind)
    if resident.pk != decision.author_id:
        return _to_reporter(decision, label)
    if decision.action == Decision.Action.KEEP:
        return None  # nothing changed for the author
    hidden = decision.action == Decision.Action.HIDE
    subject = _("Een moderator heeft iets van jou verborgen") if hidden else _("Een moderator heeft iets teruggezet")
    return Letter(
        subject=subject,
        lines=(
            _("Het gaat om: %(label)s.") % {"label": label},
            _("De reden: %(reasons)s") % {"reasons": decision.reasons},
            _("Een mens heeft dit besloten, geen computer."),
            _("Ben je het er niet mee eens? Laat het weten: %(email)s of %(phone)s. Iemand anders kijkt er dan naar.")
            % {"email": decision.community.email, "phone": decision.community.phone},
        ),
        actions=(Action(_("Lees het besluit"), reverse("moderation:decisions"), "main"),),
    )


def _to_reporter(decision: Decision, label: str) -> Letter:
    done = {
        Decision.Action.HIDE: _("We hebben het verborgen."),
        Decision.Action.RESTORE: _("We hebben het teruggezet."),
        Decision.Action.KEEP: _("We laten het staan. Het past binnen de huisregels."),
    }
    return Letter(
        subject=_("Dit besloten we over je melding"),
        lines=(
            _("Je meldde: %(label)s.") % {"label": label},
            done[Decision.Action(decision.action)],
            _("Ben je het er niet mee eens? Laat het weten, dan kijkt iemand anders ernaar."),
        ),
    )


def register() -> None:
    """Make moderation's letter known."""
    label = gettext_lazy("Besluit van een moderator")
    register_letter(LetterKind("decision", label, _both, _compose, family="rules", must_mail=True))
