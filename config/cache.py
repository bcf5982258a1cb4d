"""The cache on Redis, for when Redis is away: pages go on, a little slower, and nobody who logged out comes back.

What is only kept here is missed as if it had been forgotten (sessions stand in the database too). Limits are counted in
this process meanwhile. What was thrown away meanwhile is thrown away in Redis before anything is read from it again.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

logger = logging.getLogger(__name__)

# After a failure Redis is left alone this long, so that not every page waits for it.
REST_SECONDS = 1.0
MOST_REMEMBERED = 10_000


@dataclass
class _Absence:
    """What this process knows of a Redis that is away; the cache objects of all its threads share it."""

    until: float = 0.0
    thrown_away: set[tuple[Any, Any]] = field(default_factory=set)
    all_is_old: bool = False


_absences: dict[str, _Absence] = {}


class PatientRedisCache(RedisCache):
    """Django's Redis cache, that answers also when Redis does not."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = {"socket_connect_timeout": 1, "socket_timeout": 2}
        super().__init__(server, {**params, "OPTIONS": {**options, **params.get("OPTIONS", {})}})
        # Limits only: counters of this process.
        self._here = LocMemCache("while-redis-is-away", {"OPTIONS": {"MAX_ENTRIES": MOST_REMEMBERED}})
        self._absence = _absences.setdefault(str(server), _Absence())

    def _ask(self, redis: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        if time.monotonic() < self._absence.until:
            return otherwise()
        try:
            self._catch_up()
            return redis()
        except (RedisError, OSError) as error:
            if not self._absence.until:
                logger.warning("the cache does not answer: %s; pages go on without", type(error).__name__)
            self._absence.until = time.monotonic() + REST_SECONDS
            return otherwise()

    def _catch_up(self) -> None:
        """Throw away in Redis what was thrown away while it was away; if that is too much to know, everything."""
        known = self._absence
        if known.all_is_old:
            super().clear()
        for key, version in list(known.thrown_away):
            super().delete(key, version=version)
            known.thrown_away.discard((key, version))
        known.all_is_old, known.until = False, 0.0

    def _throw_away(self, key: Any, version: Any) -> bool:
        if len(self._absence.thrown_away) < MOST_REMEMBERED:
            self._absence.thrown_away.add((key, version))
        else:
            self._absence.all_is_old = True
        return False

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return what is kept; the default while Redis is away."""
        return self._ask(lambda: super(PatientRedisCache, self).get(key, default, version), lambda: default)

    def get_many(self, keys: Any, version: Any = None) -> Any:
        """Return what is kept; nothing while Redis is away."""
        return self._ask(lambda: super(PatientRedisCache, self).get_many(keys, version), dict)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> Any:
        """Keep something; while Redis is away an older value must not come back."""
        return self._ask(
            lambda: super(PatientRedisCache, self).set(key, value, timeout, version),
            lambda: self._throw_away(key, version),
        )

    def delete(self, key: Any, version: Any = None) -> Any:
        """Throw something away, later if Redis is away."""
        return self._ask(
            lambda: super(PatientRedisCache, self).delete(key, version), lambda: self._throw_away(key, version)
        )

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> Any:
        """Keep something unless it is there; counters go on in this process while Redis is away."""
        return self._ask(
            lambda: super(PatientRedisCache, self).add(key, value, timeout, version),
            lambda: self._here.add(key, value, timeout, version),
        )

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """Count; in this process while Redis is away."""
        return self._ask(
            lambda: super(PatientRedisCache, self).incr(key, delta, version),
            lambda: self._here.incr(key, delta, version),
        )

    def touch(self, key: Any, timeout: Any = 300, version: Any = None) -> Any:
        """Keep something longer."""
        return self._ask(lambda: super(PatientRedisCache, self).touch(key, timeout, version), lambda: False)

    def has_key(self, key: Any, version: Any = None) -> Any:
        """Say whether something is kept; no while Redis is away."""
        return self._ask(lambda: super(PatientRedisCache, self).has_key(key, version), lambda: False)

    def set_many(self, data: Any, timeout: Any = 300, version: Any = None) -> Any:
        """Keep several things; return the keys that were not."""

        def otherwise() -> list[Any]:
            for key in data:
                self._throw_away(key, version)
            return list(data)

        return self._ask(lambda: super(PatientRedisCache, self).set_many(data, timeout, version), otherwise)

    def delete_many(self, keys: Any, version: Any = None) -> Any:
        """Throw several things away, later if Redis is away."""
        keys = list(keys)

        def otherwise() -> None:
            for key in keys:
                self._throw_away(key, version)

        return self._ask(lambda: super(PatientRedisCache, self).delete_many(keys, version), otherwise)
