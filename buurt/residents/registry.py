"""Who keeps what about a person. Every room registers how to export and how to erase its part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from buurt.residents.models import Resident

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data: its heading, how to export it (JSON-able) and how to erase it."""

    label: "str | StrPromise"
    export: Callable[[Resident], Any]
    # Called inside the erasure's transaction; removes words, keeps what others may still rely on as a tombstone.
    erase: Callable[[Resident], None]


_kinds: dict[str, PersonalData] = {}
_forgetters: "dict[str, Forget]" = {}
# Removes what ended before this moment; returns how many rows it touched. Safe to run twice, bounded per run.
Forget = Callable[[datetime], int]


def register_personal_data(name: str, kind: PersonalData) -> None:
    """Add a kind of personal data; called in an app's ready()."""
    _kinds[name] = kind


def personal_data() -> dict[str, PersonalData]:
    """Return all kinds, in the order in which they were registered."""
    return dict(_kinds)


def register_retention(rule: str, forget: Forget) -> None:
    """Say how what falls under a rule of privacy.yml goes by itself; its `days` stand there. Called in ready()."""
    _forgetters[rule] = forget


def forgetters() -> dict[str, Forget]:
    """Return how each rule with an end is kept, by the rule's name."""
    return dict(_forgetters)
