"""A short title taken from somebody's own words; nothing is added to them."""

import re
from typing import Final

from posts.wording.clean import clean_text
from posts.wording.contact import contact_details
from posts.wording.words import LONGEST, fold

LONGEST_TITLE: Final = 60
_CLAUSE: Final = re.compile(r"[^.!?\n\u2026;]+(?:[.:](?=\d)[^.!?\n\u2026;]+)*[?]?")
_SMALL_BREAK: Final = re.compile(r"\s*(?:, |: | \u2013 | - | want | omdat | zodat | because )")
# Said to be polite: it is not what the post is about.
_GREETING: Final = re.compile(
    r"(?:hallo|hoi+|he+j|dag|beste|lieve|goede ?(?:morgen|middag|avond|dag)|dear|hello|hi|merhaba|dzien dobry|yo)\b"
    r"(?: (?:allemaal|buren|buurtgenoten|buurtjes|mensen|iedereen|daar|buur|all|neighbours))?\s*[,!.:]*\s*"
)
_INTRODUCTION: Final = re.compile(
    r"(?:(?:ik ben|mijn naam is|ik heet|hier) [^\W\d_]{2,20}|i am [^\W\d_]{2,20}|my name is [^\W\d_]{2,20})\s*(?:,|en\b|$)\s*"
)
_LOOSE_END: Final = frozenset(
    "de het een en of maar van in op aan met voor naar bij om te als dat die mijn m'n mn je uw ik er is the a an to of and my with for".split()
)


def suggest_title(text: str) -> str:
    """Return the first clause that says something, at most 60 characters; empty when there is none to use."""
    text = clean_text(text[:LONGEST], limit=LONGEST)
    hidden = [(one.start, one.end) for one in contact_details(text)]
    for match in _CLAUSE.finditer(text):
        # A title is repeated in mails and lists: a telephone number or an address must not travel with it.
        if any(start < match.end() and match.start() < end for start, end in hidden):
            continue
        title = _tidied(match[0])
        if title:
            return title
    return ""


def _tidied(clause: str) -> str:
    clause = _without_opening(" ".join(clause.split()))
    question = clause.endswith("?")
    clause = _bare_ends(clause)
    if len(clause) + question > LONGEST_TITLE:
        clause, question = _shortened(clause), False
    if not any(character.isalnum() for character in clause):
        return ""
    if clause.isupper() and len(clause) > 6:
        clause = clause.lower()
    first = clause[0].upper()
    if len(first) == 1:
        clause = first + clause[1:]
    return clause + "?" if question else clause


def _without_opening(clause: str) -> str:
    for opening in (_GREETING, _INTRODUCTION):
        found = opening.match(fold(clause))
        if found:
            clause = clause[found.end() :]
    return clause


def _shortened(clause: str) -> str:
    """Cut at a small break when that leaves enough, else between two words, and not after a loose "de"."""
    part = clause[:LONGEST_TITLE]
    breaks = [
        found.start()
        for found in _SMALL_BREAK.finditer(clause[: LONGEST_TITLE + 10])
        if 12 <= found.start() <= LONGEST_TITLE
    ]
    if breaks:
        return _bare_ends(clause[: breaks[0]])
    if len(clause) > LONGEST_TITLE and clause[LONGEST_TITLE] != " " and " " in part:
        part = part[: part.rindex(" ")]
    words = part.split()
    while len(words) > 2 and fold(words[-1]).strip(",") in _LOOSE_END:
        words.pop()
    return _bare_ends(" ".join(words))


def _bare_ends(text: str) -> str:
    return text.strip(" \t.,;:!?-\u2013\u2014\u2026*_#>\"'()/&+=|~")
