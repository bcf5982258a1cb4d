"""A second pair of eyes on a text: points at what its writer may regret. It advises and never blocks.

Only words of danger ask for more: see `danger`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from posts.wording.contact import contact_details
from posts.wording.lists import rules, word_list
from posts.wording.prices import prices
from posts.wording.rules import RuleBook, Sign
from posts.wording.words import Word, words_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CODES: Final = (
    "contact_details",
    "money",
    "health_details",
    "commercial",
    "professional_care",
    "danger",
    "minors",
    "discrimination",
    "dating",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to think about, where it stands, and the advice; `why` is the rule that spoke."""

    code: str
    start: int
    end: int
    message: "StrOrPromise"
    why: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number to show, and when to call it."""

    number: str
    name: "StrOrPromise"
    when: "StrOrPromise"
    note: "StrOrPromise" = ""


@dataclass(frozen=True, slots=True)
class Danger:
    """Words of danger: what kind, where, and whom to call. For the writer's eyes only."""

    kinds: tuple[str, ...]
    message: "StrOrPromise"
    lines: tuple[HelpLine, ...]
    findings: tuple[Finding, ...]


EMERGENCY: Final = HelpLine("112", _("Alarmnummer"), _("Is er nu gevaar, of is iemand er slecht aan toe? Bel meteen."))
SUICIDE_LINE: Final = HelpLine(
    "113",
    _("113 Zelfmoordpreventie"),
    _("Denk je aan zelfmoord? Praat erover. Dag en nacht, zonder je naam te noemen."),
    _("Of bel gratis 0800-0113."),
)
SAFE_HOME: Final = HelpLine(
    "0800-2000",
    _("Veilig Thuis"),
    _("Is het thuis niet veilig, voor jou, een kind of iemand anders? Bel gratis, dag en nacht."),
)

_LINES: Final = {
    "medical": (EMERGENCY,),
    "suicide": (SUICIDE_LINE, EMERGENCY),
    "violence": (EMERGENCY, SAFE_HOME),
    "child": (EMERGENCY, SAFE_HOME),
}
# The most pressing first: it decides what is said at the top.
_KINDS: Final = {
    "medical": _("Dit klinkt als spoed. Bel 112. Wacht niet op een buur."),
    "suicide": _("We lezen dat je het heel zwaar hebt. Je hoeft dit niet alleen te dragen. Praat nu met iemand."),
    "child": _("We lezen dat een kind misschien niet veilig is. Bel bij gevaar 112. Veilig Thuis denkt met je mee."),
    "violence": _("We lezen dat je misschien niet veilig bent. Bel bij gevaar 112. Veilig Thuis denkt met je mee."),
}

_CONTACT: Final = {
    "phone": _("Zet je telefoonnummer liever niet in je tekst. Je deelt het later zelf, in het gesprek."),
    "email": _("Zet je e-mailadres liever niet in je tekst. Je deelt het later zelf, in het gesprek."),
    "address": _(
        "Zet je adres liever niet in je tekst. Je wijk is genoeg. Je adres deel je later zelf, in het gesprek."
    ),
    "postcode": _("Laat je hele postcode liever weg. Je wijk is genoeg."),
    "key": _("Schrijf niet op waar je sleutel ligt of hoe iemand binnenkomt. Spreek dat later af, in het gesprek."),
    "account": _("Zet je rekeningnummer niet in je tekst."),
    "handle": _("Zet je naam op andere apps liever niet in je tekst. Je deelt die later zelf, in het gesprek."),
}
_MESSAGES: Final = {
    "money": _(
        "Hulp via Buurt is gratis. Vraag of geef geen geld, ook geen lening. Echte kosten, zoals een bonnetje of "
        "benzine, mag je wel samen verrekenen."
    ),
    "health_details": _(
        "Noem liever geen ziekte of medicijn. Schrijf wat je nodig hebt. Wat iemand moet weten, vertel je later zelf."
    ),
    "commercial": _("Dit lijkt op reclame. Op Buurt helpen buren elkaar zonder eraan te verdienen."),
    "professional_care": _(
        "Hier is iemand voor nodig die ervoor geleerd heeft. Bel je huisarts of de thuiszorg. Gaat het over "
        "recht? Bel het Juridisch Loket."
    ),
    "minors": _(
        "Het gaat hier om een kind. Laat naam en leeftijd weg. Laat een kind niet alleen met iemand die je niet kent. "
        "Ben je zelf nog jong? Vraag je ouders om mee te lezen, of bel de Kindertelefoon: 0800-0432."
    ),
    "discrimination": _("Op Buurt is iedereen welkom. Schrijf wat je nodig hebt, en sluit geen mensen uit."),
    "dating": _("Buurt is er om elkaar te helpen, niet om een partner te vinden. Schrijf wat je samen wilt doen."),
}

