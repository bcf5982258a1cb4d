"""Matching put into plain words: why somebody is asked, and how the search stands."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from buurt.communities.categories import Category
from buurt.communities.places import Band, distance_band
from matching.models import Invitation
from posts.models import Post
from posts.moments import day_and_time, spoken_timing
from posts.wording import help_question


def question_for(post: Post, now: datetime) -> str:
    """Return the question an invitation opens with: "Kun jij donderdag een lift geven?"; a far-off day by its date."""
    day, _at = day_and_time(post)
    when = ""
    if post.timing == Post.Timing.WEEKLY:
        when = spoken_timing(post)
    elif day is not None:
        near = day - timezone.localdate(now) < timedelta(days=7)
        name = date_format(day, "l") if near else date_format(day, "j F")
        # "donderdag", but "on Thursday".
        when = (pgettext("a day soon", "%(day)s") if near else _("op %(day)s")) % {"day": name}
    return help_question(category=post.category, when=when)


def spoken_reasons(invitation: Invitation) -> list[str]:
    """Return why this helper was asked, in whole sentences, from what they told us themselves."""
    reasons, post = invitation.reasons, invitation.post
    if reasons.get("board"):
        return [_("Je vond deze vraag zelf op het prikbord.")]
    if reasons.get("broker"):
        team = post.community.team_name
        return [
            _("%(team)s denkt dat dit bij je past. Nee zeggen is ook goed.") % {"team": team[:1].upper() + team[1:]}
        ]
    lines = [_kind_reason(invitation)]
    if reasons.get("further"):
        lines.append(_("Het is iets verder dan je koos, want dichterbij kon niemand."))
    elif invitation.helper.cell is not None:
        lines.append(_spoken_distance(distance_band(invitation.helper.cell, post.cell)))
    if reasons.get("said_time", reasons.get("starts_at")):
        lines.append(_("Je zei dat je op dat moment meestal kunt."))
    if reasons.get("along"):
        lines.append(_("Deze vraag ging mee met een andere. Hij telt niet apart mee."))
        return lines
    asked, budget = int(reasons.get("asked_lately", 1)), int(reasons.get("asks_a_month", 0))
    if budget:
        lines.append(
            ngettext(
                "Dit is deze maand de %(asked)s keer dat we je vragen. Je wilde hooguit %(budget)s keer.",
                "Dit is deze maand de %(asked)s keer dat we je vragen. Je wilde hooguit %(budget)s keer.",
                budget,
            )
            % {"asked": _ordinal(asked), "budget": budget}
        )
    return lines


def _spoken_distance(band: Band) -> str:
    """Return how far it is, as a sentence."""
    return {
        "own": _("Het is in jouw postcodegebied."),
        "near": _("Het is tot ongeveer 3 km bij je vandaan."),
        "far": _("Het is verder dan ongeveer 3 km bij je vandaan."),
    }[band]


def _kind_reason(invitation: Invitation) -> str:
    """Return the sentence about the kind of help: chosen, offered by themselves, or near what they chose."""
    kind = Category(invitation.post.category).label.lower()
    if invitation.reasons.get("offer"):
        return _("Je biedt dit zelf aan op het prikbord: %(kind)s.") % {"kind": kind}
    near = invitation.reasons.get("near_kind")
    if near:
        return _("Je koos %(near)s. Voor %(kind)s vonden we nog niemand, en dat lijkt erop.") % {
            "near": Category(near).label.lower(),
            "kind": kind,
        }
    return _("Je zei dat je hiermee wilt helpen: %(kind)s.") % {"kind": kind}


def _ordinal(number: int) -> str:
    """Return "1e", "2e" ... as people write it."""
    return _("%(number)se") % {"number": number}


def asked_with(invitation: Invitation) -> str:
    """Return the small line above an invitation: asked to you alone, or to you and so many others."""
    if invitation.carried_by_id:
        return _("Ging mee met een andere vraag aan jou")
    others = (invitation.wave.asked - 1) if invitation.wave else 0
    if others < 1:
        return _("Gevraagd aan jou")
    return ngettext("Gevraagd aan jou en %(others)s ander", "Gevraagd aan jou en %(others)s anderen", others) % {
        "others": others
    }


def spoken_hurdle(hurdle: str) -> str:
    """Return what stands between a helper and an ask, as the broker reads it; "" when nothing does."""
    words = {
        "distance": _("is verder weg dan deze buur wil"),
        "time": _("kan meestal niet op dat moment"),
        "language": _("spreekt een andere taal"),
        "budget": _("is deze maand al vaak gevraagd"),
        "area": _("woont in een andere buurt"),
        "limit": _("wil dit liever niet (trap, tillen, huisdier)"),
    }
    return words.get(hurdle, "")
