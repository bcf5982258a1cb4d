"""The parts that the environment chooses (which database, which cache), and what a page may load."""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

# Nowhere else do we post to, whatever address a browser gives us (notifications/channels/webpush/hosts.py).
PUSH_SERVICES_OF_BROWSERS = (
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
)

# What a page may load: only what is ours.
PAGE_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}


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
        # A connection that PostgreSQL dropped (a restart, a cut network) is replaced, not handed to a request.
        return parts | {"CONN_HEALTH_CHECKS": True, "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}}
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


def logging_at(level: str) -> dict[str, Any]:
    """Return the settings of logging: plain lines on standard error from this level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["console"], "level": level},
        # At DEBUG these write what passes through their hands: frames of the chat, the whole context of a page, values
        # in statements. Somebody who looks for a fault at DEBUG must not read what neighbours say. What is quieter
        # already (uvicorn with --log-level warning, which was set before this is read) stays so.
        "loggers": {
            name: {"level": max(logging.INFO, logging.getLogger(name).level)}
            for name in ("django.template", "django.db.backends", "uvicorn.error", "websockets", "redis", "celery.task")
        },
    }