_DANGER_BOOK: Final = RuleBook(rules("danger"))
_ADVICE_BOOK: Final = RuleBook(rules("advice"))
_CHILD_AGE: Final = range(6, 16)
_YOUNG: Final = range(6, 18)
_NOT_AN_AGE: Final = frozenset(word_list("not_an_age"))
_AGES: Final = {
    "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13,
    "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
}  # fmt: skip
_I_AM: Final = frozenset({"ik ben", "ben ik", "i am", "i'm", "im", "mam", "мені", "عمري", "ik word"})
_AGE_AFTER: Final = frozenset({"yasindayim", "lat", "років"})
_AT_HOME: Final = frozenset(word_list("at_home"))


def look_over(text: str) -> list[Finding]:
    """Return what the writer may want to change, in the order of the text."""
    words = words_of(text)
    found = [
        Finding("contact_details", one.start, one.end, _CONTACT[one.kind], one.kind) for one in contact_details(text)
    ]
    found += [_finding(sign, sign.rule.code) for sign in _ADVICE_BOOK.signs(words)]
    found += _danger_findings(words)
    found += [_finding(sign, sign.rule.code) for sign in prices(text, words)]
    found += _young_writers(text, words)
    return _without_repeats(found)


def danger(text: str) -> Danger | None:
    """Return what to show the writer after words of danger, or None; the caller then asks a second, clear choice."""
    words = words_of(text)
    signs = _DANGER_BOOK.signs(words)
    if not signs:
        return None
    kinds = tuple(kind for kind in _KINDS if any(sign.rule.code == kind for sign in signs))
    lines = {line.number: line for kind in kinds for line in _LINES[kind]}
    return Danger(kinds, _KINDS[kinds[0]], tuple(lines.values()), tuple(_without_repeats(_danger_findings(words))))


def _danger_findings(words: list[Word]) -> list[Finding]:
    return [
        Finding("danger", sign.start, sign.end, _KINDS[sign.rule.code], sign.rule.why)
        for sign in _DANGER_BOOK.signs(words)
    ]


def _finding(sign: Sign, code: str) -> Finding:
    return Finding(code, sign.start, sign.end, _MESSAGES[code], sign.rule.why)


def _young_writers(text: str, words: list[Word]) -> list[Finding]:
    """Find "ik ben 12" and "Sem, 14, ...": from 16 on an account is allowed, so then only when it goes on at home."""
    found = []
    homely = any(word.text in _AT_HOME for word in words)
    for index, word in enumerate(words):
        age = _AGES.get(word.text) or (int(word.text) if word.is_number and len(word.text) <= 2 else 0)
        if age not in (_YOUNG if homely else _CHILD_AGE):
            continue
        if says_own_age(words, index) or _named_with_age(text, words, index):
            start = words[max(0, index - 2)].start
            found.append(Finding("minors", start, word.end, _MESSAGES["minors"], "A child says its own age."))
    return found


def says_own_age(words: list[Word], index: int) -> bool:
    """Whether the number at this place is how old the writer is."""
    after = words[index + 1].text if index + 1 < len(words) else ""
    if after in _NOT_AN_AGE:
        return False
    sentence = words[index].sentence
    before = [word.text for word in words[max(0, index - 3) : index] if word.sentence == sentence]
    own = " ".join(before[-2:]) in _I_AM or (bool(before) and before[-1] in _I_AM)
    # "ben ik 8 keer" was taken out above; "ik ben pas 12" and "ik ben bijna 12" say an age as well.
    own = own or (len(before) == 3 and " ".join(before[:2]) in _I_AM and before[2] in {"pas", "bijna", "net", "nu"})
    return own or (after in _AGE_AFTER and bool(before) and before[-1] in {"mam", "мені"}) or after == "yasindayim"


def _named_with_age(text: str, words: list[Word], index: int) -> bool:
    """Whether the text opens with a name and an age between commas, as children introduce themselves."""
    if index == 0 or index + 1 >= len(words) or not words[index].is_number:
        return False
    name = words[index - 1]
    opens = index == 1 or words[index - 2].sentence != name.sentence
    commas = text[name.end : words[index].start].strip() == "," and text[words[index].end : words[index].end + 1] in {
        ",",
        "",
    }
    return opens and commas and text[name.start].isupper()


def _without_repeats(found: list[Finding]) -> list[Finding]:
    """Keep one finding per code where several overlap: the one that starts first."""
    kept: list[Finding] = []
    ends: dict[str, int] = {}
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if finding.start >= ends.get(finding.code, 0):
            kept.append(finding)
            ends[finding.code] = finding.end
    return kept
