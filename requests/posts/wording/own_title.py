"""A short title taken from somebody's own words; nothing is added to them."""

import re
from typing import Final

from posts.wording.clean import clean_text
from posts.wording.contact import contact_details
from posts.wording.lists import word_list
from posts.wording.words import LONGEST, fold

LONGEST_TITLE: Final = 60
FEWEST_WORDS: Final = 3
_CLAUSE: Final = re.compile(r"[^.!?\n\u2026;]+(?:[.:](?=\d)[^.!?\n\u2026;]+)*[?]?")
_SMALL_BREAK: Final = re.compile(r"\s*(?:, |: | \u2013 | - | want | omdat | zodat | because )")
# Said to be polite: it is not what the post is about.
_GREETING: Final = re.compile(
    r"(?:hallo|hoi+|he+j|dag|beste|lieve|goede ?(?:morgen|middag|avond|dag)|dear|hello|hi|merhaba|dzien dobry|yo)\b"
    r"(?: (?:allemaal|buren|buurtgenoten|buurtjes|mensen|iedereen|daar|buur|all|neighbours))?\s*[,!.:]*\s*"
)
_INTRODUCTION: Final = re.compile(r"(?:ik ben|mijn naam is|ik heet|hier|i am|my name is) [^\W\d_]{2,20}\s*(?:,|en\b|$)")
_LOOSE_END: Final = frozenset(word_list("loose_ends"))


def suggest_title(text: str) -> str:
    """Return the first clause that says something, at most 60 characters; empty when there is none to use."""
    text = clean_text(text[:LONGEST], limit=LONGEST)
    spare = ""
    hidden = [(one.start, one.end) for one in contact_details(text)]
    for match in _CLAUSE.finditer(text):
        # A title is repeated in mails and lists: a telephone number or an address must not travel with it.
        if any(start < match.end() and match.start() < end for start, end in hidden):
            continue
        title = _tidied(match[0])
        if len(title.split()) >= FEWEST_WORDS:
            return title
        # "Storm he." says little, but it is better than nothing.
        spare = spare or title
    return spare


def _tidied(clause: str) -> str:
    clause = " ".join(clause.split())
    clause = clause[greeted.end() :] if (greeted := _GREETING.match(fold(clause))) else clause
    if _INTRODUCTION.match(fold(clause)):
        return ""
    question = clause.endswith("?")
    clause = _bare_ends(clause)
    if len(clause) + question > LONGEST_TITLE:
        clause, question = _shortened(clause), False
    if not any(character.isalnum() for character in clause):
        return ""
    if sum(character.isupper() for character in clause) > len(clause) / 2:
        clause = clause.lower()
    first = clause[0].upper()
    if len(first) == 1:
        clause = first + clause[1:]
    return clause + "?" if question else clause


def _shortened(clause: str) -> str:
    """Cut at a small break when that leaves enough, else between two words, and not after a loose "de"."""
    part = clause[:LONGEST_TITLE]
    breaks = [
        found.start()
        for found in _SMALL_BREAK.finditer(clause[: LONGEST_TITLE + 10])
        if 12 <= found.start() <= LONGEST_TITLE
    ]
    if breaks:
        return _bare_ends(clause[: breaks[-1]])
    if len(clause) > LONGEST_TITLE and clause[LONGEST_TITLE] != " " and " " in part:
        part = part[: part.rindex(" ")]
    words = part.split()
    while len(words) > 2 and fold(words[-1]).strip(",") in _LOOSE_END:
        words.pop()
    return _bare_ends(" ".join(words))


def _bare_ends(text: str) -> str:
    return text.strip(" \t.,;:!?-\u2013\u2014\u2026*_#>\"'()/&+=|~")


def text_after_title(title: str, text: str) -> str:
    """Return the text without its first sentence when the title says just that, so that nobody reads it twice."""
    start, said = text.lstrip(), title.rstrip("?!. ")
    if not said or start[: len(said)].casefold() != said.casefold():
        return text
    rest = start[len(said) :]
    if rest and rest[0] not in ".?!\n":
        return text
    return rest.lstrip(".?! \n")
