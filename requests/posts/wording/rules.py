"""How a rule about words is written down: what it looks for, what takes it back, and why it is there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from posts.wording.phrases import PhraseBook
from posts.wording.words import Word

SURE = 2  # one sign of this weight is enough; of the lighter ones it takes two


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that point at one thing. `why` is for whoever maintains the list."""

    code: str
    why: str
    phrases: str  # separated by commas
    unless: str = ""  # what in the same sentence makes it innocent
    weight: int = SURE


@dataclass(frozen=True, slots=True)
class Sign:
    """A rule that applies, and where in the text."""

    rule: Rule
    start: int
    end: int


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",") if phrase.strip()]


class RuleBook:
    """Applies many rules in one walk over the words."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._entries = [
            (rule, phrase, innocent)
            for rule in rules
            for innocent, phrases in ((False, rule.phrases), (True, rule.unless))
            for phrase in _split(phrases)
        ]
        self._book = PhraseBook(phrase for _, phrase, _ in self._entries)

    def signs(self, words: list[Word]) -> list[Sign]:
        """Return the signs that hold: those of a code that together weigh enough."""
        taken_back: set[tuple[Rule, int]] = set()
        found: list[tuple[Rule, int, Sign]] = []
        for hit in self._book.find(words):
            rule, _, innocent = self._entries[hit.key]
            sentence = words[hit.first].sentence
            if innocent:
                taken_back.add((rule, sentence))
            else:
                found.append((rule, sentence, Sign(rule, words[hit.first].start, words[hit.last].end)))
        held = [(rule, sign) for rule, sentence, sign in found if (rule, sentence) not in taken_back]
        weights: defaultdict[str, dict[Rule, int]] = defaultdict(dict)
        for rule, _ in held:
            weights[rule.code][rule] = rule.weight
        return [sign for rule, sign in held if sum(weights[rule.code].values()) >= SURE]
