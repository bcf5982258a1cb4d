"""The catalogue in which the Dutch pages say "u": `locale/nl_Formal`, for communities that prefer it.

`make messages` writes a first version of each new sentence by the rules below, and people mend it in the catalogue:
what stands there stays. `make check` holds that every sentence with "je" is there and that none says "je" still.
"""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FOLDER = "nl_Formal"
# "Jullie" are two neighbours together, whom nobody calls "u"; it stays.
INFORMAL = re.compile(r"\b(?:je|jij|jou|jouw|jezelf|hoi)\b", re.IGNORECASE)
# What "je" can be in front of when it says whose it is; before any other word it is the person.
OWNED = _words("""
    aanbod account adres adressen afspraak afspraken antwoord antwoorden apparaat app bedankje beginscherm bericht
    berichten besluit browser buren buur buurt code codes dochter digid e-mailadres e-mailadressen eigen gegevens
    gemeente geboortedatum gesprek gesprekken getal gezicht helper herstelcodes hele huis huisarts hulp keuze kind
    leeftijd mail mails melding meldingen naam nieuwe nummer oude ouders passkey passkeys pinpas plek postcode profiel
    rekeningnummer sleutel straat talen tekst telefoon telefoonnummer toetsenbord tweede uitnodiging vader vinger
    voornaam voorstel vraag vragen wachtwoord week wifi wijk woorden
""")
# These are also what somebody asks or gets: in "waar kun je hulp bij gebruiken" the "je" is the person.
UNSURE = _words("adressen antwoorden bericht berichten besluit buur hulp mail vragen")
PERSON_BEFORE = _words("dat die hoe krijg kun waar we wat wij wil zie")
# A verb in front of "je" gets its -t back in front of "u".
STEMS = _words("""
    bedenk bekijk bel ben betaal bevestig bewaar bied blokkeer deel denk doe gebruik geef heb herken hoef hoor houd ken
    kies kijk kopieer krijg kun lees log loop maak meld open schrijf spreek stuur typ verander vertel verwijder vind
    vraag werk wil wis woon zie zoek
""")
TURNED = {word: word + "t" for word in STEMS} | {"ga": "gaat", "kom": "komt", "sta": "staat"}
WORD = re.compile(r"[\w'’-]+")
PERSON = {"jij": "u", "jou": "u", "jouw": "uw", "jezelf": "uzelf", "hoi": "beste"}


def is_informal(sentence: str) -> bool:
    """Tell whether a Dutch sentence speaks to one person as "je"."""
    return INFORMAL.search(sentence) is not None


def to_formal(sentence: str) -> str:
    """Return a Dutch sentence with "u", as well as rules can; a person reads it after this."""
    said: list[str] = []
    end = 0
    words = list(WORD.finditer(sentence))
    for place, found in enumerate(words):
        said.append(sentence[end : found.start()])
        following = words[place + 1] if place + 1 < len(words) else None
        close = following is not None and not sentence[found.end() : following.start()].strip()
        said.append(_said(found[0], words[place + 1][0] if close else "", said))
        end = found.end()
    return "".join([*said, sentence[end:]])


def _said(word: str, following: str, said: list[str]) -> str:
    """Return one word with "u"; the verb before it, the last but one of what was said, gets its -t back."""
    small, before = word.lower(), said[-2].lower() if len(said) > 1 else ""
    if small == "je" and following.lower() in OWNED and not (following.lower() in UNSURE and before in PERSON_BEFORE):
        return _like("uw", word)
    if small == "je" and before == "u":
        return "zich"  # "bedenk je je?" is "bedenkt u zich?"
    if small in {"je", "jij"}:
        if len(said) > 1 and not said[-1].strip():
            said[-2] = _like(TURNED.get(said[-2].lower(), said[-2]), said[-2])
        return _like("u", word)
    return _like(PERSON[small], word) if small in PERSON else word


def _like(new: str, old: str) -> str:
    """Return a word with the capital of the one it replaces."""
    return new[0].upper() + new[1:] if old[:1].isupper() else new


def is_needed(message: Message) -> bool:
    """Tell whether a message of the source says something else with "u"."""
    return bool(message.id) and any(is_informal(each) for each in _forms(message.id))


def first_version(message: Message) -> str | tuple[str, ...]:
    """Return what the rules make of a message: one string, or one for each of its two Dutch forms."""
    made = tuple(to_formal(each) for each in _forms(message.id))
    return made if message.pluralizable else made[0]


def problems(catalog: Catalog) -> Iterator[str]:
    """Say which sentences of the catalogue are informal still."""
    for message in catalog:
        if message.id and any(is_informal(each) for each in _forms(message.string)):
            yield f'still says "je": {_forms(message.string)[0]!r}'


def _forms(words: object) -> list[str]:
    return [str(each or "") for each in words] if isinstance(words, (tuple, list)) else [str(words or "")]
