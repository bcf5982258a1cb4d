"""How long things wait; a demo or a test may hurry every clock by CLOCK_SPEED."""

from datetime import timedelta

from django.conf import settings


def span(**parts: float) -> timedelta:
    """Return timedelta(**parts), divided by the configured speed of the clock (1 in real life)."""
    return timedelta(**parts) / settings.CLOCK_SPEED
