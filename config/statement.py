"""The accessibility statement of a community: read from a data file, a default one where it has none of its own."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from buurt.communities.models import Community

DEFAULT = Path(__file__).with_name("data") / "toegankelijkheid.yaml"
STATUSES = {
    "volledig": _("Het platform voldoet volledig aan de eisen."),
    "gedeeltelijk": _("Het platform voldoet voor een deel aan de eisen."),
    "begonnen": _("De eerste maatregelen zijn genomen. Het platform voldoet nog niet aantoonbaar aan alle eisen."),
    "niet": _("Het platform voldoet niet aan de eisen."),
}
# The success criteria of WCAG 2.2, levels A and AA.
_CRITERIA = (
    "1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 "
    "1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 "
    "2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3"
)
CRITERIA = frozenset(_CRITERIA.split())


class StatementError(Exception):
    """A statement that cannot be shown; its text says where and why."""


@dataclass(frozen=True)
class Finding:
    """Something that is not right yet, or was not."""

    what: str
    since: date
    criterion: str = ""
    plan: str = ""
    mended: date | None = None


@dataclass(frozen=True)
class Statement:
    """What a community says about its accessibility."""

    made_on: date
    status: str
    researched: date | None = None
    contact: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def status_words(self) -> str:
        """Return the status in a sentence."""
        return str(STATUSES[self.status])

    @property
    def open(self) -> list[Finding]:
        """Return what is not right yet, longest first."""
        return sorted((each for each in self.findings if each.mended is None), key=lambda each: each.since)

    @property
    def mended(self) -> list[Finding]:
        """Return what was mended, latest first."""
        done = [each for each in self.findings if each.mended is not None]
        return sorted(done, key=lambda each: each.mended or each.since, reverse=True)


def own_file(community: Community) -> Path:
    """Return where a community's own statement may lie."""
    return Path(settings.STATEMENTS_FOLDER) / f"{community.slug}.yaml"


def statement_of(community: Community | None) -> Statement:
    """Return the community's own statement, or the one that ships; a broken file of its own never breaks the page."""
    if community is not None and own_file(community).is_file():
        try:
            return read_statement(own_file(community))
        except StatementError:
            pass  # said by `manage.py check`
    return read_statement(DEFAULT)


def read_statement(path: Path) -> Statement:
    """Return the statement in a file; raises StatementError that says what is wrong."""
    try:
        found: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(path, f"niet te lezen: {error}") from error
    if not isinstance(found, dict):
        raise _wrong(path, "geen lijst van namen en waarden")
    if found.get("status") not in STATUSES:
        raise _wrong(path, f"status is een van {', '.join(STATUSES)}")
    rows = found.get("findings") or []
    if not isinstance(rows, list):
        raise _wrong(path, "findings is geen lijst")
    researched = _day(path, found, "researched", needed=found["status"] in {"volledig", "gedeeltelijk"})
    return Statement(
        made_on=_day(path, found, "date", needed=True) or date.min,
        status=found["status"],
        researched=researched,
        contact=str(found.get("contact") or ""),
        findings=[_finding(path, number, row) for number, row in enumerate(rows, start=1)],
    )


def _finding(path: Path, number: int, row: Any) -> Finding:
    where = f"findings, nummer {number}"
    if not isinstance(row, dict) or not str(row.get("what") or "").strip():
        raise _wrong(path, f"{where}: what ontbreekt")
    criterion = str(row.get("criterion") or "")
    if criterion and criterion not in CRITERIA:
        raise _wrong(
            path, f"{where}: {criterion} is geen criterium van WCAG 2.2, A of AA (schrijf het met aanhalingstekens)"
        )
    since = _day(path, row, "since", needed=True) or date.min
    mended = _day(path, row, "mended")
    if mended is not None and mended < since:
        raise _wrong(path, f"{where}: mended ligt voor since")
    return Finding(re.sub(r"\s+", " ", str(row["what"])).strip(), since, criterion, str(row.get("plan") or ""), mended)


def _day(path: Path, found: dict[str, Any], name: str, *, needed: bool = False) -> date | None:
    value = found.get(name)
    if isinstance(value, date):
        return value
    if value is None and not needed:
        return None
    raise _wrong(path, f"{name}: schrijf een datum als 2026-11-25")


def _wrong(path: Path, what: str) -> StatementError:
    return StatementError(f"{path}: {what}")
