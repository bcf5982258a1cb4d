"""What waits unread for somebody, by name, for the badges of an open page. Rooms above add their own counts."""

from collections.abc import Callable

from buurt.residents.models import Resident
from chat.access import count_unread

_counters: dict[str, Callable[[Resident], int]] = {"messages": count_unread}


def register_count(name: str, counter: Callable[[Resident], int]) -> None:
    """Add a count; `name` is the badge's name in the page (data-badge). One query each."""
    _counters[name] = counter


def counts_of(resident: Resident) -> dict[str, int]:
    """Return every count of this person."""
    return {name: counter(resident) for name, counter in _counters.items()}
