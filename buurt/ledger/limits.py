"""Limits on how often something may be done: a small counter in the cache, shared by all processes with Redis."""

from django.core.cache import cache


class TooOftenError(Exception):
    """Somebody did this too often; try again later."""


def count_or_refuse(name: str, who: str, *, times: int, seconds: int) -> None:
    """Count one act of `who`; raises TooOftenError when there were more than `times` within `seconds` of the first.

    The counting begins with the first act and not on the hour: nobody gets twice as many around the turn of it.
    """
    key = f"limit:{name}:{who}"
    cache.add(key, 0, timeout=seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # evicted between the two lines
        cache.set(key, 1, timeout=seconds)
        count = 1
    if count > times:
        raise TooOftenError(name)
