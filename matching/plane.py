"""Cells as kilometres, and moments as days: the engine's plain numbers for place and time."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import h3
from django.conf import settings

KM_PER_DEGREE = 111.195
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def days(moment: datetime) -> float:
    """Return a moment on the engine's axis, in days of the platform's clock."""
    return (moment - EPOCH).total_seconds() / 86400 * settings.CLOCK_SPEED


@lru_cache(maxsize=65_536)
def _lat_lng(cell: int) -> tuple[float, float]:
    lat, lng = h3.cell_to_latlng(h3.int_to_str(cell))
    return float(lat), float(lng)


@dataclass(frozen=True)
class Plane:
    """Cells as kilometres east and north of a first cell; within 25 km it is right to half a per cent."""

    origin: int

    def xy(self, cell: int) -> tuple[float, float]:
        """Return the place of a cell."""
        lat, lng = _lat_lng(cell)
        lat0, lng0 = _lat_lng(self.origin)
        return (lng - lng0) * math.cos(math.radians(lat0)) * KM_PER_DEGREE, (lat - lat0) * KM_PER_DEGREE

    def km(self, one: int, other: int) -> float:
        """Return the kilometres between two cells."""
        (x1, y1), (x2, y2) = self.xy(one), self.xy(other)
        return math.hypot(x1 - x2, y1 - y2)
