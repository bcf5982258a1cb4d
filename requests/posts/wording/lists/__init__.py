"""The lists of words, read once."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from posts.wording.rules import SURE, Rule

HERE: Final = Path(__file__).parent


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def help_phrases(language: str) -> Iterator[tuple[str, str, int]]:
    """Give each phrase of a language, with the kind of help it points at and its weight."""
    for category, by_weight in _read(f"help_{language}").items():
        for weight, phrases in by_weight.items():
            for phrase in phrases.split(","):
                yield phrase.strip(), category, weight


def rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of one file, with the named lists filled in."""
    content = _read(name)

    def filled(text: str) -> str:
        for list_name, words in content["lists"].items():
            # A list with commas holds phrases; without, it holds words of which any will do.
            text = text.replace(f"{{{list_name}}}", words if "," in words else "|".join(words.split()))
        return text

    return tuple(
        Rule(
            code=rule["code"],
            why=rule["why"],
            phrases=filled(rule["phrases"]),
            unless=filled(rule.get("unless", "")),
            weight=rule.get("weight", SURE),
        )
        for rule in content["rules"]
    )


def word_list(name: str) -> list[str]:
    """Return a plain list of words."""
    return str(_read("words")[name]).split()
