"""Zaanstad as a scenario: its real postcodes, 800 helpers, 80 asks a month, and budgets as people set them."""

import csv
import math
from collections import Counter
from pathlib import Path

from matching.simulation.scenario import Place, Scenario

POSTCODES = Path(__file__).resolve().parents[2] / "buurt" / "communities" / "data" / "nl_postcode4.csv"
KM_PER_DEGREE = 111.2


def municipality(name: str, province: str) -> tuple[Place, ...]:
    """Return the postcodes of a municipality where people live, as places on a plane in kilometres.

    Every postcode has the same share; those outside its largest place count as rural.
    """
    with POSTCODES.open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["municipality"] == name and row["province"] == province and row["kind"] in ("address", "both")
        ]
    if not rows:
        raise LookupError(f"no postcodes of {name} ({province})")
    south, west = min(float(row["lat"]) for row in rows), min(float(row["lon"]) for row in rows)
    narrower = math.cos(math.radians(south))
    largest = Counter(row["place"] for row in rows).most_common(1)[0][0]
    share = 1 / len(rows)
    return tuple(
        Place(
            (float(row["lon"]) - west) * KM_PER_DEGREE * narrower,
            (float(row["lat"]) - south) * KM_PER_DEGREE,
            0.4,
            share,
            share,
            rural=row["place"] != largest,
        )
        for row in rows
    )


def zaanstad() -> Scenario:
    """Return the scenario of issue 9: a real place of modest demand."""
    return Scenario(
        name="zaanstad",
        places=municipality("Zaanstad", "Noord-Holland"),
        helpers=800,
        asks_a_day=80 / 30,
        budgets=(2, 3, 4, 6),
        visits=0.06,
        days=365,
        warm_days=30,
    )
