"""Read a theme: which names there are, what may stand behind them, and how the ones left out follow from the others.

A theme file is JSON: {"name": "Duinstad", "tokens": {"brand": "#004699"}, "dark": {...}}. One colour is enough: tints,
the words on a button and the dark scheme are worked out from it; whoever wants may set every one of them.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from buurt.communities.themes.colours import BLACK, WHITE, mix, readable_on, tidy_colour, until

Colours = dict[str, str]

BASE: dict[str, Colours] = json.loads((Path(__file__).parent / "data" / "buurt.json").read_text(encoding="utf-8"))
LIGHT, DARK = BASE["light"], BASE["dark"]
# Corners: of cards, of buttons and fields. In pixels.
SIZES = {"radius": (0, 26), "radius-card": (0, 32)}
FONT = "font"
_FAMILY = re.compile(r"\s*(?:\"[A-Za-z0-9 _-]{1,60}\"|'[A-Za-z0-9 _-]{1,60}'|[A-Za-z0-9 _-]{1,60})\s*", re.ASCII)
_SIZE = re.compile(r"(\d{1,2})(?:px)?", re.ASCII)
MOST_BYTES = 3 * 1024 * 1024
# Enough to stop reading a file that is no theme at all.
MOST_PROBLEMS = 12


class ThemeError(Exception):
    """A file that is no theme, or one that cannot be read by everybody; `problems` says what, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Theme:
    """A theme as it is worn: the colours that differ from Buurt's own, in both schemes, its corners and letters."""

    name: str
    light: Colours = field(default_factory=dict)
    dark: Colours = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)

    @property
    def schemes(self) -> dict[str, Colours]:
        """Return every colour of both schemes, those of Buurt included."""
        return {"light": {**LIGHT, **self.light}, "dark": {**DARK, **self.dark}}


def read_theme(text: str, *, name: str = "") -> Theme:
    """Return the theme in a file of Buurt's own kind or of NL Design System; raises ThemeError that says what is wrong.

    Contrast is not looked at here: see `contrast.problems_of`.
    """
    from buurt.communities.themes.nlds import as_tokens, is_nlds

    if len(text.encode()) > MOST_BYTES:
        raise ThemeError([_("Het bestand is te groot. Hooguit 3 MB.")])
    try:
        found: Any = json.loads(text)
    except ValueError as problem:
        raise ThemeError([_("Dit is geen JSON-bestand: %(problem)s.") % {"problem": problem}]) from problem
    if not isinstance(found, dict):
        raise ThemeError([_("Het bestand begint niet met een accolade: { … }.")])
    if is_nlds(found):
        found = {"name": name, "tokens": as_tokens(found)}
    problems: list[str] = []
    unknown = set(found) - {"name", "tokens", "dark", "$schema", "licence"}
    problems += [_("“%(name)s” kennen we niet.") % {"name": _short(key)} for key in sorted(unknown)]
    light = _colours(found.get("tokens"), "tokens", problems)
    dark = _colours(found.get("dark", {}), "dark", problems)
    title = str(found.get("name") or name or _("Eigen huisstijl"))[:60]
    sizes = {key: light.pop(key) for key in (*SIZES, FONT) if key in light}
    dark = {key: value for key, value in dark.items() if key in LIGHT}
    if problems:
        raise ThemeError(problems[:MOST_PROBLEMS])
    return Theme(title, *complete(light, dark), sizes)


def _colours(given: Any, where: str, problems: list[str]) -> Colours:
    """Return the values that are right; adds a sentence for each that is not."""
    if not isinstance(given, dict):
        problems.append(_("“%(where)s” is er niet, of is geen lijst van namen en waarden.") % {"where": where})
        return {}
    good: Colours = {}
    for written, value in given.items():
        name = str(written).removeprefix("--").removeprefix("buurt-")
        tidy = _tidy(name, value)
        if tidy is None:
            problems.append(_why_not(name, value))
        else:
            good[name] = tidy
    return good


