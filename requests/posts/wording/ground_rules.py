"""The card of ground rules for each kind of help: a title and two to four short lines."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class GroundRules:
    """What both keep to. The flags say the same to the program as the lines say to people."""

    title: "StrOrPromise"
    lines: "tuple[StrOrPromise, ...]"
    shows_insurance: bool = False
    adults_only: bool = False
    meet_in_public_first: bool = False
    door_word: bool = False


# Cover differs per municipality, so without its own text we promise nothing.
INSURANCE_UNKNOWN: Final = _("Burenhulp is niet altijd verzekerd. Vraag het aan je gemeente.")

_DOOR_WORD: Final = _("Spreek samen een deurwoord af. Dan weet je wie er voor de deur staat.")
_RECEIPT: Final = _("Bewaar het bonnetje. Je betaalt elkaar precies dat bedrag.")
_ADULTS: Final = _("Dit is hulp door mensen van 18 jaar of ouder.")
_FIRST_OUTSIDE: Final = _("Ontmoet elkaar de eerste keer op een openbare plek, zoals het buurthuis.")

GROUND_RULES: Final[dict[str, GroundRules]] = {
    "cooking": GroundRules(
        _("Zo werkt samen eten"),
        (
            _("Vraag altijd naar allergieën en naar wat iemand niet eet."),
            _("Zeg wat erin zit en wanneer het gemaakt is."),
            _("Verreken hooguit de boodschappen."),
        ),
    ),
    "groceries": GroundRules(
        _("Zo werken boodschappen"),
        (_RECEIPT, _("Geef nooit je pinpas of pincode mee."), _DOOR_WORD),
        door_word=True,
    ),
    "transport": GroundRules(
        _("Zo werkt een lift"),
        (_("Je betaalt hooguit de echte kosten, zoals benzine en parkeren."), _DOOR_WORD),
        shows_insurance=True,
        door_word=True,
    ),
    "admin": GroundRules(
        _("Zo werkt hulp met post en papieren"),
        (
            _("Geef nooit je DigiD, pincode of wachtwoord. Ook niet aan je helper."),
            _("Blijf er zelf bij en doe zelf de laatste klik."),
            _("Wat je helper leest, blijft tussen jullie."),
        ),
    ),
    "digital": GroundRules(
        _("Zo werkt hulp met computer en telefoon"),
        (
            _("Typ je wachtwoord en pincode zelf. Zeg ze niet hardop."),
            _("Blijf erbij en kijk mee."),
            _("Bankzaken doe je zelf."),
        ),
    ),
    "repairs": GroundRules(
        _("Zo werkt een klusje"),
        (
            _DOOR_WORD,
            _("Alleen klein werk. Voor gas, de meterkast en asbest bel je een vakman."),
            _("Betaal hooguit het materiaal."),
        ),
        shows_insurance=True,
        door_word=True,
    ),
    "garden": GroundRules(
        _("Zo werkt hulp in de tuin"),
        (
            _("Spreek af hoe lang het duurt en wie het gereedschap heeft."),
            _("Hoog op een ladder of grote bomen zagen doet een vakman."),
            _DOOR_WORD,
        ),
        shows_insurance=True,
        door_word=True,
    ),
    "company": GroundRules(
        _("Zo werkt samenzijn of meegaan"),
        (_FIRST_OUTSIDE, _DOOR_WORD, _("Wat je hoort, houd je voor jezelf.")),
        meet_in_public_first=True,
        door_word=True,
    ),
    "language": GroundRules(
        _("Zo werkt hulp met taal en huiswerk"),
        (
            _("Spreek af in de bibliotheek of het buurthuis."),
            _("Leert er een kind? Dan blijft er een ouder in de buurt."),
        ),
        meet_in_public_first=True,
    ),
    "childcare": GroundRules(
        _("Zo werkt hulp met kinderen"),
        (
            _ADULTS,
            _FIRST_OUTSIDE,
            _("De eerste keren blijft er een ouder bij."),
            _("Zet geen naam of foto van een kind in je tekst."),
        ),
        adults_only=True,
        meet_in_public_first=True,
        door_word=True,
    ),
    "pets": GroundRules(
        _("Zo werkt hulp met dieren"),
        (
            _("Laat het dier en de helper eerst samen kennismaken."),
            _("Schrijf op wat het dier eet en welke dierenarts je hebt."),
            _("Geef je sleutel pas als je elkaar kent."),
        ),
    ),
    "care": GroundRules(
        _("Zo werkt even de zorg overnemen"),
        (
            _ADULTS,
            _FIRST_OUTSIDE,
            _("Prikken, medicijnen geven en wonden verzorgen doet de thuiszorg."),
            _("Spreek af wie je belt als het niet goed gaat."),
        ),
        adults_only=True,
        meet_in_public_first=True,
        door_word=True,
    ),
    "activities": GroundRules(
        _("Zo werkt samen iets doen"),
        (_("Spreek de eerste keer af op een openbare plek."), _("Ieder betaalt hooguit zijn eigen kosten.")),
        meet_in_public_first=True,
    ),
    "lending": GroundRules(
        _("Zo werkt lenen en weggeven"),
        (
            _("Lenen is gratis. Verkopen doe je ergens anders."),
            _("Spreek af wanneer je het terugbrengt, en wat je doet als het stukgaat."),
        ),
    ),
    "moving": GroundRules(
        _("Zo werkt sjouwen"),
        (
            _("Zeg vooraf wat er zwaar is en of er een lift is."),
            _("Til samen. Stop als het te zwaar is."),
            _("Je betaalt hooguit de echte kosten, zoals de huur van een busje."),
        ),
        shows_insurance=True,
    ),
    "other": GroundRules(
        _("Zo werkt hulp van buren"),
        (
            _("Hulp is gratis. Verreken hooguit echte kosten."),
            _DOOR_WORD,
            _("Voelt iets niet goed? Zeg nee. Dat mag altijd."),
        ),
        door_word=True,
    ),
}


def ground_rules_for(category: str, *, insurance_text: str = "") -> GroundRules:
    """Return the card of this kind of help, with the community's own words about insurance where they matter."""
    rules = GROUND_RULES.get(category, GROUND_RULES["other"])
    if not rules.shows_insurance:
        return rules
    return replace(rules, lines=(*rules.lines, insurance_text.strip() or INSURANCE_UNKNOWN))
