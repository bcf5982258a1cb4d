"""Write a theme as a style sheet: only tokens, both schemes, in a fixed order so that its name can be a hash."""

import hashlib

from buurt.communities.themes.tokens import FONT, Theme

OWN_FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif'


def sheet_of(theme: Theme) -> str:
    """Return the style sheet; values were checked when the theme was read, so nothing but tokens can stand in it."""
    sizes = {name: f"{value}, {OWN_FONTS}" if name == FONT else value for name, value in theme.sizes.items()}
    day = _lines({**theme.light, **sizes})
    night = _lines(theme.dark)
    return f":root{{{day}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}\n"


def _lines(tokens: dict[str, str]) -> str:
    return ";".join(f"--buurt-{name}:{value}" for name, value in sorted(tokens.items()))


def version_of(content: str | bytes) -> str:
    """Return the short name of a content, for addresses that may be kept for ever."""
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:12]
