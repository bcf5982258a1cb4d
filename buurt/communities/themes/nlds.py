"""Translate a file of NL Design System into our names: only the colours that we use, from its shared basis tokens.

Both of its forms are read: the flat list of resolved values (`variables.json`) and the nested tokens of Tokens
Studio and DTCG (`tokens.json`), where a value may point to another one: "{basis.color.default.bg-document}".
"""

import re
from typing import Any

from buurt.communities.themes.colours import tidy_colour

# Ours -> the places in theirs, the first that is there counts. Colour names end as theirs do: bg, border, color.
WHERE: dict[str, tuple[str, ...]] = {
    "paper": ("basis.page.background-color", "basis.color.default.bg-subtle"),
    "card": ("basis.color.default.bg-document",),
    "line": ("basis.color.default.border-subtle",),
    "sand": ("basis.color.default.bg-default",),
    "ink": ("basis.color.default.color-document",),
    "muted": ("basis.color.default.color-default",),
    "field": ("basis.form-control.border-color", "basis.color.default.border-default"),
    "brand": ("basis.color.action-1.color-default", "utrecht.button.primary-action.background-color"),
    "brand-dark": ("basis.color.action-1.color-active",),
    "brand-tint": ("basis.color.action-1.bg-default",),
    "brand-wash": ("basis.color.action-1.bg-subtle",),
    "brand-line": ("basis.color.action-1.border-subtle",),
    "sun": ("basis.color.highlight.bg-active", "basis.color.warning.bg-active"),
    "brick": ("basis.color.warning.color-default",),
    "sky": ("basis.color.info.color-default",),
    "sky-tint": ("basis.color.info.bg-default",),
    "danger": ("basis.color.negative.color-default",),
    "danger-tint": ("basis.color.negative.bg-default",),
    "focus-ring": ("basis.focus.background-color",),
}
RADII = {"radius": "basis.border-radius.md", "radius-card": "basis.border-radius.lg"}
DEEP = 12


def is_nlds(found: dict[str, Any]) -> bool:
    """Say whether this is a file of NL Design System rather than one of ours."""
    return "tokens" not in found and any(name.startswith("basis") for name in _flat(found))


def as_tokens(found: dict[str, Any]) -> dict[str, str]:
    """Return our tokens as far as the file has them; what it says otherwise is left alone."""
    values = _flat(found)
    tokens = {ours: colour for ours, places in WHERE.items() if (colour := _first(values, places))}
    for ours, place in RADII.items():
        found_size = re.fullmatch(r"(\d{1,2})px", _resolved(values, place))
        if found_size:
            tokens[ours] = f"{min(int(found_size[1]), 26)}px"
    return tokens


def _first(values: dict[str, str], places: tuple[str, ...]) -> str | None:
    return next((colour for place in places if (colour := tidy_colour(_resolved(values, place)))), None)


def _resolved(values: dict[str, str], name: str) -> str:
    """Follow {a.b.c} to the value it stands for."""
    value = values.get(_plain(name), "")
    for _turn in range(DEEP):
        pointed = re.fullmatch(r"\{([^{}]+)\}", value.strip())
        if pointed is None:
            return value
        value = values.get(_plain(pointed[1]), "")
    return ""


def _flat(found: dict[str, Any]) -> dict[str, str]:
    """Return name -> value; where the file is made of sets (Tokens Studio) their names are no part of it."""
    if "$themes" in found or "$metadata" in found:
        flat: dict[str, str] = {}
        for key, part in found.items():
            # The dark scheme of a file is left alone: ours follows from its light colours.
            if isinstance(part, dict) and not key.startswith("$") and "dark" not in key:
                flat |= _walked(part)
        return flat
    return _walked(found)


def _walked(found: dict[str, Any], before: str = "") -> dict[str, str]:
    """Return name -> value, the name without dots, dashes and capitals: both forms write it their own way."""
    flat: dict[str, str] = {}
    for key, value in found.items():
        if key.startswith("$") and key not in {"$value"}:
            continue
        if isinstance(value, dict):
            flat |= _walked(value, before if key == "$value" else f"{before}{_plain(key)}")
        elif key in {"$value", "value"} and before:
            flat[before] = str(value)
        elif not before and isinstance(value, str | int):
            flat[_plain(key)] = str(value)
    return flat


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
