"""The street of a community: Dutch gables drawn from its slug, always the same; a lit window is an answered ask.

Colours come from the style sheet by class: s1 to s6 the fronts, st doors and cornices, sg the white edge of a gable, sd
dark windows, sl lit ones. Numbers are whole, so that the drawing stays small.
"""

import hashlib
from dataclasses import dataclass, field
from html import escape

HEIGHT = 176
# The width of one house, on average; a street is as wide as its houses together.
HOUSE = 114
# Which fronts there are, the greens more often than the bricks.
FRONTS = (1, 3, 4, 2, 5, 3, 1, 6, 2)
WINDOW_WIDTH = 16
WINDOW_HEIGHT = 21


@dataclass(frozen=True)
class Window:
    """A window by its left upper corner, and how early it lights up (low is early)."""

    x: int
    y: int
    turn: int

    @property
    def path(self) -> str:
        """Return the window as a closed shape."""
        return f"M{self.x} {self.y}h{WINDOW_WIDTH}v{WINDOW_HEIGHT}h-{WINDOW_WIDTH}z"


@dataclass
class Street:
    """What is drawn, by kind, before it becomes one picture."""

    width: int
    fronts: dict[int, list[str]] = field(default_factory=dict)
    edges: list[str] = field(default_factory=list)
    trim: list[str] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)


class _Dice:
    """Throws that are the same for the same slug, in every version of Python."""

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._thrown = 0

    def throw(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both possible."""
        self._thrown += 1
        digest = hashlib.sha256(f"{self._slug}:{self._thrown}".encode()).digest()
        return low + int.from_bytes(digest[:4]) % (high - low + 1)


def draw_street(slug: str, lit: int, *, houses: int = 14, title: str = "") -> str:
    """Return the street as inline SVG with exactly `lit` lit windows, or all of them when there are fewer."""
    plan = _plan(slug, houses)
    in_turn = sorted(plan.windows, key=lambda window: window.turn)
    shining = max(0, min(lit, len(in_turn)))
    shapes = [f'<path class="s{front}" d="{"".join(paths)}"/>' for front, paths in sorted(plan.fronts.items())]
    shapes.append(f'<path class="sg" d="{"".join(plan.edges)}"/>')
    shapes.append(f'<path class="sd" d="{"".join(window.path for window in in_turn[shining:])}"/>')
    shapes.append(f'<path class="sl" d="{"".join(window.path for window in in_turn[:shining])}"/>')
    shapes.append(f'<path class="st" d="{"".join(plan.trim)}"/>')
    said = f'role="img"><title>{escape(title)}</title>' if title else 'aria-hidden="true">'
    return (
        f'<svg viewBox="0 0 {plan.width} {HEIGHT}" preserveAspectRatio="xMidYMax slice" focusable="false" {said}'
        f"{''.join(shapes)}</svg>"
    )


def count_windows(slug: str, *, houses: int = 14) -> int:
    """Return how many windows the street has, and so how many can be lit."""
    return len(_plan(slug, houses).windows)


def _plan(slug: str, houses: int) -> Street:
    dice = _Dice(slug)
    widths = [dice.throw(96, 132) for _ in range(houses)]
    plan = Street(width=houses * HOUSE)
    left, last_front, last_gable = 0, 0, -1
    for number in range(1, houses + 1):
        right = plan.width * sum(widths[:number]) // sum(widths)
        # Neighbours never look alike: another colour and another gable than the house before.
        others = [front for front in FRONTS if front != last_front]
        last_front = others[dice.throw(0, len(others) - 1)]
        last_gable = (last_gable + dice.throw(1, len(GABLES) - 1)) % len(GABLES)
        _build_house(plan, dice, (left, right - left), (last_front, last_gable))
        left = right
    return plan


def _build_house(plan: Street, dice: _Dice, place: tuple[int, int], look: tuple[int, int]) -> None:
    """Put one house on the plan: its front with a gable, its windows and its door."""
    left, width = place
    front, gable = look
    eaves = HEIGHT - dice.throw(86, 112)
    rise = dice.throw(42, 56)
    outline = GABLES[gable](width, rise)
    plan.fronts.setdefault(front, []).append(f"M{left} {HEIGHT}V{eaves}{outline}V{HEIGHT}z")
    if gable != FLAT:
        plan.edges.append(f"M{left + 1} {eaves}{outline}")
    else:
        plan.trim.append(f"M{left + 1} {eaves - rise // 2}h{width - 2}v5h{2 - width}z")
    columns = 3 if width > 112 else 2
    step = width // (columns + 1) if columns == 2 else (width - 12) // columns
    first = left + (width - step * (columns - 1)) // 2
    centres = [first + step * column for column in range(columns)]
    door = centres.pop(dice.throw(0, columns - 1))
    plan.trim.append(f"M{door - 9} {HEIGHT}v-38h18v38z")
    upper = [*centres, door]
    for row, places in ((eaves + 10, upper), (HEIGHT - 38, centres)):
        for centre in sorted(places):
            _hang_window(plan, dice, centre, row)
    if gable != FLAT:
        _hang_window(plan, dice, left + width // 2, eaves - WINDOW_HEIGHT)


def _hang_window(plan: Street, dice: _Dice, centre: int, top: int) -> None:
    # Windows near the middle light up first: a telephone shows only the middle of the street.
    turn = abs(centre - plan.width // 2) + dice.throw(0, plan.width // 3)
    plan.windows.append(Window(x=centre - WINDOW_WIDTH // 2, y=top, turn=turn))


def _stepped(width: int, rise: int) -> str:
    tread, riser = width // 9, rise // 4
    top = width - 6 * tread
    up = f"v-{riser}h{tread}" * 3
    down = f"h{tread}v{riser}" * 3
    return f"{up}v-{riser}h{top}v{riser}{down}"


def _bell(width: int, rise: int) -> str:
    half, quarter, middle = width // 2, width // 4, rise // 2
    rest = width - half - quarter
    return (
        f"q{quarter - 3}-3 {quarter}-{middle}q6-{rise - middle} {half - quarter}-{rise - middle}"
        f"q{rest - 6} 0 {rest} {rise - middle}q3 {middle - 3} {width - half - rest} {middle}"
    )


def _neck(width: int, rise: int) -> str:
    shoulder, neck = width // 4, rise // 3
    head = width - 2 * shoulder
    curve = rise - 2 * neck
    return (
        f"q{shoulder - 2}-2 {shoulder}-{curve}v-{neck}l{head // 2}-{neck}l{head - head // 2} {neck}v{neck}"
        f"q2 {curve - 2} {shoulder} {curve}"
    )


def _pointed(width: int, rise: int) -> str:
    half = width // 2
    return f"l{half}-{rise}l{width - half} {rise}"


def _flat(width: int, rise: int) -> str:
    return f"v-{rise // 2}h{width}v{rise // 2}"


GABLES = (_stepped, _bell, _neck, _pointed, _flat)
FLAT = GABLES.index(_flat)
