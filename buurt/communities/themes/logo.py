"""Clean a logo: a PNG keeps only its picture, an SVG only shapes and colours; whatever could act is left out."""

import re
import struct
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from buurt.communities.themes.tokens import ThemeError

MOST_BYTES = 100 * 1024
MOST_PIXELS = 2000
MOST_SHAPES = 2000
HEIGHT = 40
WIDEST = 200
PNG_SIGN = b"\x89PNG\r\n\x1a\n"
# What makes the picture; the rest of a PNG is words about it.
PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA"}
SVG = "http://www.w3.org/2000/svg"
_SHAPES = (
    "svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop title desc clipPath"
)
_ATTRIBUTES = (
    "viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform fill fill-opacity fill-rule "
    "stroke stroke-width stroke-linecap stroke-linejoin stroke-opacity stroke-miterlimit stroke-dasharray opacity "
    "offset stop-color stop-opacity id gradientUnits gradientTransform spreadMethod clip-path clip-rule "
    "clipPathUnits preserveAspectRatio"
)
SHAPES, ATTRIBUTES = frozenset(_SHAPES.split()), frozenset(_ATTRIBUTES.split())
_VALUE = re.compile(r"[A-Za-z0-9 #.,()%+\-\n\r\t]*", re.ASCII)
_POINTER = re.compile(r"url\(#[A-Za-z0-9_-]+\)", re.ASCII)


@dataclass(frozen=True)
class Logo:
    """A clean picture, its kind ("png" or "svg"), and how wide it is when it stands 40 px high."""

    data: bytes
    kind: str
    width: int


def clean_logo(data: bytes) -> Logo:
    """Return the logo without anything but its picture; raises ThemeError that says why it cannot be used."""
    if len(data) > MOST_BYTES:
        raise ThemeError([_("Het logo is te groot. Hooguit 100 kB.")])
    return _clean_png(data) if data.startswith(PNG_SIGN) else _clean_svg(data)


def _shown_width(width: float, height: float) -> int:
    return max(HEIGHT // 2, min(WIDEST, round(HEIGHT * width / height)))


def _clean_png(data: bytes) -> Logo:
    broken = ThemeError([_("Dit PNG-bestand is stuk. Sla het logo opnieuw op.")])
    kept, at, size = [PNG_SIGN], len(PNG_SIGN), (0, 0)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if len(check) != 4 or struct.unpack(">I", check)[0] != zlib.crc32(name + body):
            raise broken
        if name == b"IHDR" and length == 13:
            size = struct.unpack(">II", body[:8])
        if name in PNG_PARTS:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if name == b"IEND":
            break
    else:
        raise broken
    if not all(0 < side <= MOST_PIXELS for side in size):
        raise ThemeError([_("Het logo mag hooguit 2000 bij 2000 beeldpunten zijn.")])
    return Logo(b"".join(kept), "png", _shown_width(*size))


def _clean_svg(data: bytes) -> Logo:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ThemeError([_("Kies een PNG- of SVG-bestand.")]) from problem
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        # An entity can make a small file grow without end; drawing programs can save without them.
        raise ThemeError([_("Sla de SVG op als “gewone SVG”, zonder DOCTYPE.")])
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no entities, bounded in size
    except ElementTree.ParseError as problem:
        raise ThemeError([_("Kies een PNG- of SVG-bestand.")]) from problem
    if root.tag != f"{{{SVG}}}svg" or sum(1 for _part in root.iter()) > MOST_SHAPES:
        raise ThemeError([_("Dit is geen SVG, of er staat te veel in.")])
    width, height = _box(root)
    ElementTree.register_namespace("", SVG)
    clean = _copy(root)
    return Logo(ElementTree.tostring(clean, encoding="utf-8"), "svg", _shown_width(width, height))


def _box(root: ElementTree.Element) -> tuple[float, float]:
    """Return width and height of the drawing, from its viewBox or else its own size."""
    numbers = re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))
    if len(numbers) == 4 and float(numbers[2]) > 0 and float(numbers[3]) > 0:
        return float(numbers[2]), float(numbers[3])
    sides = [re.match(r"\d+(?:\.\d+)?", root.get(side, "")) for side in ("width", "height")]
    if all(sides) and all(float(side[0]) > 0 for side in sides if side):
        root.set("viewBox", f"0 0 {sides[0][0]} {sides[1][0]}")  # type: ignore[index]
        return float(sides[0][0]), float(sides[1][0])  # type: ignore[index]
    raise ThemeError([_("De SVG heeft geen maat: er is een viewBox nodig.")])


def _copy(old: ElementTree.Element) -> ElementTree.Element:
    """Return the same shape with the attributes we know, and the children we know."""
    new = ElementTree.Element(old.tag, {name: value for name, value in old.attrib.items() if _is_safe(name, value)})
    if old.tag in {f"{{{SVG}}}title", f"{{{SVG}}}desc"}:
        new.text = old.text
    for child in old:
        if isinstance(child.tag, str) and child.tag.removeprefix(f"{{{SVG}}}") in SHAPES and child.tag.startswith("{"):
            new.append(_copy(child))
    return new


def _is_safe(name: str, value: str) -> bool:
    return name in ATTRIBUTES and bool(_POINTER.fullmatch(value) or ("url" not in value and _VALUE.fullmatch(value)))
