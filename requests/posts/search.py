"""Find posts by words: Dutch stems, kept beside the post when it is written and looked up with LIKE on both databases.

PostgreSQL's own text search and SQLite's FTS5 take this place later, behind the same three functions.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from django.db.models import Q

from buurt.communities.categories import Category

LONGEST_QUERY = 100
MOST_QUERY_WORDS = 6
LONGEST_INDEX = 4_000
# A stem this long is also looked for inside a word: "kraan" finds "keukenkraan".
LONG_STEM = 5
_WORD = re.compile(r"[^\W_]+")
# Words that say nothing about what is asked.
_EMPTY_WORDS = """
    de het een en of in op om te van voor met naar bij aan is ik mij mijn me je jouw wij ons wie wat er die dat
    kan kun wil zoek gezocht graag iemand hulp help
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Short words that Dutch likes to glue behind another one.
_TAILS = ("tuin", "kast", "lamp", "hond", "poes", "raam", "deur", "band", "fiets", "auto", "bank", "bed", "huis", "les")
# What people call a kind of help besides its name.
_ALSO = {
    "transport": "vervoer rijden meerijden auto rit",
    "admin": "administratie brief formulier papierwerk",
    "digital": "tablet laptop internet mobiel",
    "repairs": "klussen repareren ophangen",
    "pets": "huisdier hond kat uitlaten oppassen",
    "childcare": "oppassen kind",
    "language": "nederlands oefenen lezen",
    "company": "praten wandelen bezoek",
    "cooking": "maaltijd eten koken",
    "care": "mantelzorg respijt",
    "moving": "tillen sjouwen",
    "lending": "lenen gratis",
}
_dutch = snowballstemmer.stemmer("dutch")


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=8_192)
def _stem(word: str) -> str:
    # A stem that ends in -dt or -tt is the same verb: "rijdt", "rijd".
    stem: str = _dutch.stemWord(word)
    return stem[:-1] if stem.endswith(("dt", "tt")) else stem


def stems_of(text: str) -> list[str]:
    """Return the stems of a text's words, each once, in their order."""
    return list(dict.fromkeys(_stem(word) for word in _WORD.findall(_plain(text))))


def index_text(*, title: str, text: str, category: str) -> str:
    """Return what Post.search_stems keeps: " stem stem stem ", bounded."""
    label = str(Category(category).label)
    stems = stems_of(f"{title} {label} {_ALSO.get(category, '')} {text}")
    tails = [tail for stem in stems for tail in _TAILS if stem.endswith(tail) and len(stem) > len(tail) + 1]
    kept = " ".join(dict.fromkeys([*stems, *tails]))[:LONGEST_INDEX]
    return f" {kept} "


def query_stems(words: str) -> list[str]:
    """Return the stems that must all be found; words that say nothing are left out unless there is nothing else."""
    found = _WORD.findall(_plain(words[:LONGEST_QUERY]))
    telling = [word for word in found if word not in _EMPTY] or found
    return list(dict.fromkeys(_stem(word) for word in telling))[:MOST_QUERY_WORDS]


def matching_words(words: str) -> Q:
    """Return the condition for readers who may see words: every stem in the post, or in the name of its area."""
    condition = Q()
    for stem in query_stems(words):
        # Stems have no capitals, so `contains` does what is needed on both databases.
        part = stem if len(stem) >= LONG_STEM else f" {stem}"
        condition &= Q(search_stems__contains=part) | Q(area__name__icontains=stem)
    return condition


def matching_fields(words: str) -> Q:
    """Return the condition for visitors: only kinds of help and areas, so that a search tells nothing of the words."""
    condition = Q()
    for stem in query_stems(words):
        kinds = [slug for slug, index in _category_indexes() if f" {stem}" in index]
        condition &= Q(category__in=kinds) | Q(area__name__icontains=stem)
    return condition


@lru_cache(maxsize=1)
def _category_indexes() -> list[tuple[str, str]]:
    return [(slug, index_text(title="", text="", category=slug)) for slug in Category.values]
