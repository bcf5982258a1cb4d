"""The tables of chance of a community: those learned here, or the shipped ones while it has no answers of its own."""

from typing import Any

import numpy as np

from matching.engine import PRIORS, Delay, Model
from matching.models import LearnedTables

TABLES = ("kind", "distance", "availability", "lead", "alerts", "rest", "hazard")


def to_json(model: Model) -> dict[str, Any]:
    """Return a model as plain numbers."""
    tables = {name: np.asarray(getattr(model, name)).tolist() for name in TABLES}
    return {"base": model.base, "delay": [model.delay.median, model.delay.spread], **tables}


def from_json(kept: dict[str, Any]) -> Model:
    """Return the model that to_json wrote; the shipped one when its tables have another shape (an older version)."""
    try:
        tables = {name: np.array(kept[name], dtype=np.float64) for name in TABLES}
        same = all(tables[name].shape == np.asarray(getattr(PRIORS, name)).shape for name in TABLES)
        model = Model(base=float(kept["base"]), delay=Delay(*map(float, kept["delay"])), **tables)
    except (KeyError, TypeError, ValueError):
        return PRIORS
    return model if same else PRIORS


def model_of(community_id: int) -> Model:
    """Return the tables that hold in this community now; one query."""
    kept = LearnedTables.objects.filter(community=community_id).values_list("tables", flat=True).first()
    return from_json(kept) if kept else PRIORS
