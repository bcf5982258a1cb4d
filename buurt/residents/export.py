"""Everything the platform keeps about a person: as data to take along, and as lines to read."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from buurt.residents import registry
from buurt.residents.models import Resident

# What the names in the file mean, for the page; the file keeps its own names, which programs can rely on.
NAMES: dict[str, Any] = {
    "about": _("over"),
    "action": _("besluit"),
    "active": _("staat aan"),
    "addresses": _("adres voor mail"),
    "age_band": _("leeftijd"),
    "agreed_at": _("afgesproken op"),
    "answer": _("antwoord"),
    "appointments": _("afspraak"),
    "area": _("buurt"),
    "asked_at": _("gevraagd op"),
    "asks_a_month": _("keer per maand"),
    "at": _("op"),
    "by_you": _("van jou"),
    "category": _("soort hulp"),
    "cell": _("vakje op de kaart"),
    "channel": _("hoe"),
    "community": _("gemeente"),
    "community__name": _("gemeente"),
    "created_at": _("gemaakt op"),
    "deadline": _("uiterlijk"),
    "decisions": _("besluit"),
    "devices": _("apparaat"),
    "display_name": _("naam"),
    "distance_km": _("afstand in km"),
    "duration_minutes": _("minuten"),
    "email": _("e-mailadres"),
    "ended_at": _("afgelopen op"),
    "expires_at": _("loopt tot"),
    "explanation": _("uitleg"),
    "granted_at": _("gekregen op"),
    "has_password": _("wachtwoord ingesteld"),
    "house_rules_accepted_at": _("huisregels aanvaard op"),
    "ip": _("internetadres"),
    "inactive_told_on": _("gewaarschuwd op"),
    "joined_at": _("lid sinds"),
    "kind": _("soort"),
    "kinds": _("soorten hulp"),
    "language": _("taal"),
    "languages": _("talen"),
    "last_login": _("laatst ingelogd"),
    "last_seen_at": _("laatst gezien"),
    "last_used_at": _("laatst gebruikt"),
    "limits": _("liever niet"),
    "mail_off": _("niet per mail"),
    "messages": _("bericht"),
    "name": _("naam"),
    "note": _("erbij gezegd"),
    "on_behalf_of": _("voor wie"),
    "paused_until": _("rust tot"),
    "post": _("vraag of aanbod"),
    "postcode": _("postcode"),
    "public_id": _("kenmerk"),
    "published_at": _("geplaatst op"),
    "push_off": _("niet op je telefoon"),
    "push_refused_at": _("geen berichten op je telefoon sinds"),
    "quiet_from": _("geen berichten vanaf"),
    "quiet_until": _("weer berichten vanaf"),
    "reach": _("bereik"),
    "reason": _("reden"),
    "reasons": _("waarom"),
    "reports": _("melding"),
    "reserved_at": _("gereserveerd op"),
    "restricted_until": _("beperkt tot"),
    "roles": _("rol"),
    "second_factors": _("tweede stap"),
    "seen_on": _("laatst gezien"),
    "since": _("sinds"),
    "spoken": _("talen"),
    "state": _("stand"),
    "subject_kind": _("waarover"),
    "switched_on_at": _("aangezet op"),
    "text": _("tekst"),
    "thanks": _("bedankje"),
    "times": _("momenten in de week"),
    "timing": _("wanneer"),
    "title": _("titel"),
    "type": _("soort"),
    "user_agent": _("browser"),
    "verb": _("wat"),
    "verified": _("bevestigd"),
    "visibility": _("voor wie te zien"),
    "weekday": _("dag in de week"),
    "with": _("met"),
    "you_said": _("jij zei"),
}
LONGEST_DATE = 40


def everything_about(resident: Resident) -> dict[str, Any]:
    """Return all registered kinds of data about this resident, by name."""
    return {name: kind.export(resident) for name, kind in registry.personal_data().items()}


def readable_parts(resident: Resident) -> list[dict[str, Any]]:
    """Return the same with headings, as lines of (name, value)."""
    kinds = registry.personal_data()
    plain = json.loads(json.dumps(everything_about(resident), cls=DjangoJSONEncoder))
    return [{"label": kinds[name].label, "lines": _lines(value)} for name, value in plain.items()]


def _lines(value: Any, path: str = "") -> list[tuple[str, str]]:
    """Flatten nested data into lines; the path says where a value stood."""
    if isinstance(value, dict):
        return [line for key, part in value.items() for line in _lines(part, f"{path} {_called(key)}".strip())]
    if isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        return [line for number, part in enumerate(value, 1) for line in _lines(part, f"{path} {number}".strip())]
    if isinstance(value, list):
        return [(path, ", ".join(str(part) for part in value))]
    return [(path, _spoken(value))]


def _called(key: str) -> str:
    return str(NAMES.get(key, key.replace("_", " ")))


def _spoken(value: Any) -> str:
    """Return a value as a person writes it: yes and no in words, moments as dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return now_("ja") if value else now_("nee")
    text = str(value)
    if "-" not in text or len(text) > LONGEST_DATE:
        return text
    try:
        moment = parse_datetime(text) if "T" in text else None
        day = parse_date(text)
    except ValueError:
        return text
    if moment is not None:
        return date_format(timezone.localtime(moment) if timezone.is_aware(moment) else moment, "j F Y, H:i")
    return date_format(day, "j F Y") if day is not None else text
