"""The matcher's engine: whom to ask for an ask, how many at once, and when again. The formulas: docs/matching.md.

Pure: numpy only, no database, no Django, no clock, no files. Everything comes in as columns and numbers, and a plan
goes out; nothing that came in is changed. Moments are days on one axis; waking hours are counted by the caller.

    helpers = helper_columns(ids, x=..., y=..., kinds=..., ...)      one array per property, refreshed in place
    index = PlaceIndex(helpers.x, helpers.y)                         once; again when somebody moved
    plan = plan_wave(ask, helpers, open_asks([...], unmet, untouched), model=PRIORS, settings=Settings(),
                     now=days, rng=rng, near=index.near(ask.x, ask.y, km))
    plan.chosen, plan.wait, plan.because, plan.passed                whom, how long, why, and who not

After sending: `sent(helpers, rows, now, half_days)` raises the level of recent alerts, the caller lowers the budget
and keeps `unmet` and `untouched` of the plan for pooling. Every night: `refit(prior, log, now)` and `own_factors(...)`.
"""

from matching.engine.chance import Chances, Learned, still_out
from matching.engine.columns import (
    ANY_TIME,
    DAYS,
    KINDS,
    NEVER,
    NO_AREA,
    URGENT,
    WEEK,
    WHOLE_WEEK,
    Ask,
    HelperColumns,
    OpenAsks,
    People,
    helper_columns,
    open_asks,
)
from matching.engine.explain import Cells, Term, main_reasons
from matching.engine.fits import PlaceIndex, fitting, fitting_pairs, fitting_people
from matching.engine.learn import AlertLog, Calibration, calibration, own_factors, refit
from matching.engine.load import sent, unsent
from matching.engine.model import PRIORS, Delay, Model
from matching.engine.plan import Because, WavePlan, held_for, plan_wave
from matching.engine.pool import Extra
from matching.engine.program import waiting_time
from matching.engine.settings import Settings

__all__ = [
    "ANY_TIME",
    "DAYS",
    "KINDS",
    "NEVER",
    "NO_AREA",
    "PRIORS",
    "URGENT",
    "WEEK",
    "WHOLE_WEEK",
    "AlertLog",
    "Ask",
    "Because",
    "Calibration",
    "Cells",
    "Chances",
    "Delay",
    "Extra",
    "HelperColumns",
    "Learned",
    "Model",
    "OpenAsks",
    "People",
    "PlaceIndex",
    "Settings",
    "Term",
    "WavePlan",
    "calibration",
    "fitting",
    "fitting_pairs",
    "fitting_people",
    "held_for",
    "helper_columns",
    "main_reasons",
    "open_asks",
    "own_factors",
    "plan_wave",
    "refit",
    "sent",
    "still_out",
    "unsent",
    "waiting_time",
]
