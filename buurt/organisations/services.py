"""Keep the table of teams, initiatives and counters of a community."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.text import slugify

from buurt.communities.models import Area, Community
from buurt.ledger.services import record
from buurt.organisations.models import Organisation
from buurt.organisations.table import Problem, Row

TEAMS = frozenset({"sociaal-team", "jeugdteam"})


class TableError(Exception):
    """The table names areas that are not there; nothing was stored."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the lines."""
        self.problems = problems
        super().__init__(problems[0].reason)


@dataclass(frozen=True, slots=True)
class Stored:
    """How many rows were new, changed and taken away."""

    new: int
    changed: int
    gone: int


@transaction.atomic
def store_table(
    *,
    by: models.Model | None,
    community: Community,
    rows: Iterable[Row],
    initiatives: frozenset[str],
    replace: bool = False,
) -> Stored:
    """Store a table, all of it or nothing (TableError); safe to run twice.

    A row is known by what it fills, where, and its name. With `replace` what is not in the table goes away;
    rows without a slot (an organisation of its own) stay. `initiatives` are the slots that are no counter.
    """
    rows = list(rows)
    places = _areas(community, rows)
    held = {(each.slot, each.area_id, each.name): each for each in community.organisations.exclude(slot="")}
    new = changed = 0
    for row in rows:
        area = places[row.area]
        facts = {
            "kind": _kind(row.slot, initiatives),
            "phone": row.phone,
            "hours": row.hours,
            "address": row.address,
            "website": row.website,
            "checked_on": row.checked_on,
        }
        known = held.pop((row.slot, area.pk if area else None, row.name), None)
        if known is None:
            Organisation.objects.create(community=community, area=area, slot=row.slot, name=row.name, **facts)
            new += 1
        elif any(getattr(known, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(known, name, value)
            known.save(update_fields=list(facts))
            changed += 1
    gone = len(held) if replace else 0
    if gone:
        Organisation.objects.filter(pk__in=[each.pk for each in held.values()]).delete()
    if new or changed or gone:
        record("organisations_stored", community, by=by, new=new, changed=changed, gone=gone)
    return Stored(new, changed, gone)


def _areas(community: Community, rows: list[Row]) -> dict[str, Area | None]:
    """Return per area as typed which one it is; "" is the whole community."""
    known: dict[str, Area] = {}
    for area in community.areas.all():
        known[area.slug] = known[area.name.casefold()] = area
    places: dict[str, Area | None] = {"": None}
    problems = []
    for row in rows:
        found = known.get(row.area.casefold()) or known.get(slugify(row.area))
        if row.area and found is None:
            problems.append(Problem(row.line, f"buurt: “{row.area}” is hier geen buurt"))
        places.setdefault(row.area, found)
    if problems:
        raise TableError(problems)
    return places


def _kind(slot: str, initiatives: frozenset[str]) -> str:
    if slot in TEAMS:
        return Organisation.Kind.TEAM
    return Organisation.Kind.INITIATIVE if slot in initiatives else Organisation.Kind.COUNTER
