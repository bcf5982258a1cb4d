"""Where numbers and names stand on the map, so that none lies over another: a number is what a person came for."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from buurt.communities.hexmap import HexMap
from posts.boardmap import Group

# Sizes of the letters, as 66-map.css has them; a letter is about this part of its height wide.
NUMBER, NAME = 46.0, 26.0
WIDE = 0.6
# Between a number and the edge of a cell that lies over it.
APART = 8.0
# How far above or below the middle of its area a name may stand, the nearest first.
STEPS = (-44.0, 44.0, -76.0, 76.0, -108.0, 108.0, -140.0, 140.0)

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """The place some words take."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two boxes lie over each other."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def box_of(words: str, at: Point, size: float) -> Box:
    """Return the place of words whose middle stands at this point."""
    half = len(words) * size * WIDE / 2
    return Box(at[0] - half, at[1] - size / 2, at[0] + half, at[1] + size / 2)


def number_spots(sheet: HexMap, groups: Sequence[Group]) -> list[Point]:
    """Return where each group's number stands: in its middle, or far from the smaller cells drawn over that."""
    spots = []
    for index, group in enumerate(groups):
        over = [_circle(sheet, later.cell) for later in groups[index + 1 :]]
        middle, *around = _inside(sheet, group.cell)
        if all(_room(middle, one) >= 0 for one in over):
            spots.append(middle)
        else:
            spots.append(max(around, key=lambda spot: min(_room(spot, one) for one in over)))
    return spots


def name_spots(sheet: HexMap, areas: Mapping[str, Iterable[int]], taken: Iterable[Box]) -> list[tuple[str, Point]]:
    """Return the names that find a place near the middle of their area, free of numbers and of each other."""
    boxes, placed = list(taken), []
    for name, cells in areas.items():
        x, y = sheet.middle(cells)
        half = len(name) * NAME * WIDE / 2
        x = min(max(x, half), sheet.width - half)
        for step in STEPS:
            box = box_of(name, (x, y + step), NAME)
            if box.top >= 0 and box.bottom <= sheet.height and not any(box.meets(other) for other in boxes):
                boxes.append(box)
                placed.append((name, (round(x, 1), round(y + step, 1))))
                break
    return placed


def _inside(sheet: HexMap, cell: int) -> list[Point]:
    """Return the middle of a cell and points around it, half way and further to its corners and sides."""
    x, y = sheet.middle([cell])
    corners = sheet.corners(cell)
    sides = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]
    around = [
        (round(x + (to[0] - x) * part, 1), round(y + (to[1] - y) * part, 1))
        for part in (0.35, 0.5, 0.65)
        for to in (*corners, *sides)
    ]
    return [(x, y), *around]


def _circle(sheet: HexMap, cell: int) -> tuple[Point, float]:
    middle = sheet.middle([cell])
    return middle, max(math.dist(middle, corner) for corner in sheet.corners(cell))


def _room(spot: Point, circle: tuple[Point, float]) -> float:
    """Return how much too near a number is to a cell drawn over it; nothing or more is free."""
    middle, radius = circle
    return math.dist(spot, middle) - radius - NUMBER / 2 - APART
