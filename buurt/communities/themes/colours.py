"""Sums with colours: reading, mixing, and the contrast of two by WCAG 2.2 (relative luminance, section 1.4.3)."""

import re

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", re.ASCII)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*(?:1|1\.0|100%)\s*)?\)", re.ASCII)
WHITE, BLACK = "#ffffff", "#000000"
STEPS = 20


def tidy_colour(written: str) -> str | None:
    """Return a solid colour as #rrggbb, or None for anything else (names, transparency, functions)."""
    text = written.strip()
    if _HEX.fullmatch(text):
        digits = text[1:].lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    if (found := _RGB.fullmatch(text)) and all(int(part) < 256 for part in found.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in found.groups())
    return None


def parts(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of #rrggbb, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), as WCAG defines it."""
    red, green, blue = (_linear(part / 255) for part in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return `one` with a share (0 to 1) of `other` in it."""
    mixed = (round(a + (b - a) * share) for a, b in zip(parts(one), parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def readable_on(background: str, *choices: str) -> str:
    """Return the choice that stands out most on a background."""
    return max(choices, key=lambda choice: contrast(choice, background))


def until(colour: str, backgrounds: tuple[str, ...], ratio: float) -> str:
    """Return the colour made darker or lighter, as little as needed, until it reaches the ratio on all backgrounds.

    Where that cannot be, black or white, whichever comes nearest.
    """
    way = readable_on(backgrounds[0], BLACK, WHITE)
    for step in range(STEPS + 1):
        tried = mix(colour, way, step / STEPS)
        if all(contrast(tried, background) >= ratio for background in backgrounds):
            return tried
    return way
