""" "Dan kan ik nooit" and "dan juist wel": a refusal may teach us the helper's week; it stays their own setting."""

from django.db import transaction
from django.utils.translation import gettext as _

from buurt.communities.languages import comma_list
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.services import change_week
from buurt.residents.week import ALL_TIMES, DAYS, PARTS, bit_of
from matching.models import Invitation
from matching.views_of import moments_of


def moments_asked(invitation: Invitation) -> int:
    """Return the parts of the week this invitation was about, as bits; 0 when any time would do."""
    slots = [invitation.slot] if invitation.slot else list(invitation.post.slots.all())
    return moments_of(invitation.post, slots)


def spoken_moments(moments: int) -> str:
    """Return parts of the week in words: "dinsdagavond", "dinsdag de hele dag"; "" when there are none."""
    words = []
    for weekday, day in enumerate(DAYS):
        parts = [name for part, (_slug, name) in enumerate(PARTS) if moments & bit_of(weekday, part)]
        if len(parts) == len(PARTS):
            words.append(_("%(day)s de hele dag") % {"day": day})
        elif parts:
            # "dinsdagavond", but "Tuesday evening".
            words += [_("%(day)s%(part)s") % {"day": day, "part": part} for part in parts]
    return comma_list(words)


@transaction.atomic
def never_then(*, by: Resident, invitation: Invitation) -> int:
    """Take the moments of an invitation out of the helper's week; returns the bits taken (0: nothing to take).

    An empty week cannot be kept, so the last part of it stays.
    """
    preferences = HelpPreferences.objects.filter(resident=by).first()
    taken = (preferences.times & moments_asked(invitation)) if preferences else 0
    if preferences is None or not taken or not preferences.times & ~taken:
        return 0
    change_week(by=by, times=preferences.times & ~taken)
    _keep(invitation, taken)
    return taken


@transaction.atomic
def then_after_all(*, by: Resident, invitation: Invitation) -> int:
    """Put back what never_then took ("toch wel"), or add the moments ("dan juist wel"); returns the bits added."""
    preferences = HelpPreferences.objects.filter(resident=by).first()
    if preferences is None:
        return 0
    wanted = int(invitation.reasons.get("never", 0)) or moments_asked(invitation)
    added = wanted & ~preferences.times & ALL_TIMES
    if added:
        change_week(by=by, times=preferences.times | added)
    _keep(invitation, 0)
    return added


def _keep(invitation: Invitation, taken: int) -> None:
    reasons = {name: value for name, value in invitation.reasons.items() if name != "never"}
    if taken:
        reasons["never"] = taken
    Invitation.objects.filter(pk=invitation.pk).update(reasons=reasons)
    invitation.reasons = reasons
