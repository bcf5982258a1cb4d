"""What a text seems to ask for: rules that can say why, no machine learning."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from posts.wording.categories import CATEGORIES
from posts.wording.lists import help_phrases
from posts.wording.own_title import suggest_title
from posts.wording.phrases import PhraseBook
from posts.wording.words import Word, words_of

__all__ = ["Clue", "clues", "suggest_category", "suggest_title"]

ENOUGH: Final = 2.0  # one word that only helps is no reason to suggest anything
# The first words say what it is about; a list of details follows.
FIRST_WORDS: Final = 12
FIRST_COUNTS: Final = 1.5


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason for a kind of help: the words found and how much they weigh."""

    category: str
    words: str
    weight: float


_DUTCH: Final = list(help_phrases("nl"))
_OTHERS: Final = [entry for language in ("en", "tr", "pl", "uk", "ar") for entry in help_phrases(language)]
_BOOKS = (
    (PhraseBook((entry[0] for entry in _DUTCH), by_stem=True), _DUTCH),
    (PhraseBook(entry[0] for entry in _OTHERS), _OTHERS),
)
_ARABIC_ARTICLE = re.compile("^[وفبلك]?(?:ال|لل)(?=..)")


def clues(text: str) -> list[Clue]:
    """Return every reason found, heaviest first; the same words count once for a kind of help."""
    words = [_bare(word) for word in words_of(text)]
    found: list[tuple[float, int, int, str]] = []
    for book, entries in _BOOKS:
        for hit in book.find(words):
            _, category, weight = entries[hit.key]
            counted = weight * (FIRST_COUNTS if hit.first < FIRST_WORDS else 1.0)
            found.append((counted, hit.first, hit.last, category))
    kept: list[Clue] = []
    used: set[tuple[str, str]] = set()
    for counted, first, last, category in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        ends = {(category, words[first].text), (category, words[last].text)}
        if used.isdisjoint(ends):
            used |= ends
            kept.append(Clue(category, " ".join(word.text for word in words[first : last + 1]), counted))
    return kept


def suggest_category(text: str) -> str | None:
    """Return the kind of help the text seems to ask for, or None when there is too little to go by."""
    scores: defaultdict[str, float] = defaultdict(float)
    for clue in clues(text):
        scores[clue.category] += clue.weight
    if not scores:
        return None
    best = max(CATEGORIES, key=lambda category: scores[category])
    return best if scores[best] >= ENOUGH else None


def _bare(word: Word) -> Word:
    """Take the article and the joined particles off an Arabic word."""
    if not "\u0620" <= word.text[0] <= "\u064a":
        return word
    return Word(_ARABIC_ARTICLE.sub("", word.text), word.start, word.end, word.sentence)
