"""Text cut into words that can be compared: without capitals and accents, each with its place in the text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

# A post is a few hundred characters; what stands further on is not read, so that no text can keep us busy.
LONGEST = 4_000
MOST_WORDS = 700

# Stands for a combining mark inside a word: the folded text stays as long as the text itself.
_MARK = "\u0640"
_ALIKE = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_SENTENCE_ENDS = re.compile(r"[!?\n\u061f\u2026]|\.(?=\s)")
_dutch = snowballstemmer.stemmer("dutch")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number, and where it stands."""

    text: str
    start: int
    end: int
    sentence: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdecimal()


class _Folding(dict[int, str]):
    """Works out the plain form of a character the first time it is met."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    parts = unicodedata.normalize("NFD", character)
    base, marks = parts[0], parts[1:]
    if unicodedata.combining(base):
        return _MARK
    if not all(unicodedata.combining(mark) for mark in marks):
        base = character
    lower = base.lower()
    return _ALIKE.get(lower, lower) if len(lower) == 1 else base


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the text without capitals and accents, character for character as long as it was."""
    return text.translate(_FOLDING)


def words_of(text: str) -> list[Word]:
    """Cut the first part of the text into words, in order."""
    folded = fold(text[:LONGEST])
    words: list[Word] = []
    sentence = 0
    last = 0
    for found in _WORD.finditer(folded):
        start, end = found.span()
        if words and _SENTENCE_ENDS.search(folded, last, start + 1):
            sentence += 1
        plain = found[0].replace(_MARK, "")
        if plain:
            words.append(Word(plain, start, end, sentence))
            if len(words) == MOST_WORDS:
                break
        last = end
    return words


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the Dutch stem of a folded word: gekookt, kookt and koken become one."""
    # Stemming costs more than all other steps together; short and foreign words gain nothing by it.
    if len(word) < 4 or not word.isascii():
        return word
    return str(_dutch.stemWord(word))