def _tidy(name: str, value: Any) -> str | None:
    if not isinstance(value, str | int):
        return None
    if name in LIGHT:
        return tidy_colour(str(value))
    if name in SIZES:
        found = _SIZE.fullmatch(str(value).strip())
        low, high = SIZES[name]
        return f"{int(found[1])}px" if found and low <= int(found[1]) <= high else None
    if name == FONT:
        families = str(value).split(",")
        return ", ".join(each.strip() for each in families) if all(map(_FAMILY.fullmatch, families)) else None
    return None


def _why_not(name: str, value: Any) -> str:
    facts = {"name": _short(name), "value": _short(value)}
    if name in LIGHT:
        return _("“%(name)s”: %(value)s is geen kleur. Schrijf een kleur als #0d5c50.") % facts
    if name in SIZES:
        low, high = SIZES[name]
        return _("“%(name)s”: schrijf een maat van %(low)d tot %(high)d px.") % {**facts, "low": low, "high": high}
    if name == FONT:
        return _("“%(name)s”: schrijf alleen namen van lettertypen, met een komma ertussen.") % facts
    return _("“%(name)s” kennen we niet.") % facts


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def complete(light: Colours, dark: Colours) -> tuple[Colours, Colours]:
    """Return both schemes with what follows from the colours given; what was given stays as it is."""
    day = {**_follow(light, {**LIGHT, **light}), **light}
    night_given = {**_by_night(light, {**DARK, **dark}), **dark}
    night = {**_follow(night_given, {**DARK, **night_given}, night=True), **night_given}
    if light.get("brand"):
        night.setdefault("own", until(light["brand"], (WHITE,), 4.5))
        night.setdefault("on-own", WHITE)
        for number in ("street-1", "street-2", "street-3"):
            night[number] = dark.get(number) or mix(day[number], BLACK, 0.2)
    return day, night


def _by_night(light: Colours, scheme: Colours) -> Colours:
    """Return the colours that act, made light enough for a dark card."""
    acting = [name for name in ("brand", "brick", "sky", "danger") if name in light]
    grounds = (scheme["card"], scheme["paper"], scheme["sand"])
    found: Colours = {str(name): until(light[name], grounds, 6.2) for name in acting}
    if "sun" in light:
        found["sun"] = light["sun"]
    return found


def _follow(given: Colours, scheme: Colours, *, night: bool = False) -> Colours:
    """Return what follows from the colours given: tints, thin lines, the words on a filled surface, the street."""
    card, ink = scheme["card"], scheme["ink"]
    found: Colours = {}
    if brand := given.get("brand"):
        found |= {
            "on-brand": readable_on(brand, WHITE, BLACK),
            "brand-dark": mix(brand, WHITE if night else BLACK, 0.3),
            "brand-tint": mix(card, brand, 0.2 if night else 0.12),
            "brand-wash": mix(card, brand, 0.1 if night else 0.06),
            "brand-line": mix(card, brand, 0.35 if night else 0.22),
            "street-1": brand,
            "street-2": mix(brand, WHITE, 0.25),
            "street-3": mix(brand, BLACK, 0.35),
        }
        if not night:
            found |= {"own": brand, "on-own": found["on-brand"]}
    if paper := given.get("paper"):
        found |= {"sand": mix(paper, ink, 0.06), "line": mix(paper, ink, 0.14), "morning": mix(paper, card, 0.4)}
    if sun := given.get("sun"):
        tint = mix(card, sun, 0.18 if night else 0.22)
        found |= {
            "on-sun": readable_on(sun, LIGHT["ink"], WHITE),
            "sun-tint": tint,
            "sun-line": mix(card, sun, 0.45),
            "sun-text": until(sun, (tint,), 6.0),
            "morning": tint if not night else mix(scheme["paper"], sun, 0.1),
        }
    for name in ("brick", "sky", "danger"):
        if colour := given.get(name):
            found[f"{name}-tint"] = mix(card, colour, 0.2 if night else 0.12)
            found |= {f"on-{name}": readable_on(colour, WHITE, BLACK)} if name != "sky" else {}
    if danger := given.get("danger"):
        found["danger-line"] = mix(card, danger, 0.35)
    if ink_given := given.get("ink"):
        found["focus"] = ink_given
    return found
