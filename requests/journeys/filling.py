"""Which slots of the wegwijzers a community filled, and which a resident meets without anybody behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from buurt.communities.models import Community
from buurt.organisations.models import Organisation
from journeys.cards import LISTED_AS_SLOT
from journeys.library import all_journeys
from journeys.slots import NAMES, NATIONAL, PERSONAL, National


@dataclass(frozen=True, slots=True)
class Filling:
    """One slot in a community: how many fill it, one of them, the oldest check, what leads to it."""

    slot: str
    name: str
    journeys: list[str]
    count: int = 0
    example: str = ""
    checked_on: date | None = None
    # What a resident sees where nobody fills it.
    national: National | None = None

    @property
    def others(self) -> int:
        """Return how many more fill it."""
        return max(0, self.count - 1)

    @property
    def is_missing(self) -> bool:
        """Whether nobody here fills it, and nobody of the whole country either."""
        return not self.count and not (self.national and self.national.same)


def slots_in_use() -> dict[str, list[str]]:
    """Return per slot the wegwijzers that lead to it."""
    used: dict[str, list[str]] = {}
    for journey in all_journeys():
        for answer in journey.answers:
            if answer.action.main in LISTED_AS_SLOT:
                names = used.setdefault(str(answer.action.value), [])
                if journey.id not in names:
                    names.append(str(journey.id))
    return used


def fillings_of(community: Community) -> list[Filling]:
    """Return every slot that the wegwijzers use and a table can name, by its name; one query."""
    used = {slot: ids for slot, ids in slots_in_use().items() if slot not in PERSONAL}
    titles = {str(journey.id): journey.title for journey in all_journeys()}
    held = _held(community, used)
    fillings = []
    for slot, ids in used.items():
        count, example, oldest = held.get(slot, (0, "", None))
        titled = [str(titles[key]) for key in ids]
        fillings.append(Filling(slot, str(NAMES[slot]), titled, count, example, oldest, NATIONAL.get(slot)))
    return sorted(fillings, key=lambda each: each.name.casefold())


def _held(community: Community, slots: Collection[str]) -> dict[str, tuple[int, str, date | None]]:
    rows = Organisation.objects.filter(community=community, slot__in=slots).order_by().values("slot")
    counted = rows.annotate(count=Count("pk"), example=Min("name"), oldest=Min("checked_on"))
    return {row["slot"]: (row["count"], row["example"], row["oldest"]) for row in counted}


def missing_slots(community: Community) -> list[str]:
    """Return the slots that nobody fills here; those of the whole country fill themselves."""
    return sorted(each.slot for each in fillings_of(community) if each.is_missing)
