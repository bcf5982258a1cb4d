"""The cache while Redis is away: answers at once, counts on, and what was thrown away does not come back."""

import os
from collections.abc import Iterator

import pytest

from config import cache as module
from config.cache import PatientRedisCache


@pytest.fixture
def away() -> PatientRedisCache:
    """Return the cache of a Redis that is not there."""
    return PatientRedisCache("redis://127.0.0.1:1/0", {})


def test_pages_go_on_without_redis(away: PatientRedisCache) -> None:
    assert away.get("session", "nothing") == "nothing"
    away.set("session", "words")
    assert away.get("session") is None
    assert away.get_many(["session"]) == {}
    assert not away.delete("session")
    assert not away.has_key("session")
    assert away.set_many({"a": 1}) == ["a"]


def test_limits_are_counted_here_meanwhile(away: PatientRedisCache) -> None:
    away._here.clear()
    assert away.add("limit:x", 0, 60)
    assert [away.incr("limit:x") for _ in range(3)] == [1, 2, 3]
    assert not away.add("limit:x", 0, 60)


needs_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs REDIS_URL")


@pytest.fixture
def back(monkeypatch: pytest.MonkeyPatch) -> Iterator[PatientRedisCache]:
    """Return a cache whose Redis can be taken for away."""
    monkeypatch.setattr(module, "REST_SECONDS", 0.0)
    made = PatientRedisCache(os.environ["REDIS_URL"], {"KEY_PREFIX": "patient"})
    yield made
    made.clear()


@needs_redis
def test_what_was_thrown_away_meanwhile_does_not_come_back(back: PatientRedisCache) -> None:
    back.set("session", "logged in")
    back._absence.until = float("inf")

    assert back.get("session") is None
    back.delete("session")
    back._absence.until = 0.0
    elsewhere = PatientRedisCache(os.environ["REDIS_URL"], {"KEY_PREFIX": "patient"})  # of another thread

    assert elsewhere.get("session") is None
    back.set("session", "anew")
    assert back.get("session") == "anew"
