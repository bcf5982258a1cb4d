"""EMAIL_URL in one line: smtp://user:password@host:587?tls=1 becomes Django's mail settings."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def mail_settings(url: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings for an smtp:// or smtps:// address; ImproperlyConfigured for another one."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        msg = "EMAIL_URL must look like smtp://user:password@host:587?tls=1"
        raise ImproperlyConfigured(msg)
    options = parse_qs(parts.query)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": options.get("tls") == ["1"],
    }
