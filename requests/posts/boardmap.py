"""The board on a map: how many asks lie in which cell. Never a point, and never a cell that is about one household.

What lies in a cell with few asks is counted in the larger cell around it, and what is still few there only in the list.
So the map tells no more about where somebody lives than the list does.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from buurt.communities.hexmap import parent_of
from buurt.communities.places import RESOLUTION

# Fewer than this in one cell are not shown there.
FEWEST = 3
COARSEST = 6
# A community with more open posts than this sees the first ones counted; a page stays quick.
MOST_ROWS = 5_000


@dataclass(frozen=True)
class Group:
    """Posts counted together: the cell drawn, the postcode cells they lie in, and the areas' names."""

    cell: int
    count: int
    cells: frozenset[int] = field(default_factory=frozenset)
    areas: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How the address of the page names this group."""
        return f"{self.cell:x}"


def groups_of(rows: Iterable[tuple[int, str]]) -> tuple[list[Group], int]:
    """Return the groups of posts, given as (cell, area's name), largest cells first, and how many are in none."""
    left = list(rows)
    groups: list[Group] = []
    for resolution in range(RESOLUTION, COARSEST - 1, -1):
        count = Counter(_drawn(cell, resolution) for cell, _area in left)
        shown = {cell for cell, number in count.items() if number >= FEWEST}
        groups += [_group(cell, resolution, left) for cell in sorted(shown)]
        left = [(cell, area) for cell, area in left if _drawn(cell, resolution) not in shown]
    return groups[::-1], len(left)


def _drawn(cell: int, resolution: int) -> int:
    return cell if resolution == RESOLUTION else parent_of(cell, resolution)


def _group(drawn: int, resolution: int, rows: list[tuple[int, str]]) -> Group:
    inside = [(cell, area) for cell, area in rows if _drawn(cell, resolution) == drawn]
    return Group(
        cell=drawn,
        count=len(inside),
        cells=frozenset(cell for cell, _area in inside),
        areas=tuple(sorted({area for _cell, area in inside})),
    )
