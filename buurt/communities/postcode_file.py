"""Read a file of postcodes line by line; a broken line is told apart and does not stop the others."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buurt.communities.models import Postcode
from buurt.communities.places import cell_of

COLUMNS = ("postcode4", "place", "municipality", "province", "lat", "lon", "kind")
_DIGITS = re.compile(r"[1-9][0-9]{3}", re.ASCII)
# The European part of the Netherlands, roomily.
_LATITUDES = (50.5, 53.8)
_LONGITUDES = (3.0, 7.5)
# Unknown kinds count as lived in: turning away a resident is worse than letting in a post box.
_KINDS = {"address": "address", "pobox": "pobox", "both": "both", "onbekend": "address"}


class WrongFileError(Exception):
    """This is not a file of postcodes; the text says what is missing."""


class BrokenLineError(Exception):
    """A line that cannot be used; the text says why."""


@dataclass(frozen=True)
class Problem:
    """A broken line: its number in the file and what is wrong with it."""

    line: int
    reason: str


def read_postcodes(lines: Iterable[str]) -> Iterator[Postcode | Problem]:
    """Give a postcode (not yet stored) or a problem for every line; raises WrongFileError without the right heading."""
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise WrongFileError(
            _("Dit is geen postcodebestand: deze kolommen ontbreken: %(names)s.") % {"names": ", ".join(missing)}
        )
    seen: set[str] = set()
    for row in reader:
        try:
            postcode = _postcode(row)
            if postcode.digits in seen:
                raise BrokenLineError(_("postcode %(digits)s staat er twee keer") % {"digits": postcode.digits})
        except BrokenLineError as error:
            yield Problem(reader.line_num, str(error))
        else:
            seen.add(postcode.digits)
            yield postcode


def _postcode(row: dict[str, str | None]) -> Postcode:
    digits = (row["postcode4"] or "").strip()
    if not _DIGITS.fullmatch(digits):
        raise BrokenLineError(_("%(typed)s is geen postcode van vier cijfers") % {"typed": repr(digits[:20])})
    kind = _KINDS.get((row["kind"] or "").strip().lower())
    if kind is None:
        raise BrokenLineError(_("de soort is niet address, pobox, both of onbekend"))
    lat = _number(row["lat"], _LATITUDES)
    lon = _number(row["lon"], _LONGITUDES)
    return Postcode(
        digits=digits,
        place=_name(row["place"], _("de plaats"), 80),
        municipality=_name(row["municipality"], _("de gemeente"), 80),
        province=_name(row["province"], _("de provincie"), 40),
        kind=kind,
        cell=cell_of(lat, lon),
    )


def _name(value: str | None, what: str, limit: int) -> str:
    name = (value or "").strip()
    if not name:
        raise BrokenLineError(_("%(what)s ontbreekt") % {"what": what})
    if len(name) > limit:
        raise BrokenLineError(_("%(what)s is te lang") % {"what": what})
    return name


def _number(value: str | None, bounds: tuple[float, float]) -> float:
    try:
        number = float(value or "")
    except ValueError as error:
        raise BrokenLineError(_("de plek op de kaart is geen getal")) from error
    if not bounds[0] <= number <= bounds[1]:
        raise BrokenLineError(_("de plek op de kaart ligt niet in Nederland"))
    return number
