"""Several acts at the same moment, for tests about races."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
PATIENCE = 60


def at_once(*acts: Callable[[], T]) -> list[T]:
    """Do all acts at the same moment, each on a thread and connection of its own."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        try:
            start.wait(timeout=PATIENCE)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(timeout=2 * PATIENCE) for each in [pool.submit(run, act) for act in acts]]
