"""Amounts of money that are asked or offered, told apart from amounts that are only mentioned."""

import re
from typing import Final

from posts.wording.lists import word_list
from posts.wording.rules import Rule, Sign
from posts.wording.words import LONGEST, Word, fold

_PRICE: Final = re.compile(
    r"(?:\u20ac|\beur\b|\beuro\b) ?\d{1,5}(?:[.,]\d{1,2})?|\b\d{1,5}(?:[.,]\d{1,2})? ?(?:\u20ac|,-|euro\b|eur\b)"
)
_TRADE: Final = frozenset(word_list("trade"))
_INNOCENT: Final = frozenset(word_list("real_costs"))
_RULE: Final = Rule("money", "A price: an amount with a word of trade in the same sentence.", "")


def prices(text: str, words: list[Word]) -> list[Sign]:
    """Return the amounts that stand beside a word of trade, and not beside real costs."""
    signs = []
    for match in _PRICE.finditer(fold(text[:LONGEST])):
        near = _sentence_at(match.start(), words)
        if near & _TRADE and not near & _INNOCENT:
            signs.append(Sign(_RULE, *match.span()))
    return signs


def _sentence_at(place: int, words: list[Word]) -> set[str]:
    sentence = next((word.sentence for word in words if word.end > place), -1)
    return {word.text for word in words if word.sentence == sentence}
