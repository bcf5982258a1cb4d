"""System lines: what happened between the messages, put into words for each reader when it is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from buurt.communities.when import spoken_day, spoken_moment


@dataclass(frozen=True)
class Spoken:
    """A system line for one reader."""

    icon: str
    text: str


@dataclass(frozen=True)
class Reader:
    """Who reads a line, when, and how the people in it are called."""

    resident_id: int
    names: Mapping[int, str]
    now: datetime
    about_ask: bool = True


Facts = Mapping[str, Any]


def _who(facts: Facts, reader: Reader) -> str:
    return reader.names.get(int(facts.get("who") or 0)) or _("Een buur")


def _is_me(facts: Facts, reader: Reader) -> bool:
    return facts.get("who") == reader.resident_id


def _when(facts: Facts, reader: Reader) -> str:
    return spoken_moment(datetime.fromisoformat(str(facts["at"])), reader.now) if facts.get("at") else ""


def _said_yes(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je zei ja. Jullie kunnen hier afspreken. Adres en nummer deel je zelf, als je wilt.")
    return _("%(name)s zei ja. Jullie kunnen hier afspreken. Adres en nummer deel je zelf, als je wilt.") % {
        "name": _who(facts, reader)
    }


def _asks_first(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je wilt eerst iets vragen. De plek is nog vrij: anderen kunnen ook ja zeggen.")
    return _("%(name)s wil eerst iets vragen. De plek is nog vrij.") % {"name": _who(facts, reader)}


def _helper(facts: Facts, reader: Reader) -> str:
    """Return whose place it is about, in a circle; nothing in a talk of two."""
    return (reader.names.get(int(facts["helper"])) or _("Een buur")) if facts.get("helper") else ""


def _proposed(facts: Facts, reader: Reader) -> str:
    words = {"name": _who(facts, reader), "when": _when(facts, reader), "helper": _helper(facts, reader)}
    if words["helper"] and facts["helper"] != facts.get("who"):
        if _is_me(facts, reader):
            return _("Je vraagt of %(helper)s kan komen: %(when)s") % words
        if facts["helper"] == reader.resident_id:
            return _("%(name)s vraagt of jij kunt komen: %(when)s") % words
        return _("%(name)s vraagt of %(helper)s kan komen: %(when)s") % words
    if _is_me(facts, reader):
        return _("Je stelt voor: %(when)s") % words
    return _("%(name)s stelt voor: %(when)s") % words


def _agreed(facts: Facts, reader: Reader) -> str:
    when = _when(facts, reader)
    if facts.get("helper"):
        return _agreed_in_circle(facts, reader)
    return _("Afgesproken: %(when)s") % {"when": when} if when else _("Afgesproken. Jullie kiezen samen een moment.")


def _agreed_in_circle(facts: Facts, reader: Reader) -> str:
    words = {"helper": _helper(facts, reader), "when": _when(facts, reader)}
    if facts["helper"] == reader.resident_id:
        return _("Afgesproken: jij komt %(when)s") % words if words["when"] else _("Afgesproken: jij helpt mee.")
    if words["when"]:
        return _("Afgesproken: %(helper)s komt %(when)s") % words
    return _("Afgesproken: %(helper)s helpt mee.") % words


def _moved(facts: Facts, reader: Reader) -> str:
    words = {"helper": _helper(facts, reader), "when": _when(facts, reader)}
    if words["helper"] and facts["helper"] == reader.resident_id:
        return _("Verzet: jij komt nu %(when)s") % words
    if words["helper"]:
        return _("Verzet: %(helper)s komt nu %(when)s") % words
    return _("Verzet. Nieuwe afspraak: %(when)s") % {"when": _when(facts, reader)}


def _withdrawn(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je trok je voorstel in.")
    return _("%(name)s trok het voorstel in.") % {"name": _who(facts, reader)}


def _cancelled(facts: Facts, reader: Reader) -> str:
    words = {"name": _who(facts, reader), "helper": _helper(facts, reader)}
    if words["helper"] and facts["helper"] != facts.get("who"):
        if _is_me(facts, reader):
            return _("Je hebt %(helper)s afgezegd. De plek is weer vrij.") % words
        if facts["helper"] == reader.resident_id:
            return _("%(name)s heeft jou afgezegd. De plek is weer vrij.") % words
        return _("%(name)s heeft %(helper)s afgezegd. De plek is weer vrij.") % words
    if _is_me(facts, reader):
        return _("Je zei af. De plek is weer vrij.")
    return _("%(name)s zei af. De plek is weer vrij.") % words


def _declined(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return (
            _("Je zoekt liever iemand anders. Dat is goed. We zoeken weer verder.")
            if reader.about_ask
            else _("Je hulp lukt hier toch niet. Je aanbod staat weer open.")
        )
    words = {"name": _who(facts, reader)}
    if facts.get("helper") and facts["helper"] != reader.resident_id:
        return _("%(name)s helpt niet meer mee. De plek is weer vrij.") % {"name": _helper(facts, reader)}
    if reader.about_ask:
        return _("%(name)s zoekt toch iemand anders. Dat ligt niet aan jou. Dank je wel voor je ja.") % words
    return _("Het lukt %(name)s toch niet om te helpen. Dat ligt niet aan jou.") % words


def _released(facts: Facts, reader: Reader) -> str:
    return {
        "clock": _("Er is op tijd niets afgesproken. De plek is weer vrij."),
        "withdrawn": _("De vraag is gestopt. Afspreken hoeft niet meer.")
        if reader.about_ask
        else _("Het aanbod is gestopt. Afspreken hoeft niet meer."),
    }.get(str(facts.get("because")), _("De plek is weer vrij."))


def _no_show(facts: Facts, reader: Reader) -> str:
    return _("Niet gekomen. De plek is weer vrij.")


def _outcome(facts: Facts, reader: Reader) -> str:
    said = {
        "happened": _("het is gelukt"),
        "not": _("het is niet gelukt"),
        "later": _("het komt nog"),
    }.get(str(facts.get("says")), _("het komt nog"))
    if _is_me(facts, reader):
        return _("Je zei: %(said)s.") % {"said": said}
    return _("%(name)s zei: %(said)s.") % {"name": _who(facts, reader), "said": said}


def _thanks(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je stuurde een bedankje.")
    return _("%(name)s stuurde je een bedankje. Het staat hierboven.") % {"name": _who(facts, reader)}


def _contact(facts: Facts, reader: Reader) -> str:
    # A number is not broken over two lines: it is read aloud, or copied to paper.
    words = {"name": _who(facts, reader), "number": str(facts.get("number", "")).replace(" ", "\u00a0")}
    if _is_me(facts, reader):
        return _("Je deelde je telefoonnummer: %(number)s") % words
    return _("%(name)s deelt een telefoonnummer: %(number)s") % words


def _left(facts: Facts, reader: Reader) -> str:
    return _("%(name)s heeft het gesprek verlaten.") % {"name": _who(facts, reader)}


def _guest_joined(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je doet nu mee als gast. Je ziet alleen wat er vanaf nu geschreven wordt.")
    words = {"name": _who(facts, reader)}
    return _("%(name)s doet nu mee als gast, en leest alleen wat jullie vanaf nu schrijven.") % words


def _team_guest_joined(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _guest_joined(facts, reader)
    words = {"name": _who(facts, reader)}
    return _("%(name)s van het buurtteam doet nu mee, en leest alleen wat jullie vanaf nu schrijven.") % words


def _team_joined(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je praat hier namens het buurtteam.")
    return _("%(name)s van het buurtteam praat met je mee.") % {"name": _who(facts, reader)}


def _guest_gone(facts: Facts, reader: Reader) -> str:
    return _("%(name)s doet niet meer mee en leest niet meer mee.") % {"name": _who(facts, reader)}


def _proxy_joined(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je regelt dit namens de vrager, tot de vraag klaar is.")
    return _("%(name)s regelt dit namens de vrager, tot de vraag klaar is.") % {"name": _who(facts, reader)}


def _on_the_way(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je bent onderweg. De ander weet het.")
    return _("%(name)s is onderweg.") % {"name": _who(facts, reader)}


def _circle_joined(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je helpt nu mee. Hier praten jullie samen. Lees ook de overdracht.")
    return _("%(name)s helpt nu ook mee.") % {"name": _who(facts, reader)}


def _day(facts: Facts, reader: Reader) -> str:
    return spoken_day(date.fromisoformat(str(facts["day"])), reader.now)


def _turn_taken(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je komt op %(day)s.") % {"day": _day(facts, reader)}
    return _("%(name)s komt op %(day)s.") % {"name": _who(facts, reader), "day": _day(facts, reader)}


def _turn_given_back(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je kunt niet op %(day)s. Die dag is weer vrij.") % {"day": _day(facts, reader)}
    words = {"name": _who(facts, reader), "day": _day(facts, reader)}
    return _("%(name)s kan niet op %(day)s. Die dag is weer vrij.") % words


def _handover(facts: Facts, reader: Reader) -> str:
    if _is_me(facts, reader):
        return _("Je schreef iets in de overdracht.")
    return _("%(name)s schreef iets in de overdracht. Die staat hierboven.") % {"name": _who(facts, reader)}


LINES: dict[str, tuple[str, Callable[[Facts, Reader], str]]] = {
    "said_yes": ("heart-handshake", _said_yes),
    "asks_first": ("circle-help", _asks_first),
    "proposed": ("calendar", _proposed),
    "agreed": ("calendar-check", _agreed),
    "moved": ("calendar-check", _moved),
    "withdrawn": ("calendar-x", _withdrawn),
    "cancelled": ("calendar-x", _cancelled),
    "declined": ("info", _declined),
    "released": ("clock", _released),
    "no_show": ("info", _no_show),
    "outcome": ("circle-check", _outcome),
    "thanks": ("heart", _thanks),
    "contact": ("phone", _contact),
    "left": ("log-out", _left),
    "on_the_way": ("map-pin", _on_the_way),
    "turn_taken": ("calendar-check", _turn_taken),
    "turn_given_back": ("calendar-x", _turn_given_back),
    "circle_joined": ("heart-handshake", _circle_joined),
    "handover": ("pencil", _handover),
    "guest_joined": ("user-plus", _guest_joined),
    "team_guest_joined": ("user-plus", _team_guest_joined),
    "team_joined": ("user-plus", _team_joined),
    "guest_gone": ("log-out", _guest_gone),
    "proxy_joined": ("user-check", _proxy_joined),
    "proxy_gone": ("log-out", _guest_gone),
}


def spoken(name: str, facts: Facts, reader: Reader) -> Spoken:
    """Return the line in this reader's words."""
    icon, say = LINES[name]
    return Spoken(icon, say(facts, reader))
