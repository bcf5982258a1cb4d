"""The two houses of Buurt as a picture for a telephone's home screen, in the colours of the community's theme.

PNG, because telephones take no SVG there; drawn here, because a theme may change at any time. About a tenth of a
second, once per theme, size and process.
"""

import re
import struct
import zlib
from functools import lru_cache

import numpy as np

from buurt.communities.house_style import style_of
from buurt.communities.models import Community
from buurt.communities.themes.shelf import OWN, shelved

SIZES = (180, 192, 512)
# As in static/icon.svg, in units of a square of 36: outline, and the token that colours it.
SHAPES: tuple[tuple[str, str], ...] = (
    ("brand", "1,34 1,15 8,7 15,15 15,34"),
    ("sun", "15,34 15,12 17.5,12 17.5,9 20,9 20,6 23,6 23,3 27,3 27,6 30,6 30,9 32.5,9 32.5,12 35,12 35,34"),
    ("card", "5,18 11,18 11,24 5,24"),
    ("card", "18.5,16 23,16 23,20.5 18.5,20.5"),
    ("card", "27,16 31.5,16 31.5,20.5 27,20.5"),
    ("ink", "22.5,25 27.5,25 27.5,34 22.5,34"),
)
COLOURS = {"paper": "#faf6ee", "brand": "#0d5c50", "sun": "#f3b83f", "card": "#ffffff", "ink": "#1c2a28"}
# A telephone may cut a maskable picture down to a circle of 80 %; two houses in 60 % stay whole.
ROOM, MASKED_ROOM = 0.84, 0.6
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def theme_colours(community: Community | None) -> dict[str, str]:
    """Return the colours (`#rrggbb`) of a community's theme in daylight: paper, brand, sun, card and ink."""
    set_by_theme: dict[str, str] = {}
    if community is not None and community.theme == OWN:
        style = style_of(community)
        set_by_theme = style.tokens.get("light", {}) if style else {}
    elif community is not None and (found := shelved(community.theme)):
        set_by_theme = found.theme.light
    fitting = {name: set_by_theme.get(name, colour) for name, colour in COLOURS.items()}
    return {name: value if _COLOUR.fullmatch(value) else COLOURS[name] for name, value in fitting.items()}


def app_icon(colours: dict[str, str], size: int, *, masked: bool) -> bytes:
    """Return the picture as PNG, `size` pixels square. `masked` leaves room for a telephone that cuts it round."""
    return _draw(tuple(sorted(colours.items())), size, masked=masked)


@lru_cache(maxsize=64)
def _draw(named: tuple[tuple[str, str], ...], size: int, *, masked: bool) -> bytes:
    colours = {name: _rgb(value) for name, value in named}
    finer = 4 if size < 256 else 2  # the edges of a small picture need more steps between two colours
    fine = size * finer
    picture = np.empty((fine, fine, 3), dtype=np.float32)
    picture[:] = colours["paper"]
    scale = fine * (MASKED_ROOM if masked else ROOM) / 36
    # The middle of the houses (18, 18.5) comes in the middle of the picture.
    offset = (fine / 2 - 18 * scale, fine / 2 - 18.5 * scale)
    for token, outline in SHAPES:
        points = [tuple(float(number) for number in pair.split(",")) for pair in outline.split()]
        picture[_inside(fine, [(x * scale + offset[0], y * scale + offset[1]) for x, y in points])] = colours[token]
    smooth = picture.reshape(size, finer, size, finer, 3).mean(axis=(1, 3))
    return _png(np.rint(smooth).astype(np.uint8))


def _rgb(value: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(value.removeprefix("#")))


def _inside(size: int, points: list[tuple[float, float]]) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Return which pixels lie inside a closed outline: those with an odd number of edges to their left."""
    x, y = np.meshgrid(np.arange(size) + 0.5, np.arange(size) + 0.5)
    inside = np.zeros((size, size), dtype=bool)
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        if y1 == y2:
            continue
        crosses = (y1 > y) != (y2 > y)
        inside ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return inside


def _png(pixels: "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]") -> bytes:
    """Return pixels (height, width, RGB) as a PNG file; ISO/IEC 15948, no filter, one block of data."""
    height, width, _channels = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
