"""Limits on how often something may be done: a small counter in the cache, shared by all processes with Redis."""

import time

from django.core.cache import cache


class TooOftenError(Exception):
    """Somebody did this too often; try again later."""


def count_or_refuse(name: str, who: str, *, times: int, seconds: int) -> None:
    """Count one act of `who`; raises TooOftenError when there were more than `times` in this window of `seconds`."""
    window = int(time.time() // seconds)
    key = f"limit:{name}:{who}:{window}"
    cache.add(key, 0, timeout=seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # evicted between the two lines
        cache.set(key, 1, timeout=seconds)
        count = 1
    if count > times:
        raise TooOftenError(name)
