"""Contact details in a text: where a stranger could call, write, ring the bell or find the key."""

import re
from dataclasses import dataclass
from typing import Final

from posts.wording.lists import word_list
from posts.wording.phrases import PhraseBook
from posts.wording.words import LONGEST, Word, fold, words_of


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact detail: which kind, and where it stands."""

    kind: str
    start: int
    end: int


def _number_words() -> dict[str, str]:
    """Write every Dutch number under a hundred as people say it: "vierendertig" is 34."""
    small = word_list("small_numbers")
    tens = {word: 10 * place for place, word in enumerate(word_list("tens"), start=2)}
    numbers = {word: number for number, word in enumerate(small)} | tens
    numbers |= {
        f"{unit}en{word}": number + place
        for word, number in tens.items()
        for place, unit in enumerate(small[1:10], start=1)
    }
    numbers |= {word: number for number, word in enumerate(word_list("english_numbers"))}
    return {word: str(number) for word, number in numbers.items()}


_NUMBER_WORDS: Final = _number_words()
# Nobody writes a telephone number in more pieces than this.
MOST_PIECES: Final = 12
_PHONE: Final = re.compile(r"0[1-9]\d{8}|(?:00)?31[1-9]\d{8}|310[1-9]\d{8}")
_DATE: Final = re.compile(r"\s*\d{1,2}([-./ ])\d{1,2}\1(?:19|20)\d\d")
_BETWEEN: Final = re.compile(r"[\s()\-./,:\u2010-\u2013\u00b7_]{0,4}")
# Every part is bounded, so no text can make these slow.
_EMAIL: Final = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|apenstaartje)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|punt)\s?[\w-]{1,63}){1,4}"
)
_HANDLE: Final = re.compile(r"(?<![\w.@])@[a-z][\w.]{2,30}|wa\.me/\S{1,40}|t\.me/\S{1,40}")
_POSTCODE: Final = re.compile(r"\b[1-9]\d{3} ?(?!EN|OM|OF|OP|IN|IK|JE|WE|UU|SA|SD|SS)[A-Z]{2}\b")
_ACCOUNT: Final = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{4} ?(?:\d ?){10}\b")

_STREET_ENDS: Final = tuple(word_list("street_ends"))
_SURE_STREET_ENDS: Final = (
    "straat",
    "laan",
    "plein",
    "gracht",
    "singel",
    "steeg",
    "dreef",
    "plantsoen",
    "kade",
    "straatje",
)
_NO_STREETS: Final = frozenset(word_list("no_streets"))
_UNITS: Final = frozenset(word_list("units"))
_BOOK: Final = PhraseBook(
    _PHRASES := (
        "sleutel|sleutels|huissleutel|reservesleutel|voordeursleutel ligt|hangt|zit|liggen|verstopt|vind|leg|ligd",
        "sleutel|sleutels|huissleutel|reservesleutel .. onder .. mat|deurmat|bloempot|pot|steen|schuurtje|plant|tegel",
        "sleutelkluis* .. code",
        "sleutelkastje .. code",
        "code .. deur|voordeur|sleutelkluis*|sleutelkastje|portiek .. #",
        "deurcode|alarmcode|toegangscode .. #",
        "achterdeur|voordeur|deur .. altijd|gewoon open|los",
        "achterdeur|voordeur|deur .. nooit|niet op slot",
        "key|keys .. under|behind .. mat|pot|doormat|flowerpot|stone",
        "insta|instagram|snapchat|snap|facebook|telegram|tiktok is|heet|naam",
        "huisnummer #",
        "mijn|m'n|mn rekeningnummer is",
        "bsn .. #",
        "klucz* .. pod .. wycieracz*|doniczk*",
        "ключ* .. під .. килимк*",
        "anahtar* .. paspas*",
    )
)
_KEY_PLACES: Final = frozenset(word_list("key_places"))
_NO_KEY_PLACES: Final = frozenset(word_list("no_key_places"))


def contact_details(text: str) -> list[Contact]:
    """Return every contact detail in the text, in order."""
    words = words_of(text)
    part = text[:LONGEST]
    found = [*_phones(part, words), *_streets(part, words), *_places_of_keys(words)]
    if "@" in part or "at" in part or "apenstaartje" in part:
        found += [Contact("email", *match.span()) for match in _EMAIL.finditer(part)]
    found += [Contact("account", *match.span()) for match in _ACCOUNT.finditer(part)]
    found += [Contact("handle", *match.span()) for match in _HANDLE.finditer(fold(part))]
    found += [Contact("postcode", *match.span()) for match in _POSTCODE.finditer(part)]
    return sorted(set(found), key=lambda contact: (contact.start, contact.end))


def _phones(text: str, words: list[Word]) -> list[Contact]:
    """Find runs of digits, written as digits or as words, that make a telephone number."""
    found: list[Contact] = []
    run: list[Word] = []
    for word in [*words, Word("-", len(text) + 9, len(text) + 9, -1)]:
        joined = not run or _BETWEEN.fullmatch(text, run[-1].end, word.start)
        if (word.is_number or word.text in _NUMBER_WORDS) and joined:
            run.append(word)
            continue
        found += _phones_in(text, run)
        run = [word] if word.is_number or word.text in _NUMBER_WORDS else []
    return found


def _phones_in(text: str, run: list[Word]) -> list[Contact]:
    """Find the number inside a run: "een 06..." and "06... 2 keer" have neighbours that do not belong to it."""
    found: list[Contact] = []
    start = 0
    while start < len(run):
        end = next((end for end in range(start + 1, start + MOST_PIECES + 1) if _is_phone(text, run[start:end])), 0)
        if end and end <= len(run):
            found.append(Contact("phone", run[start].start, run[end - 1].end))
        start = end if start < end <= len(run) else start + 1
    return found


def _is_phone(text: str, pieces: list[Word]) -> bool:
    if _DATE.match(text, pieces[0].start):
        return False
    digits = "".join(_NUMBER_WORDS.get(word.text, word.text) for word in pieces)
    # A number from abroad starts with a plus.
    abroad = text[max(0, pieces[0].start - 1) : pieces[0].start] == "+" and 9 <= len(digits) <= 15
    return abroad or _PHONE.fullmatch(digits) is not None


def _streets(text: str, words: list[Word]) -> list[Contact]:
    found: list[Contact] = []
    for index in range(1, len(words)):
        number, name = words[index], words[index - 1]
        if not (number.is_number and len(number.text) <= 4 and name.sentence == number.sentence):
            continue
        after = words[index + 1] if index + 1 < len(words) else None
        if text[name.end : number.start].strip() or _is_amount(text, number, after):
            continue
        if _is_street(text, name, words[index - 2] if index > 1 else None) or _lives_there(text, words, index):
            found.append(Contact("address", name.start, number.end))
    return found


def _is_amount(text: str, number: Word, after: Word | None) -> bool:
    """Tell a house number from a time, a price, a year or a measure."""
    close = after is not None and not text[number.end : after.start].strip()
    if close and after is not None and after.text in _UNITS:
        return True
    if re.match(r"[.:,-]\d|%|,-", text[number.end : number.end + 2]):
        return True
    return len(number.text) == 4 and number.text[:2] in {"19", "20"}


def _is_street(text: str, name: Word, before: Word | None) -> bool:
    if name.text in _NO_STREETS:
        return False
    capital = text[name.start].isupper()
    if name.text.endswith(_SURE_STREET_ENDS) and name.text not in _SURE_STREET_ENDS:
        return True
    if not name.text.endswith(_STREET_ENDS):
        return False
    if name.text in _STREET_ENDS:
        return capital and before is not None and text[before.start].isupper() and not text.isupper()
    return capital


def _lives_there(text: str, words: list[Word], index: int) -> bool:
    """Whether "ik woon (in de) Naam 12" is what is said."""
    if not text[words[index - 1].start].isupper():
        return False
    return any(
        word.text in {"woon", "wonen", "woont", "adres"} and word.sentence == words[index].sentence
        for word in words[max(0, index - 5) : index - 1]
    )


def _places_of_keys(words: list[Word]) -> list[Contact]:
    found = []
    for hit in _BOOK.find(words):
        last = hit.last
        if hit.key == 0:
            near = {word.text for word in words[hit.last + 1 : hit.last + 5]}
            if not near & _KEY_PLACES or near & _NO_KEY_PLACES:
                continue
            last = min(hit.last + 3, len(words) - 1)
        kind = (
            "key"
            if any(part in _PHRASES[hit.key] for part in ("sleutel", "key", "deur", "klucz", "ключ", "anahtar"))
            else "handle"
        )
        found.append(Contact(kind, words[hit.first].start, words[last].end))
    return found
