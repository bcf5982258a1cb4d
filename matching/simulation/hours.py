"""The simulated clock: hours since a Monday at midnight; people read between eight and ten in the evening."""

WAKE, SLEEP, LAST_MESSAGE = 8.0, 22.0, 21.0
WAKING_DAY = SLEEP - WAKE


def waking(at: float) -> float:
    """Return the waking hours from the start until this hour."""
    days, hour = divmod(at, 24.0)
    return days * WAKING_DAY + min(max(hour - WAKE, 0.0), WAKING_DAY)


def after(at: float, waking_hours: float) -> float:
    """Return the hour that lies so many waking hours later."""
    days, rest = divmod(waking(at) + waking_hours, WAKING_DAY)
    return days * 24.0 + WAKE + rest


def sendable(at: float) -> float:
    """Return this hour when messages may go out, between eight and nine in the evening, else the next eight o'clock."""
    days, hour = divmod(at, 24.0)
    if hour < WAKE:
        return days * 24.0 + WAKE
    return at if hour < LAST_MESSAGE else (days + 1) * 24.0 + WAKE


def time_bit(at: float) -> int:
    """Return which of the 21 parts of the week this hour lies in: weekday * 3 + morning, afternoon or evening."""
    days, hour = divmod(at, 24.0)
    return int(days) % 7 * 3 + (0 if hour < 12 else 1 if hour < 18 else 2)
