"""Everything the platform keeps about a person: as data to take along, and as lines to read."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from buurt.residents import registry
from buurt.residents.models import Resident


def everything_about(resident: Resident) -> dict[str, Any]:
    """Return all registered kinds of data about this resident, by name."""
    return {name: kind.export(resident) for name, kind in registry.personal_data().items()}


def readable_parts(resident: Resident) -> list[dict[str, Any]]:
    """Return the same with headings, as lines of (name, value)."""
    kinds = registry.personal_data()
    plain = json.loads(json.dumps(everything_about(resident), cls=DjangoJSONEncoder))
    return [{"label": kinds[name].label, "lines": _lines(value)} for name, value in plain.items()]


def _lines(value: Any, path: str = "") -> list[tuple[str, str]]:
    """Flatten nested data into lines; the path says where a value stood."""
    if isinstance(value, dict):
        return [line for key, part in value.items() for line in _lines(part, f"{path} {key}".strip())]
    if isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        return [line for number, part in enumerate(value, 1) for line in _lines(part, f"{path} {number}".strip())]
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    return [(path, "" if value is None else str(value))]
