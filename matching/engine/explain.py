"""The numbers behind one choice, kept with the invitation: for logs, for learning, and to say why in plain words."""

from dataclasses import dataclass

from matching.engine.columns import Ask, Floats, People
from matching.engine.model import (
    Model,
    availability_class,
    distance_band,
    rest_band,
)
from matching.engine.pool import Extra


@dataclass(frozen=True)
class Cells:
    """In which cell of each table this pair lies; the learner needs no more (docs/matching.md, 2)."""

    kind: int
    distance: int
    availability: int
    lead: int
    alerts: int
    rest: int


@dataclass(frozen=True)
class Term:
    """One helper in a plan. `index` is price per kept yes; the lowest goes first. `factor` is the helper's own."""

    row: int
    helper_id: int
    km: float
    level: float  # recent alerts
    helps: int  # in 28 days
    chance: float
    price: float
    index: float
    factor: float
    cells: Cells
    extras: tuple[Extra, ...] = ()

    def cells_of(self, extra: Extra) -> Cells:
        """Return the cells of another ask in the same message, for the log."""
        own = self.cells
        return Cells(extra.kind, extra.distance, extra.availability, extra.lead, own.alerts, own.rest)

    def ratios(self, model: Model) -> dict[str, float]:
        """Return the number of each table for this pair: above one speaks for asking, below one against."""
        return {
            "kind": float(model.kind[self.cells.kind]),
            "distance": float(model.distance[self.cells.distance]),
            "availability": float(model.availability[self.cells.availability]),
            "lead": float(model.lead[self.cells.lead]),
            "alerts": float(model.alerts[self.cells.alerts]),
            "rest": float(model.rest[self.cells.rest]),
        }


def terms_of(
    ask: Ask, people: People, chance: Floats, price: Floats, extras: list[tuple[Extra, ...]]
) -> tuple[Term, ...]:
    """Return the terms of these helpers, in their order."""
    helpers = people.helpers
    bands = zip(
        distance_band(people.km).tolist(),
        availability_class(helpers.times, ask.time).tolist(),
        people.band.tolist(),
        rest_band(people.now - helpers.last_help).tolist(),
        strict=True,
    )
    cells = [Cells(ask.kind, far, avail, ask.lead, alerts, rest) for far, avail, alerts, rest in bands]
    numbers = (
        people.rows,
        helpers.id,
        people.km,
        people.level,
        helpers.helps,
        chance,
        price,
        price / (chance * (1.0 - helpers.noshow)),
    )
    columns = zip(*(one.tolist() for one in numbers), helpers.factor.tolist(), cells, extras, strict=True)
    return tuple(Term(*column) for column in columns)


def main_reasons(term: Term, ask: Ask) -> dict[str, object]:
    """Return why this helper was asked, as parameters for words: kind, km, time of the ask, load."""
    return {
        "kind": ask.kind,
        "km": round(term.km, 1),
        "time": ask.time,
        "said_time": term.cells.availability == 1,
        "asked_lately": round(term.level, 1),
        "helped_lately": term.helps,
    }
