"""What an alert does to a helper's columns; the only functions that write in them (docs/matching.md, 2)."""

import numpy as np

from matching.engine.columns import HelperColumns, Ints, decayed


def sent(helpers: HelperColumns, rows: Ints, now: float, half_days: float) -> None:
    """Count one alert for each of these rows: the level of recent alerts rises by one, the budget falls by one."""
    level = decayed(helpers.recent[rows], now - helpers.recent_at[rows], half_days)
    helpers.recent[rows] = level + 1.0
    helpers.recent_at[rows] = now
    np.subtract.at(helpers.budget, rows, 1)


def unsent(helpers: HelperColumns, row: int, now: float, half_days: float, *, since: float, unread: float) -> None:
    """Take back an alert that was withdrawn: as much of it as was probably not read yet (`unread`, 0 to 1).

    `since` is when it was sent, in days. The budget stays spent: what was shown may have been seen.
    """
    level = helpers.recent[row] * 2.0 ** (-max(0.0, now - helpers.recent_at[row]) / half_days)
    back = unread * 2.0 ** (-max(0.0, now - since) / half_days)
    helpers.recent[row] = max(0.0, level - back)
    helpers.recent_at[row] = now
