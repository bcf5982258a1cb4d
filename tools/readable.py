"""How hard the Dutch of our pages and mails is to read: sentences, words and jargon, measured against B1.

python -m tools.readable          say what is too hard; the exit code is 1 when there is anything
python -m tools.readable --all    say also which sentences are on the long side

Nothing here knows what a text means: it keeps sentences short and words common, and people do the rest.
A long word that everybody knows goes into `readable_allowed.txt`.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import pyphen

from journeys.checker.jargon import JARGON
from tools import message_checks, messages

ALLOWED_FILE = Path(__file__).with_name("readable_allowed.txt")
# What the Dutch government's own advice on plain language comes down to, in figures.
LONG_SENTENCE, TOO_LONG_SENTENCE = 15, 20
MOST_SYLLABLES, MOST_LETTERS = 4, 14

TAG = re.compile(r"<[^>]*>")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
# A sentence ends at a stop with space after it, at a colon or a semicolon, or where a line ends.
SENTENCE_END = re.compile(r"(?<=[.!?…:;])[\"”’)]*\s+|\n\s*\n|\n(?=\s*[-•])")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Finding:
    """One thing that makes a text hard to read; an error must be mended, the rest is advice."""

    where: str
    text: str
    problem: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}\n    {self.text}"


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")


def syllables(word: str) -> int:
    """Return about how many syllables a Dutch word has, after its hyphenation; of parts with a hyphen, the longest."""
    return max(len(_hyphens().positions(part)) + 1 for part in re.split(r"['’-]", word))


def plain(text: str) -> str:
    """Return a text as it is read: without tags, with a word in the place of what is filled in, `%%` as `%`."""
    bare = unescape(TAG.sub(" ", text)).replace("%%", "%")
    return " ".join(ADDRESS.sub("iets", PLACEHOLDER.sub("iets", line)) for line in bare.split("\n"))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part.strip() for part in SENTENCE_END.split(text) if WORD.search(part)]


def allowed_words() -> frozenset[str]:
    """Return the long words that everybody knows, in small letters."""
    lines = (line.partition("#")[0].strip() for line in ALLOWED_FILE.read_text(encoding="utf-8").splitlines())
    return frozenset(line.lower() for line in lines if line)


def findings(text: str, *, where: str, allowed: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Say what is hard to read in a text; `where` tells people where it stands."""
    said = plain(text)
    for sentence in sentences(said):
        words = len(WORD.findall(sentence))
        if words > LONG_SENTENCE:
            yield Finding(where, sentence, f"a sentence of {words} words", is_error=words > TOO_LONG_SENTENCE)
    for word in dict.fromkeys(WORD.findall(said)):
        if word.lower() in allowed:
            continue
        longest = max(len(part) for part in word.split("-"))
        if longest > MOST_LETTERS:
            yield Finding(where, said, f"`{word}` has {longest} letters")
        elif syllables(word) > MOST_SYLLABLES:
            yield Finding(where, said, f"`{word}` has {syllables(word)} syllables")
    for pattern, better in JARGON["nl"]:
        found = pattern.search(said)
        if found and found[0].lower() not in allowed:
            yield Finding(where, said, f"`{found[0]}`: write rather {better}")


def texts() -> Iterator[tuple[str, str]]:
    """Give every Dutch sentence that people may read, with the file it stands in."""
    for message in messages.source_catalog():
        if message.id:
            place = str(message.locations[0][0])
            yield from ((place, each) for each in message_checks.forms(message.id))


def unused(words: frozenset[str], read: Iterable[str]) -> list[str]:
    """Return the allowed words that no text has (any more)."""
    there = {word.lower() for text in read for word in WORD.findall(plain(text))}
    phrases = " ".join(plain(text).lower() for text in read)
    return sorted(word for word in words - there if word not in phrases)


def main(arguments: list[str]) -> int:
    """Print what is hard to read; returns the exit code."""
    allowed, read = allowed_words(), list(texts())
    found = [each for where, text in read for each in findings(text, where=where, allowed=allowed)]
    errors = [each for each in found if each.is_error]
    for each in found if "--all" in arguments else errors:
        print(each)
    idle = unused(allowed, [text for _where, text in read])
    for word in idle:
        print(f"{ALLOWED_FILE.name}: nobody says `{word}` any more")
    advice = len(found) - len(errors)
    print(f"readable: {len(read)} texts, {len(errors) + len(idle)} problems, {advice} sentences on the long side")
    return 1 if errors or idle else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
