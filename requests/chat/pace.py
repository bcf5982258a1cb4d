"""How fast one person may write. Counted in the process; who writes a lot is counted across processes too.

Most people write a few messages a minute, and for those no other machine is asked anything.
"""

import time
from threading import Lock

from buurt.ledger.limits import TooOftenError, count_or_refuse

MESSAGES_A_MINUTE = 30
SECONDS = 60

_lock = Lock()
_window = 0
_counts: dict[int, int] = {}


def allows(resident_id: int) -> bool:
    """Count one message of this person; say whether it is still within what a person can write in a minute."""
    count = _counted(resident_id)
    if count > MESSAGES_A_MINUTE:
        return False
    if count <= MESSAGES_A_MINUTE // 2:
        return True
    # With as many as this in one process alone, the others might have some too.
    try:
        count_or_refuse("chat.message", str(resident_id), times=MESSAGES_A_MINUTE // 2, seconds=SECONDS)
    except TooOftenError:
        return False
    return True


def give_back(resident_id: int) -> None:
    """Take one message back: the database was away, and it will be counted when it is stored."""
    with _lock:
        if _counts.get(resident_id, 0) > 0:
            _counts[resident_id] -= 1


def forget() -> None:
    """Begin anew, as a new process does."""
    with _lock:
        _counts.clear()


def _counted(resident_id: int) -> int:
    global _window  # noqa: PLW0603 the one minute that is counted now
    window = int(time.time() // SECONDS)
    with _lock:
        if window != _window:
            _window = window
            _counts.clear()
        count = _counts[resident_id] = _counts.get(resident_id, 0) + 1
    return count
