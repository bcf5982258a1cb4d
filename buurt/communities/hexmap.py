"""A map made of hexagons, as numbers for an SVG: it needs no script, and no other site unless tiles are switched on.

Positions are Web Mercator (EPSG:3857), so that tiles of any map service fit behind the hexagons.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import h3

WIDTH = 1000.0
MARGIN = 24.0
# More tiles than this make a telephone wait; a coarser zoom level takes their place.
MOST_TILES = 16
FINEST_ZOOM = 15


@dataclass(frozen=True)
class Tile:
    """One picture of a map service, and where it stands."""

    href: str
    x: float
    y: float
    size: float


@lru_cache(maxsize=8_192)
def _outline(cell: int) -> tuple[tuple[float, float], ...]:
    """Return the corners of a cell in Web Mercator, both axes from 0 to 1, y downwards."""
    return tuple(_mercator(lat, lon) for lat, lon in h3.cell_to_boundary(h3.int_to_str(cell)))


def _mercator(lat: float, lon: float) -> tuple[float, float]:
    rise = math.asinh(math.tan(math.radians(lat)))
    return (lon + 180) / 360, (1 - rise / math.pi) / 2


def parent_of(cell: int, resolution: int) -> int:
    """Return the larger cell that this one lies in."""
    return int(h3.str_to_int(h3.cell_to_parent(h3.int_to_str(cell), resolution)))


class HexMap:
    """The sheet on which all these cells fit, `WIDTH` units wide."""

    def __init__(self, cells: Iterable[int]) -> None:
        corners = [corner for cell in cells for corner in _outline(cell)]
        if not corners:
            raise ValueError("a map of nothing")
        self._left, self._top = min(x for x, _y in corners), min(y for _x, y in corners)
        right, bottom = max(x for x, _y in corners), max(y for _x, y in corners)
        self._scale = (WIDTH - 2 * MARGIN) / (right - self._left)
        self.width = WIDTH
        self.height = round((bottom - self._top) * self._scale + 2 * MARGIN, 1)

    def _place(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = point
        return (x - self._left) * self._scale + MARGIN, (y - self._top) * self._scale + MARGIN

    def points(self, cell: int) -> str:
        """Return a cell's corners as SVG writes them: "12.0,4.5 ..."."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.corners(cell))

    def corners(self, cell: int) -> list[tuple[float, float]]:
        """Return where a cell's corners lie on the sheet."""
        return [self._place(corner) for corner in _outline(cell)]

    def middle(self, cells: Iterable[int]) -> tuple[float, float]:
        """Return the middle of these cells together."""
        corners = [corner for cell in cells for corner in self.corners(cell)]
        return (
            round(sum(x for x, _y in corners) / len(corners), 1),
            round(sum(y for _x, y in corners) / len(corners), 1),
        )

    def tiles(self, address: str) -> list[Tile]:
        """Return the pictures of a map service that lie behind the sheet; `address` has {z}, {x} and {y}."""
        right = self._left + (self.width - 2 * MARGIN) / self._scale
        bottom = self._top + (self.height - 2 * MARGIN) / self._scale
        for zoom in range(FINEST_ZOOM, 0, -1):
            count = 2**zoom
            columns = range(int(self._left * count), int(right * count) + 1)
            rows = range(int(self._top * count), int(bottom * count) + 1)
            if len(columns) * len(rows) <= MOST_TILES:
                return [self._tile(address, zoom, x, y) for y in rows for x in columns]
        return []

    def _tile(self, address: str, zoom: int, x: int, y: int) -> Tile:
        left, top = self._place((x / 2**zoom, y / 2**zoom))
        href = address.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))
        return Tile(href, round(left, 1), round(top, 1), round(self._scale / 2**zoom, 1))
