"""What it costs to alert somebody now: attention is scarce, and each helper has a price (docs/matching.md, 3)."""

import math

import numpy as np

from matching.engine.columns import Floats, People
from matching.engine.model import Model
from matching.engine.settings import Settings

# Nobody's attention is free, even where no ask came by yet.
LEAST_WORTH = 0.0005


def prices(people: People, chance: Floats, model: Model, settings: Settings) -> Floats:
    """Return lambda of each helper, in the same unit as the value of an ask.

    lambda = pm (rho [(1 - p) gamma tau + hazard L + p rest_days] + lambda_0) + p phi max(0, helps - 1)
    """
    s = settings
    band = people.band
    tau = s.recovery_half_days / math.log(2)
    days_lost = (1 - chance) * model.lowering[band] * tau + model.hazard[band] * s.loss_days + chance * s.rest_days
    cost = s.price_weight * (worth_now(people, settings) * days_lost + s.alert_cost)
    return np.asarray(cost + chance * s.load_cost * np.maximum(0, people.helpers.helps - 1))


def worth_now(people: People, settings: Settings) -> Floats:
    """Return rho of each helper now: an exponential average fades when no fitting ask comes by."""
    days = np.maximum(0.0, people.now - people.helpers.worth_at)
    return np.asarray(np.maximum(people.helpers.worth * np.exp(-days / settings.worth_days), LEAST_WORTH))


def worth_after(people: People, settings: Settings, fresh: Floats, price: Floats, unmet: float) -> Floats:
    """Return rho after a new ask these people could serve: plus (fresh p x pi - lambda)+, averaged over 28 days."""
    gain = np.maximum(0.0, fresh * unmet - price)
    return np.asarray(worth_now(people, settings) + gain / settings.worth_days)
