"""Where something is, as an H3 cell and never as an address; how far two cells are apart, and how we say that."""

from functools import lru_cache
from typing import Literal

import h3
from django.utils.translation import gettext as _

# About 0.7 square kilometre: as much as the centre of a four-digit postcode can honestly carry.
RESOLUTION = 8
# What "near" means on the board and in letters.
NEAR_KM = 3.0
# Rings of cells lie further apart than this (0.69 km here at the least), so no cell is missed.
CLOSEST_CENTRES_KM = 0.6

Band = Literal["own", "near", "far"]


def cell_of(lat: float, lon: float) -> int:
    """Return the cell of a point, as the number that the database keeps."""
    return int(h3.str_to_int(h3.latlng_to_cell(lat, lon, RESOLUTION)))


def cell_of_postcode(typed: str) -> int:
    """Return the cell of a postcode where people live; raises a PostcodeError of access for any other."""
    from buurt.communities import access

    return access.resident_postcode(typed).cell


@lru_cache(maxsize=65_536)
def _centre(cell: int) -> tuple[float, float]:
    lat, lon = h3.cell_to_latlng(h3.int_to_str(cell))
    return float(lat), float(lon)


def km_between(a: int, b: int) -> float:
    """Return the kilometres between the centres of two cells, as the crow flies."""
    if a == b:
        return 0.0
    return float(h3.great_circle_distance(_centre(a), _centre(b), unit="km"))


@lru_cache(maxsize=2_048)
def _disk(cell: int, km: float) -> tuple[int, ...]:
    rings = int(km / CLOSEST_CENTRES_KM) + 1
    around = (int(h3.str_to_int(each)) for each in h3.grid_disk(h3.int_to_str(cell), rings))
    return tuple(sorted(each for each in around if km_between(cell, each) <= km))


def cells_within(cell: int, km: float) -> list[int]:
    """Return all cells whose centre is at most this far away, the cell itself included."""
    return list(_disk(cell, float(km)))


def distance_band(a: int | None, b: int | None) -> Band:
    """Return how near two cells are, in the steps that we show; without a cell it is far."""
    if a is None or b is None:
        return "far"
    if a == b:
        return "own"
    return "near" if km_between(a, b) <= NEAR_KM else "far"


def spoken_band(band: Band) -> str:
    """Return a band in words."""
    return {
        "own": _("in jouw postcodegebied"),
        "near": _("tot ongeveer 3 km"),
        "far": _("verder weg"),
    }[band]
