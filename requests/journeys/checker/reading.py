"""How hard the words of a file are to read: length of sentences and words, and a figure for the whole.

The figure is Douma's for Dutch (206.84 - 0.93 x words a sentence - 0.77 x syllables per 100 words), Flesch's for
English (206.84 - 1.015 x words a sentence - 0.846 x syllables per 100 words); above 70 is plain for most people.
Syllables are counted as groups of vowels, which is close enough for a figure over a whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from journeys.checker.wording import ENDS, MAX_WORDS, WORD
from journeys.fileformat.reader import shown

MAX_AVERAGE = 15.0
LEAST_EASE = 70.0
# About fewer words than this the figure says little, least of all about a list of amounts.
FEWEST_WORDS = 200
MAX_LETTERS = 14
MAX_SYLLABLES = 4
VOWELS = re.compile(r"[aeiouyáéíóúàèëïöüê]+", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]+")
# Long words that people know from letters and doors, or that stand beside their explanation.
KNOWN = frozenset(Path(__file__).with_name("known_words.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file reads: figures, its longest sentence, and the long words that nobody explained."""

    words: int
    sentences: int
    syllables: int
    longest: str
    hard: tuple[str, ...]
    language: str

    @property
    def average(self) -> float:
        """Words a sentence."""
        return self.words / max(1, self.sentences)

    @property
    def ease(self) -> float:
        """The figure; higher is easier."""
        long_sentence, long_word = (0.93, 0.77) if self.language == "nl" else (1.015, 0.846)
        return 206.84 - long_sentence * self.average - long_word * 100 * self.syllables / max(1, self.words)

    @property
    def problems(self) -> list[str]:
        """What is too hard."""
        found = [f"lang woord: {word}" for word in self.hard]
        if self.average > MAX_AVERAGE:
            found.append(f"{self.average:.1f} woorden per zin, dat is meer dan {MAX_AVERAGE:.0f}")
        if self.words >= FEWEST_WORDS and self.ease < LEAST_EASE:
            found.append(f"leesgemak {self.ease:.0f}, dat is minder dan {LEAST_EASE:.0f}")
        count = len(WORD.findall(self.longest))
        if count > MAX_WORDS:
            found.append(f"een zin van {count} woorden: {shown(self.longest)}")
        return found


def measure(texts: Iterable[str], language: str) -> Reading:
    """Return how these texts read together."""
    sentences = list(_sentences(texts))
    words = [word for sentence in sentences for word in LETTERS.findall(sentence)]
    return Reading(
        words=len(words),
        sentences=len(sentences),
        syllables=sum(max(1, len(VOWELS.findall(word))) for word in words),
        longest=max(sentences, key=lambda sentence: len(WORD.findall(sentence)), default=""),
        hard=tuple(sorted({word.lower() for word in words if _is_hard(word)} - KNOWN)),
        language=language,
    )


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (part for part in ENDS.split(text) if WORD.search(part))


def _is_hard(word: str) -> bool:
    return len(word) > MAX_LETTERS or len(VOWELS.findall(word)) > MAX_SYLLABLES
