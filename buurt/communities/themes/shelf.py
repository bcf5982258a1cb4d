"""Which themes there are besides Buurt's own: those that ship (made at set-up) and those dropped in the folder.

A file that is no good theme is left out and said by a system check; a page never waits for it or breaks on it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from buurt.communities.themes.contrast import read_fit_theme
from buurt.communities.themes.sheet import sheet_of, version_of
from buurt.communities.themes.tokens import Theme, ThemeError

# Buurt's own look, which needs no file, and a community's own upload.
BUURT, OWN = "buurt", "eigen"
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


@dataclass(frozen=True)
class Shelved:
    """A theme that can be worn: its key, itself, its style sheet and the version of that."""

    key: str
    theme: Theme
    sheet: str
    version: str


def shelved(key: str) -> Shelved | None:
    """Return this theme, or None when it is not there or no good."""
    path = _files().get(key)
    if path is None:
        return None
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ThemeError):
        return None


def all_shelved() -> list[Shelved]:
    """Return every good theme, by name."""
    found = [theme for key in _files() if (theme := shelved(key))]
    return sorted(found, key=lambda each: each.theme.name)


def problems_on_shelf() -> dict[str, list[str]]:
    """Return file -> what is wrong with it, for the files that cannot be worn."""
    problems: dict[str, list[str]] = {}
    for path in _files().values():
        try:
            _read(path, path.stat().st_mtime_ns)
        except ThemeError as error:
            problems[str(path)] = error.problems
        except OSError as error:
            problems[str(path)] = [str(error)]
    return problems


def _files() -> dict[str, Path]:
    """Return key -> file; a file in the community's folder goes before one that ships."""
    files: dict[str, Path] = {}
    for folder in settings.THEME_FOLDERS:
        for path in sorted(Path(folder).glob("*.json")):
            if _KEY.fullmatch(path.stem) and path.stem not in {BUURT, OWN}:
                files[path.stem] = path
    return files


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Shelved:
    with override("nl"):
        theme = read_fit_theme(path.read_text(encoding="utf-8"), name=path.stem)
    sheet = sheet_of(theme)
    return Shelved(path.stem, theme, sheet, version_of(sheet))
