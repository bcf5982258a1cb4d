"""Limits: so many in so long, counted from the first."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache.backends.locmem import LocMemCache

from buurt.ledger import limits
from buurt.ledger.limits import TooOftenError, count_or_refuse

# A few seconds before the hour, the day and the month turn.
BEFORE_THE_TURN = datetime(2026, 11, 30, 23, 59, 58, tzinfo=UTC)


def _act(who: str = "anna") -> None:
    count_or_refuse("test", who, times=2, seconds=3600)


def test_limit_holds_over_the_turn_of_the_hour_and_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # In this process: Redis has a clock of its own.
    monkeypatch.setattr(limits, "cache", LocMemCache("test-limits", {}))
    with time_machine.travel(BEFORE_THE_TURN, tick=False) as clock:
        _act()
        _act()
        clock.shift(timedelta(seconds=4))
        with pytest.raises(TooOftenError):
            _act()
        _act("bilal")
        clock.shift(timedelta(hours=1))
        _act()
