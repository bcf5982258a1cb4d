"""Import asks and offers, one JSON object a line; what carries a flag waits for a moderator.

A line: {"id", "kind": "request"|"offer", "title", "body", "lang", "category", "flags": [...]}. Authors are invented
and stable: the same id always gets the same author in the same area, so that a second run finds all in its place.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from buurt.communities.categories import Category
from buurt.communities.models import Community, CommunityPostcode, Postcode
from buurt.moderation.models import Report
from buurt.residents.models import Resident
from buurt.residents.services import complete_start
from posts.drafts import PostDraft
from posts.errors import PostError
from posts.models import Post
from posts.services import publish_post

KINDS = {"request": Post.Kind.ASK, "offer": Post.Kind.OFFER}
# So many invented authors share the imported posts: one person may send ten a day.
AUTHORS = 200
NAMES = ("Ans", "Bart", "Chantal", "Daan", "Emine", "Frits", "Greet", "Hassan", "Ineke", "Jaap", "Karin", "Leo")
LONGEST_LINE = 100_000

FLAG_WORDS = {
    "contact_details": "contactgegevens",
    "emergency": "nood of gevaar",
    "money": "geld",
    "health_details": "gezondheid",
    "discrimination": "sluit mensen uit",
    "dating": "zoekt een relatie",
    "minors": "een kind alleen",
    "commercial": "reclame van een bedrijf",
    "professional_care": "werk voor een professional",
}


@dataclass(frozen=True)
class Fate:
    """What became of one line: on the board, held (with why), there already, or not readable (with why)."""

    line: int
    id: str
    outcome: Literal["board", "held", "known", "broken"]
    why: str = ""


class BrokenLineError(ValueError):
    """A line that is no post; the message says why, in Dutch."""


def import_lines(lines: Iterable[str], *, community: Community) -> Iterator[Fate]:
    """Import each line and yield its fate; a broken line stops nothing."""
    postcodes = list(
        CommunityPostcode.objects.filter(community=community)
        .exclude(digits__in=Postcode.objects.filter(kind=Postcode.Kind.POBOX).values("digits"))
        .order_by("digits")
        .values_list("digits", flat=True)
    )
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        identity = "?"
        try:
            row = _read(text)
            identity = row["id"]
            yield _import(number, row, postcodes)
        except (BrokenLineError, PostError) as error:
            yield Fate(number, identity, "broken", str(error) or type(error).__name__)


def count(fates: Iterable[Fate]) -> Counter[str]:
    """Count fates by outcome."""
    return Counter(fate.outcome for fate in fates)


def _read(text: str) -> dict[str, Any]:
    """Return the line as a checked row; raises BrokenLineError."""
    if len(text) > LONGEST_LINE:
        raise BrokenLineError(_("de regel is te lang"))
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokenLineError(_("geen goede JSON (teken %(place)s)") % {"place": error.pos + 1}) from error
    if not isinstance(row, dict):
        raise BrokenLineError(_("geen JSON-object"))
    for name in ("id", "kind", "category", "body"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise BrokenLineError(_("%(name)s ontbreekt") % {"name": name})
    if row["kind"] not in KINDS:
        raise BrokenLineError(_("onbekende soort: %(kind)s") % {"kind": row["kind"][:20]})
    if row["category"] not in Category.values:
        raise BrokenLineError(_("onbekende categorie: %(category)s") % {"category": row["category"][:20]})
    flags = row.get("flags") or []
    if not isinstance(flags, list) or not all(isinstance(flag, str) for flag in flags):
        raise BrokenLineError(_("flags is geen lijst van woorden"))
    return row | {"flags": flags, "title": str(row.get("title") or ""), "lang": str(row.get("lang") or "nl")}


@transaction.atomic
def _import(number: int, row: dict[str, Any], postcodes: list[str]) -> Fate:
    author = _author(row["id"], postcodes)
    key = uuid5(NAMESPACE_URL, f"import:{row['id']}")
    if Post.objects.filter(author=author, form_key=key).exists():
        return Fate(number, row["id"], "known")
    draft = PostDraft(
        kind=KINDS[row["kind"]],
        category=row["category"],
        title=row["title"],
        text=row["body"],
        language=row["lang"],
        hold=bool(row["flags"]),
    )
    post = publish_post(by=author, draft=draft, form_key=key)
    if not row["flags"]:
        return Fate(number, row["id"], "board")
    why = ", ".join(FLAG_WORDS.get(flag, flag) for flag in row["flags"])
    Report.objects.filter(subject_kind="post", subject_key=post.public_id).update(explanation=why)
    return Fate(number, row["id"], "held", why)


def _author(identity: str, postcodes: list[str]) -> Resident:
    """Return the invented author that belongs to this id, made through the ordinary steps the first time."""
    number = crc32(identity.encode()) % AUTHORS
    email = f"import-{number:03d}@demo.example"
    found = Resident.objects.filter(email=email).first()
    if found is not None:
        return found
    resident = Resident.objects.create_user(email)
    EmailAddress.objects.create(user=resident, email=email, verified=True, primary=True)
    complete_start(
        by=resident,
        display_name=NAMES[number % len(NAMES)],
        postcode=postcodes[number % len(postcodes)],
        languages=["nl"],
        age_band=Resident.AgeBand.ADULT,
        accepts_rules=True,
    )
    return resident
