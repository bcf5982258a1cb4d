"""Matching put into plain words: why somebody is asked, and how the search stands."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from buurt.communities.categories import Category
from buurt.communities.places import distance_band, spoken_band
from buurt.communities.when import spoken_when_past
from matching.models import Invitation, Search
from posts.models import Post
from posts.moments import day_and_time, spoken_timing
from posts.timeline import Line
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
        band = spoken_band(distance_band(invitation.helper.cell, post.cell))
        lines.append(_("Waar: %(band)s.") % {"band": band})
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
    return _("Je koos: %(kind)s.") % {"kind": kind}


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


def search_lines(post: Post, now: datetime) -> list[Line]:
    """Return matching's lines for "Zo staat het ervoor": waves that went out, what happens now, what comes next."""
    search = Search.objects.filter(post=post).first()
    if search is None:
        return []
    return _wave_lines(search) + _next_lines(search, post, now)


def _wave_lines(search: Search) -> list[Line]:
    waves = list(search.waves.prefetch_related("invitations").order_by("number"))
    lines = []
    for wave in waves:
        invitations = list(wave.invitations.all())
        refused = sum(one.answer in {Invitation.Answer.NO, Invitation.Answer.LATER} for one in invitations)
        silent = sum(one.state == Invitation.State.OPEN and one.answer == "" for one in invitations)
        running = search.state == Search.State.RUNNING and wave is waves[-1]
        title = ngettext("We vroegen %(n)s buur die past", "We vroegen %(n)s buren die passen", wave.asked)
        if wave.number > 1:
            title = ngettext("We vroegen er nog %(n)s", "We vroegen er nog %(n)s", wave.asked)
        lines.append(
            Line(
                state="now" if running else "done",
                icon="users",
                title=title % {"n": wave.asked},
                text=_wave_text(refused, silent, running=running),
                at=wave.sent_at,
            )
        )
    return lines


def _wave_text(refused: int, silent: int, *, running: bool) -> str:
    parts = []
    if refused:
        parts.append(ngettext("%(n)s kon niet", "%(n)s konden niet", refused) % {"n": refused})
    if silent and running:
        parts.append(
            ngettext("van %(n)s weten we het nog niet", "van %(n)s weten we het nog niet", silent) % {"n": silent}
        )
    elif silent:
        parts.append(ngettext("%(n)s gaf geen antwoord", "%(n)s gaven geen antwoord", silent) % {"n": silent})
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _next_lines(search: Search, post: Post, now: datetime) -> list[Line]:
    team = post.community.team_name
    if search.state == Search.State.BROKER:
        return [
            Line(
                state="now",
                icon="phone",
                title=_("Nu kijkt %(team)s met je mee") % {"team": team},
                text=_("We vroegen iedereen die past. Niemand kon."),
                at=now,
            )
        ]
    if search.state == Search.State.EXHAUSTED:
        return [_honest_end(post, now)]
    if search.state != Search.State.RUNNING or search.next_wave_at is None:
        return []
    clock = spoken_clock(search.next_wave_at, now)
    first = (
        _("%(clock)s vragen we de eerste buren")
        if search.waves_sent == 0
        else _("Zegt niemand ja, dan vragen we %(clock)s verder")
    )
    title = first % {"clock": clock}
    lines = [Line("next", "clock", title[:1].upper() + title[1:], "", search.next_wave_at)]
    if post.broker_consent:
        lines.append(
            Line(
                "next",
                "phone",
                _("Daarna kijkt %(team)s met je mee") % {"team": team},
                _("Want dat vond je goed."),
                search.next_wave_at + timedelta(days=1),
            )
        )
    return lines


def spoken_clock(moment: datetime, now: datetime) -> str:
    """Return a coming moment as people say it: "zo meteen", "om 14:00", "morgen om 9:00"."""
    if moment <= now + timedelta(minutes=2):
        return _("zo meteen")
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    hour = f"{local.hour}:{local.minute:02d}"
    if local.date() == today:
        return _("om %(hour)s") % {"hour": hour}
    if local.date() == today + timedelta(days=1):
        return _("morgen om %(hour)s") % {"hour": hour}
    return _("op %(moment)s") % {"moment": spoken_when_past(moment, now)}


def _honest_end(post: Post, now: datetime) -> Line:
    return Line(
        state="now",
        icon="info",
        title=_("We vonden niemand"),
        text=_(
            "Je vraag blijft op het prikbord staan. Maak hem kleiner, kies een ander moment, "
            "of bel %(team)s: %(phone)s."
        )
        % {"team": post.community.team_name, "phone": post.community.phone},
        at=now,
    )


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


def spoken_progress(search: Search) -> str:
    """Return what was done for an ask, in counts: "9 buren gevraagd, 7 konden niet"."""
    invitations = list(search.post.invitations.all())
    if not invitations:
        return _("nog niemand die past gevraagd")
    refused = sum(one.answer in {Invitation.Answer.NO, Invitation.Answer.LATER} for one in invitations)
    asked = ngettext("%(n)s buur gevraagd", "%(n)s buren gevraagd", len(invitations)) % {"n": len(invitations)}
    if not refused:
        return asked
    return asked + ", " + ngettext("%(n)s kon niet", "%(n)s konden niet", refused) % {"n": refused}
