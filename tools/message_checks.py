"""What `make check` refuses in a catalogue: a sentence missing, fuzzy, still Dutch, or with other placeholders."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from gettext import c2py

from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0\- +]*\d*(?:\.\d+)?[a-zA-Z%]")
TAG = re.compile(r"</?[a-z]+")
# A sentence of more words than this that is the same in both languages was not translated.
MANY = 3
WORD = re.compile(r"\w+")
LATIN, CYRILLIC = re.compile(r"[A-Za-z\u00c0-\u024f]"), re.compile(r"[\u0400-\u04ff]")


def problems(catalog: Catalog, source: Iterable[Message], *, complete: bool) -> Iterator[str]:
    """Say what is wrong with a catalogue, a line each; nothing when it is good."""
    for message in source:
        if not message.id:
            continue
        found = catalog.get(message.id, message.context)
        if found is None or not same_shape(found, message):
            yield f"not in the catalogue, run `make messages`: {_first(message)!r}"
        elif complete and not translated(found):
            yield f"not translated: {_first(message)!r}"
    said_by_itself = _single_numbers(catalog)
    for message in catalog:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"marked fuzzy: {_first(message)!r}"
        if translated(message):
            yield from _differences(message, said_by_itself=said_by_itself)
            yield from _left_in_dutch(message, catalog)
            yield from _mixed_alphabets(message)
        elif any(forms(message.string)):
            yield f"a plural form is missing: {_first(message)!r}"


def _single_numbers(catalog: Catalog) -> frozenset[int]:
    """Return which plural forms are for one number only ("a day", "two days"): these need not write it."""
    form_of = c2py(catalog.plural_expr)
    numbers_of = Counter(form_of(number) for number in range(201))
    return frozenset(form for form, numbers in numbers_of.items() if numbers == 1)


def _left_in_dutch(message: Message, catalog: Catalog) -> Iterator[str]:
    """Point at a sentence of some words that is the same as the Dutch one."""
    is_dutch = catalog.locale is not None and catalog.locale.language == "nl"
    if not is_dutch and set(forms(message.id)) & set(forms(message.string)) and len(_first(message).split()) > MANY:
        yield f"still Dutch: {_first(message)!r}"


def _mixed_alphabets(message: Message) -> Iterator[str]:
    """Point at a word of letters that only look alike: a Cyrillic "с" in a Turkish word, an "x" in a Ukrainian one."""
    for string in forms(message.string):
        for word in WORD.findall(PLACEHOLDER.sub(" ", string)):
            if LATIN.search(word) and CYRILLIC.search(word):
                yield f"two alphabets in {word!r}: {string!r}"


def _differences(message: Message, *, said_by_itself: frozenset[int] = frozenset()) -> Iterator[str]:
    """Say where a translation has other placeholders, tags or edges than its sentence."""
    sentences = forms(message.id)
    for form, string in enumerate(forms(message.string)):
        # A plural form has the placeholders of one of its sentences; "two days" needs no number.
        found = Counter(_found(PLACEHOLDER, string))
        wanted = [Counter(_found(PLACEHOLDER, each)) for each in sentences]
        fewer = message.pluralizable and form in said_by_itself
        if not any(found == each or (fewer and found < each and each.total() - found.total() == 1) for each in wanted):
            yield f"other placeholders: {sentences[0]!r} -> {string!r}"
        if not any(_found(TAG, string) == _found(TAG, each) for each in sentences):
            yield f"other tags: {sentences[0]!r} -> {string!r}"
        if string.strip() != string and sentences[0].strip() == sentences[0]:
            yield f"space at an edge: {sentences[0]!r} -> {string!r}"


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(pattern.findall(text))


def forms(words: object) -> list[str]:
    """Return a sentence or a translation as a list: one for a plain one, more for plurals."""
    if isinstance(words, (tuple, list)):
        return [str(each or "") for each in words]
    return [str(words or "")]


def translated(message: Message) -> bool:
    """Tell whether every form of a message says something."""
    return all(forms(message.string))


def _first(message: Message) -> str:
    return forms(message.id)[0]


def same_shape(one: Message, other: Message) -> bool:
    """Tell whether both have plural forms, or neither."""
    return one.pluralizable == other.pluralizable
