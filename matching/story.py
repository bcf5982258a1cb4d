"""How a search stands, in plain words: for who asked ("Zo staat het ervoor"), and for the broker why these people."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurt.communities.languages import comma_list
from buurt.communities.when import spoken_when_past
from matching.models import Invitation, Search, Wave
from matching.views_of import FURTHER, NEAR_KIND
from posts.models import Post
from posts.timeline import Line

HERE = (Invitation.Answer.NO, Invitation.Answer.LATER)


def search_lines(post: Post, now: datetime) -> list[Line]:
    """Return matching's lines for "Zo staat het ervoor": waves that went out, what happens now, what comes next."""
    search = Search.objects.filter(post=post).first()
    if search is None:
        return []
    invitations = list(Invitation.objects.filter(post=post, wave__isnull=False).select_related("wave"))
    return [*_wave_lines(search, invitations), *_along_line(invitations), *_next_lines(search, post, now)]


def _wave_lines(search: Search, invitations: list[Invitation]) -> list[Line]:
    waves = list(search.waves.order_by("number"))
    lines = []
    for wave in waves:
        asked = [one for one in invitations if one.wave_id == wave.pk and one.carried_by_id is None]
        refused = sum(one.answer in HERE for one in asked)
        silent = sum(one.state == Invitation.State.OPEN and one.answer == "" for one in asked)
        running = search.state == Search.State.RUNNING and wave is waves[-1]
        title = ngettext("We vroegen %(n)s buur die past", "We vroegen %(n)s buren die passen", wave.asked)
        if wave.number > 1:
            title = ngettext("We vroegen er nog %(n)s", "We vroegen er nog %(n)s", wave.asked)
        lines.append(
            Line(
                state="now" if running else "done",
                icon="users",
                title=title % {"n": wave.asked},
                text=_wave_text(wave, refused, silent, running=running),
                at=wave.sent_at,
            )
        )
    return lines


def _wave_text(wave: Wave, refused: int, silent: int, *, running: bool) -> str:
    parts = []
    step = wave.log.get("step", 0)
    if step >= NEAR_KIND:
        parts.append(_("ook buren die iets kozen wat erop lijkt"))
    elif step >= FURTHER:
        parts.append(_("ook iets verder weg"))
    if refused:
        parts.append(ngettext("%(n)s kon niet", "%(n)s konden niet", refused) % {"n": refused})
    if silent and running:
        parts.append(
            ngettext("van %(n)s weten we het nog niet", "van %(n)s weten we het nog niet", silent) % {"n": silent}
        )
    elif silent:
        parts.append(ngettext("%(n)s gaf geen antwoord", "%(n)s gaven geen antwoord", silent) % {"n": silent})
    text = comma_list(parts)
    return text[:1].upper() + text[1:]


def _along_line(invitations: list[Invitation]) -> list[Line]:
    """Return the line about messages on which this ask travelled along, when there were any."""
    along = [one for one in invitations if one.carried_by_id is not None]
    if not along:
        return []
    title = ngettext(
        "Je vraag ging ook mee in een bericht aan %(n)s buur",
        "Je vraag ging ook mee in berichten aan %(n)s buren",
        len(along),
    )
    text = _("Zij kregen een andere vraag, met die van jou erbij.")
    return [Line("done", "mail", title % {"n": len(along)}, text, max(one.invited_at for one in along))]


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
    return [_next_wave(search, now), *_then_the_team(search, post)]


def _next_wave(search: Search, now: datetime) -> Line:
    clock = spoken_clock(search.next_wave_at or now, now)
    text = ""
    if search.waves_sent == 0:
        title = _("%(clock)s vragen we de eerste buren") % {"clock": clock}
    elif search.stopped_because == "asked_everyone":
        title = _("We wachten nog op antwoord. %(clock)s kijken we weer") % {"clock": clock[:1].upper() + clock[1:]}
        text = _("We vroegen iedereen die past.")
    else:
        title = _("Zegt niemand ja, dan vragen we %(clock)s verder") % {"clock": clock}
        text = {FURTHER: _("ook iets verder weg"), NEAR_KIND: _("ook buren die iets kozen wat erop lijkt")}.get(
            search.widened, ""
        )
    return Line("next", "clock", title[:1].upper() + title[1:], text[:1].upper() + text[1:], search.next_wave_at)


def _then_the_team(search: Search, post: Post) -> list[Line]:
    if not post.broker_consent or search.next_wave_at is None:
        return []
    title = _("Daarna kijkt %(team)s met je mee") % {"team": post.community.team_name}
    return [Line("next", "phone", title, _("Want dat vond je goed."), search.next_wave_at + timedelta(days=1))]


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


def spoken_progress(search: Search) -> str:
    """Return what was done for an ask, in counts: "9 buren gevraagd, 7 konden niet"."""
    invitations = list(search.post.invitations.all())
    if not invitations:
        return _("nog geen buur gevraagd")
    refused = sum(one.answer in HERE for one in invitations)
    asked = ngettext("%(n)s buur gevraagd", "%(n)s buren gevraagd", len(invitations)) % {"n": len(invitations)}
    if not refused:
        return asked
    return comma_list([asked, ngettext("%(n)s kon niet", "%(n)s konden niet", refused) % {"n": refused}])


def spoken_choices(search: Search) -> list[dict[str, object]]:
    """Return for the broker why these people were asked and not others, wave by wave, without anybody's name."""
    return [
        {
            "title": ngettext(
                "Ronde %(number)s: %(asked)s gevraagd van %(fitting)s die past",
                "Ronde %(number)s: %(asked)s gevraagd van %(fitting)s die passen",
                int(wave.log.get("fitting", wave.asked)),
            )
            % {"number": wave.number, "asked": wave.asked, "fitting": wave.log.get("fitting", wave.asked)},
            "asked": [_spoken_numbers(one) for one in wave.log.get("chosen", [])],
            "passed": [_spoken_numbers(one) for one in wave.log.get("passed", [])[:3]],
        }
        for wave in search.waves.order_by("number")
    ]


def _spoken_numbers(numbers: dict[str, float]) -> str:
    """Return one person in words: how far, how often asked and helped of late. No chance: that is their own number."""
    recent, helps = round(numbers.get("recent", 0)), int(numbers.get("helps", 0))
    parts = [
        _("ongeveer %(km)s km") % {"km": max(1, round(numbers.get("km", 0)))},
        ngettext("deze week %(n)s keer gevraagd", "deze week %(n)s keer gevraagd", recent) % {"n": recent}
        if recent
        else _("deze week niet gevraagd"),
    ]
    if helps:
        parts.append(ngettext("hielp %(n)s keer deze maand", "hielp %(n)s keer deze maand", helps) % {"n": helps})
    return comma_list(parts)
