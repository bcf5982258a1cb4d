"""Where we post to: the push services of the browsers people have, and nowhere else.

The address comes from a browser, so from anybody. Without this list our server could be made to call any machine,
also those inside the municipality's own network.
"""

from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 1000


def is_push_service(endpoint: str) -> bool:
    """Return whether this address belongs to a push service of settings.PUSH_SERVICES.

    Each of those is an origin ("https://fcm.googleapis.com"); "*." in front of the host stands for one or more labels.
    """
    if len(endpoint) > LONGEST or not endpoint.isascii() or any(sign.isspace() for sign in endpoint):
        return False
    try:
        asked = urlsplit(endpoint)
        port = asked.port
    except ValueError:
        return False
    if asked.username is not None or asked.password is not None or "\\" in endpoint or not asked.hostname:
        return False
    services: list[str] = settings.PUSH_SERVICES
    return any(_fits(asked.scheme, asked.hostname, port, each) for each in services)


def _fits(scheme: str, host: str, port: int | None, origin: str) -> bool:
    allowed = urlsplit(origin)
    if scheme != allowed.scheme or port != allowed.port or not allowed.hostname:
        return False
    if allowed.hostname.startswith("*."):
        return host.endswith(allowed.hostname[1:]) and len(host) > len(allowed.hostname) - 1
    return host == allowed.hostname
