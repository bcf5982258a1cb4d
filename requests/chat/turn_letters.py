"""The letter to who comes tomorrow in a weekly circle."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.when import spoken_day
from buurt.residents.letters import Facts, Letter, LetterKind
from buurt.residents.models import Resident
from chat.letter_parts import reason_of, way_into
from chat.models import Turn
from chat.services.turns import turns_that_hold
from posts.naming import glance_of


def _turn(facts: Facts) -> Turn | None:
    rows = Turn.objects.filter(pk=facts["turn"])
    return rows.select_related("conversation__post__author", "conversation__post__area", "helper").first()


def _who_comes(facts: Facts) -> list[Resident]:
    turn = _turn(facts)
    return [turn.helper] if turn else []


def _near(resident: Resident, facts: Facts) -> Letter | None:
    turn, now = _turn(facts), timezone.now()
    if turn is None or turn.helper_id != resident.pk or turn.day < timezone.localdate(now):
        return None
    talk = turn.conversation
    if talk.ended_at is not None or not turns_that_hold(talk).filter(pk=turn.pk).exists():
        return None
    words = {"day": spoken_day(turn.day, now), "name": str(talk.post.author)}
    return Letter(
        subject=_("Denk aan je beurt: %(day)s") % words,
        lines=(
            _("Je zei dat je op %(day)s naar %(name)s gaat.") % words,
            _("Komt het toch niet uit? Zeg het dan meteen. Dan kan een ander de dag nemen."),
        ),
        actions=(way_into(talk, _("Open het gesprek"), "afspraak"),),
        reason=reason_of(talk),
        glance=glance_of(talk.post),
    )


def turn_kind() -> LetterKind:
    """Return the kind of letter about a turn that is near."""
    return LetterKind("turn_near", gettext_lazy("Herinnering aan je beurt"), _who_comes, _near, family="meet")
