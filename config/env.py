"""Typed reading of environment variables; a wrong value says how to mend it."""

import os

from django.core.exceptions import ImproperlyConfigured


def env_text(name: str, default: str = "") -> str:
    """Return the variable's text, or the default when it is not set."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, *, default: bool = False) -> bool:
    """Return yes or no; anything but the usual words for them raises ImproperlyConfigured."""
    raw = env_text(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on", "ja"}:
        return True
    if raw in {"0", "false", "no", "off", "nee"}:
        return False
    msg = f"{name} is {raw!r}; write 1 or 0."
    raise ImproperlyConfigured(msg)


def env_list(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts, without blanks."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]
