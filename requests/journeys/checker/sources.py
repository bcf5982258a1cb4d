"""Dates and sources: W03 the review date, W09 unofficial sources, W10 deadlines and amounts without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from journeys.fileformat.model import Journey, ListFile
from journeys.fileformat.reader import as_date, shown
from journeys.fileformat.text import Finding, Text

# Governments, courts and the organisations that answers name; a site below these counts as well.
OFFICIAL = frozenset(
    [
        "overheid.nl",
        "officielebekendmakingen.nl",
        "rijksoverheid.nl",
        "government.nl",
        "rechtspraak.nl",
        "belastingdienst.nl",
        "toeslagen.nl",
        "uwv.nl",
        "svb.nl",
        "duo.nl",
        "ciz.nl",
        "cak.nl",
        "politie.nl",
        "om.nl",
        "digid.nl",
        "cbs.nl",
        "rivm.nl",
        "ind.nl",
        "inburgeren.nl",
        "zorginstituutnederland.nl",
        "nza.nl",
        "igj.nl",
        "kb.nl",
        "nibud.nl",
        "nji.nl",
        "vng.nl",
        "kvk.nl",
        "raadvoorrechtsbijstand.org",
        "juridischloket.nl",
        "huurcommissie.nl",
        "slachtofferhulp.nl",
        "werkcentrum.nl",
        "werk.nl",
        "veiligthuis.nl",
        "geldfit.nl",
        "113.nl",
        "deluisterlijn.nl",
        "kindertelefoon.nl",
        "fiom.nl",
        "dementie.nl",
        "mantelzorg.nl",
        "lezenenschrijven.nl",
        "oefenen.nl",
        "thuisarts.nl",
        "ggd.nl",
        "ggdghor.nl",
        "huiselijkgeweld.nl",
        "centrumseksueelgeweld.nl",
        "voedselbankennederland.nl",
        "humanitas.nl",
        "rodekruis.nl",
        "vluchtelingenwerk.nl",
        "knov.nl",
        "deverloskundige.nl",
        "notaris.nl",
        "mfnregister.nl",
        "advocatenorde.nl",
        "europa.eu",
    ]
)

_NUMBER = (
    r"(?:\d+|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|twintig"
    r"|dertig|veertig|vijftig|zestig|honderd|duizend)"
)
_UNIT = r"(?:werkdag(?:en)?|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|jaren|uur|uren)"
_ONE = r"(?:één|een|1)"
_BEFORE = r"(?:binnen|uiterlijk|op zijn laatst|minstens|ten minste|hoogstens|maximaal)"
DEADLINE = re.compile(
    rf"\b{_NUMBER}(?:\s+(?:hele|volle))?\s+{_UNIT}\b"
    rf"|\b{_BEFORE}\s+{_ONE}\s+{_UNIT}\b"
    rf"|\b(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|tiende|veertiende)\s+werkdag\b"
    r"|€\s*\d|\b\d[\d.,]*\s+euro\b"
    rf"|\b{_NUMBER}\s+euro\b"
    r"|\b\d+(?:,\d+)?\s*(?:%|procent\b)"
    r"|\b(?:uiterlijk|voor|vóór|tot)\s+\d{1,2}\s+(?:januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december)\b",
    re.IGNORECASE,
)


def check_sources(made: Journey | ListFile, today: date) -> Iterator[Finding]:
    """Yield what has become old, and what nobody can look up."""
    again = as_date(made.editorial.again_before)
    if again is not None and again < today:
        line = made.editorial.again_before.line
        yield Finding(line, "W03", f"opnieuw nakijken had voor {made.editorial.again_before} gemoeten")
    if isinstance(made, ListFile):
        yield from _official(made.sources)
        if not made.sources:
            # A question to take along asks, it does not claim.
            lines = [line for part in made.parts for line in part.lines if not line.endswith("?")]
            yield from _unsupported([made.intro, made.after, *lines], "lijst")
        return
    for answer in made.answers:
        yield from _official(answer.sources)
        if not answer.sources:
            said = [answer.title, answer.text]
            if answer.turning_point is not None:
                said.append(answer.turning_point.text)
            yield from _unsupported(said, f"antwoord {answer.id}")


def _official(sources: tuple[Text, ...]) -> Iterator[Finding]:
    """Yield the sources of which nobody vouches."""
    for source in sources:
        try:
            host = urlsplit(source).hostname or ""
        except ValueError:
            host = ""
        labels = host.split(".")
        if not any(".".join(labels[start:]) in OFFICIAL for start in range(len(labels))):
            yield Finding(source.line, "W09", f"geen officiële bron: {shown(source)}")


def _unsupported(said: list[Text], where: str) -> Iterator[Finding]:
    """Yield deadlines and amounts that nobody can look up."""
    for text in said:
        found = DEADLINE.search(text)
        if found:
            yield Finding(text.line, "W10", f'{where}: "{found.group()}" staat er zonder bron')
