"""The parts that the environment chooses: which database, which cache."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

# Nowhere else do we post to, whatever address a browser gives us (notifications/channels/webpush/hosts.py).
PUSH_SERVICES_OF_BROWSERS = (
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
)


def origin_of(address: str) -> str:
    """Return scheme and host of an address ("https://tiles.example"), or "" without one."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme == "https" and parts.netloc else ""


def database(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings for a DATABASE_URL; without one, SQLite in this folder."""
    parts: dict[str, Any] = {**dj_database_url.parse(url or f"sqlite:///{folder / 'buurt.sqlite3'}")}
    # Under ASGI a persistent connection per thread leaks; PostgreSQL's pool takes its place.
    parts["CONN_MAX_AGE"] = 0
    if not parts["ENGINE"].endswith("sqlite3"):
        return parts | {"OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}}
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        # A writer waits for its turn instead of failing half-way through.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    return parts | {"OPTIONS": options, "TEST": {"NAME": str(folder / "test.sqlite3")}}


def cache(redis_url: str) -> dict[str, Any]:
    """Return Django's settings for the cache: Redis where there is one, else this process's memory."""
    if not redis_url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    return {"BACKEND": "config.cache.PatientRedisCache", "LOCATION": redis_url, "KEY_PREFIX": "buurt"}
