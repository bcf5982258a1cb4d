"""Every column that holds something about a person has a rule in privacy.yml; a new one without a rule is an error."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import yaml
from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks

# Our own rooms and the parts of others that keep people's data.
LABELS = (
    "ledger",
    "communities",
    "organisations",
    "residents",
    "moderation",
    "posts",
    "chat",
    "journeys",
    "matching",
    "notifications",
    "account",
    "mfa",
    "usersessions",
    "sessions",
)


@lru_cache(maxsize=1)
def privacy_rules() -> dict[str, Any]:
    """Return privacy.yml: `rules` by name, and for each model which rule its columns fall under."""
    loaded: dict[str, Any] = yaml.safe_load((settings.BASE_DIR / "privacy.yml").read_text(encoding="utf-8"))
    return loaded


def columns_without_rule(document: dict[str, Any], labels: Iterable[str] = LABELS) -> list[str]:
    """Return "app.Model.column" for each column that no rule covers."""
    missing = []
    for label in labels:
        for model in apps.get_app_config(label).get_models():
            ruled = _ruled(document, model._meta.label)
            missing += [
                f"{model._meta.label}.{field.name}"
                for field in model._meta.concrete_fields
                if not field.primary_key and field.name not in ruled
            ]
    return missing


def rules_without_column(document: dict[str, Any]) -> list[str]:
    """Return what privacy.yml names but no model has, and rules nobody wrote."""
    wrong = []
    for label, by_rule in document["models"].items():
        model = apps.get_model(label)
        names = {field.name for field in model._meta.concrete_fields}
        wrong += [f"{label}.{column}" for column in sorted(_ruled(document, label) - names)]
        wrong += [f"{label}: {rule}" for rule in by_rule if rule != "none" and rule not in document["rules"]]
    return wrong


def _ruled(document: dict[str, Any], label: str) -> set[str]:
    return {column for columns in document["models"].get(label, {}).values() for column in columns}


@checks.register("privacy")
def every_column_has_a_rule(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a column that privacy.yml does not speak of."""
    return [
        checks.Error(
            f"{column} has no rule in privacy.yml",
            hint="Add it to its model there: under a rule when it says something about a person, else under none.",
            id="privacy.E001",
        )
        for column in columns_without_rule(privacy_rules())
    ]
