"""A book of phrases, and the places in a text where they occur.

A phrase is written as people say it:

    lamp              this word (with `by_stem` also lampen, lampje)
    mobiel!           this word exactly, even with `by_stem`
    verhuis*  *kaart  a word that starts or ends so
    wil|wou dood      one of these words, then that one
    hij|mijn_man      one of these, where `_` joins words of which all must follow
    sleutel .. mat    up to four words may stand between them
    hond & oppas*     both in one sentence, in any order
    #                 a number in digits

Nothing reaches over the end of a sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from posts.wording.words import Word, fold, stem

GAP: Final = 4
NUMBER: Final = "#"
SHORTEST_PART: Final = 5  # a shorter word is no safe sign inside a compound: "kat" stands in "kathedraal"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its key and the first and last word of it."""

    key: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Step:
    atoms: tuple[str, ...]
    reach: int  # how many words further it may stand


_Sequence = tuple[_Step, ...]
Places = Mapping[str, list[int]]


class PhraseBook:
    """Finds many phrases in one walk over the words."""

    def __init__(self, phrases: Iterable[str], *, by_stem: bool = False) -> None:
        self._by_stem = by_stem
        self._atoms: set[str] = set()
        self._variants: list[tuple[int, tuple[_Sequence, ...]]] = []
        self._opening: defaultdict[str, list[int]] = defaultdict(list)
        for key, phrase in enumerate(phrases):
            for variant in _variants(fold(phrase)):
                self._add(key, variant)
        parts = [len(atom) - 1 for atom in self._atoms if atom[0] in "<>"]
        self._part_lengths = range(min(parts, default=1), max(parts, default=0) + 1)

    def find(self, words: list[Word]) -> list[Hit]:
        """Return every phrase that occurs, at its first place in each sentence."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(words):
            for atom in self._atoms_of(word):
                places[atom].append(index)
        variants = sorted({variant for atom in places for variant in self._opening.get(atom, ())})
        return [hit for variant in variants for hit in self._hits(*self._variants[variant], places, words)]

    def _add(self, key: int, phrase: str) -> None:
        sequences = tuple(self._sequence(part) for part in phrase.split(" & "))
        for atom in set(sequences[0][0].atoms):
            self._opening[atom].append(len(self._variants))
        self._variants.append((key, sequences))

    def _sequence(self, text: str) -> _Sequence:
        steps: list[_Step] = []
        reach = 1
        for piece in text.split():
            if piece == "..":
                reach = GAP + 1
                continue
            atoms = tuple(atom for one in piece.split("|") for atom in self._atoms_for(one))
            self._atoms.update(atoms)
            steps.append(_Step(atoms, reach))
            reach = 1
        return tuple(steps)

    def _atoms_for(self, piece: str) -> tuple[str, ...]:
        """Return the marks that make a word fit: `=` whole, `~` stem, `<` start, `>` end of it."""
        if piece == NUMBER:
            return (NUMBER,)
        if piece.endswith("*"):
            return (f"<{piece[:-1]}",)
        if piece.startswith("*"):
            return (f">{piece[1:]}",)
        if piece.endswith("!") or not self._by_stem:
            return (f"={piece.rstrip('!')}",)
        root = stem(piece)
        inside = (f"<{root}", f">{root}") if len(root) >= SHORTEST_PART else ()
        return (f"={piece}", f"~{root}", *inside)

    def _atoms_of(self, word: Word) -> set[str]:
        text = word.text
        marks = {f"={text}"}
        if word.is_number:
            marks.add(NUMBER)
        ends = {text}
        if self._by_stem:
            root = stem(text)
            marks.add(f"~{root}")
            ends.add(root)
        for length in self._part_lengths:
            if length > len(text):
                break
            marks.add(f"<{text[:length]}")
            marks.update(f">{end[-length:]}" for end in ends)
        return marks & self._atoms

    def _hits(self, key: int, sequences: tuple[_Sequence, ...], places: Places, words: list[Word]) -> list[Hit]:
        found = [_runs(sequence, places, words) for sequence in sequences]
        together = set.intersection(*(set(runs) for runs in found))
        return [
            Hit(key, min(runs[sentence][0] for runs in found), max(runs[sentence][1] for runs in found))
            for sentence in sorted(together)
        ]


def _variants(phrase: str) -> list[str]:
    """Write out the alternatives of more than one word as phrases of their own."""
    variants: list[list[str]] = [[]]
    for piece in phrase.split():
        alternatives = piece.split("|")
        single = "|".join(one for one in alternatives if "_" not in one)
        choices = [one.replace("_", " ") for one in alternatives if "_" in one] + ([single] if single else [])
        variants = [[*variant, choice] for variant in variants for choice in choices]
    return [" ".join(variant) for variant in variants]


def _runs(sequence: _Sequence, places: Places, words: list[Word]) -> dict[int, tuple[int, int]]:
    """Return, per sentence, the first and last word of the first place where the sequence fits."""
    steps = [{place for atom in step.atoms for place in places.get(atom, ())} for step in sequence]
    runs: dict[int, tuple[int, int]] = {}
    if not all(steps):
        return runs
    for start in sorted(steps[0]):
        sentence = words[start].sentence
        if sentence in runs:
            continue
        ends = {start}
        for step, fitting in zip(sequence[1:], steps[1:], strict=True):
            reachable = {place + far for place in ends for far in range(1, step.reach + 1)}
            ends = {place for place in reachable & fitting if words[place].sentence == sentence}
        if ends:
            runs[sentence] = (start, min(ends))
    return runs
