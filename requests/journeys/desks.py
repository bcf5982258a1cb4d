"""Who fills the slots of the wegwijzers in a community, near somebody; and the file that the table comes from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from django.db import models
from django.utils import timezone

from buurt.communities.models import Area, Community
from buurt.organisations.models import Organisation
from buurt.organisations.services import Stored, TableError, store_table
from buurt.organisations.table import MAX_BYTES, Problem, Row, read_table
from journeys.fileformat.vocabulary import INITIATIVES
from journeys.slots import NAMES


@dataclass(frozen=True, slots=True)
class Desks:
    """Per slot who fills it; `by_area` are the slots where that depends on where somebody lives."""

    found: dict[str, Organisation] = field(default_factory=dict)
    by_area: frozenset[str] = frozenset()


def desks_for(community: Community | None, slots: Collection[str], area: Area | None = None) -> Desks:
    """Return who fills these slots: in the own area first, then for the whole community, then elsewhere in it.

    Without an area a slot that several areas each fill for themselves stays open: it is asked where somebody lives.
    """
    if community is None or not slots:
        return Desks()
    rows: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.filter(community=community, slot__in=slots).order_by("name"):
        rows.setdefault(organisation.slot, []).append(organisation)
    found, by_area = {}, set()
    for slot, some in rows.items():
        nearest = min(some, key=lambda each: _far(each, area))
        if area is None and nearest.area_id is not None and len({each.name for each in some}) > 1:
            by_area.add(slot)
        else:
            found[slot] = nearest
    return Desks(found, frozenset(by_area))


def _far(organisation: Organisation, area: Area | None) -> int:
    if organisation.area_id is None:
        return 1
    return 0 if area is not None and organisation.area_id == area.pk else 2


def import_file(community: Community, path: Path, *, replace: bool = False) -> Stored:
    """Store the table in a file, all of it; WrongTableError or TableError say why nothing was stored."""
    with path.open("rb") as file:
        return import_table(by=None, community=community, data=file.read(MAX_BYTES + 1), replace=replace)


def import_table(*, by: models.Model | None, community: Community, data: bytes, replace: bool = False) -> Stored:
    """Store a table of who fills which slot, all of it; WrongTableError or TableError say why nothing was stored."""
    found = list(read_table(data, slots=frozenset(NAMES), today=timezone.localdate()))
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise TableError(problems)
    rows = [each for each in found if isinstance(each, Row)]
    return store_table(by=by, community=community, rows=rows, initiatives=INITIATIVES, replace=replace)
