"""What a post is called for those who may not read its words: made from its fields only."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OFFER: Final = "offer"


@dataclass(frozen=True, slots=True)
class Naming:
    """How one kind of help is called, and how a helper is asked for it, with and without a time."""

    ask: "StrOrPromise"
    offer: "StrOrPromise"
    question: "StrOrPromise"
    question_when: "StrOrPromise"


NAMING: Final[dict[str, Naming]] = {
    "cooking": Naming(
        _("Koken en eten"),
        _("koken en eten"),
        _("Kun jij koken voor een buur?"),
        _("Kun jij %(when)s koken voor een buur?"),
    ),
    "groceries": Naming(
        _("Boodschappen"), _("boodschappen"), _("Kun jij boodschappen doen?"), _("Kun jij %(when)s boodschappen doen?")
    ),
    "transport": Naming(_("Lift"), _("lift"), _("Kun jij een lift geven?"), _("Kun jij %(when)s een lift geven?")),
    "admin": Naming(
        _("Post en papieren"),
        _("hulp met post en papieren"),
        _("Kun jij helpen met post en papieren?"),
        _("Kun jij %(when)s helpen met post en papieren?"),
    ),
    "digital": Naming(
        _("Computer en telefoon"),
        _("hulp met computer en telefoon"),
        _("Kun jij helpen met een computer of telefoon?"),
        _("Kun jij %(when)s helpen met een computer of telefoon?"),
    ),
    "repairs": Naming(_("Klusje"), _("klusjes"), _("Kun jij een klusje doen?"), _("Kun jij %(when)s een klusje doen?")),
    "garden": Naming(_("Tuin"), _("tuin"), _("Kun jij helpen in de tuin?"), _("Kun jij %(when)s helpen in de tuin?")),
    "company": Naming(
        _("Gezelschap of meegaan"),
        _("gezelschap of meegaan"),
        _("Kun jij iemand gezelschap houden of meegaan?"),
        _("Kun jij %(when)s iemand gezelschap houden of meegaan?"),
    ),
    "language": Naming(
        _("Taal en huiswerk"),
        _("hulp met taal en huiswerk"),
        _("Kun jij helpen met taal of huiswerk?"),
        _("Kun jij %(when)s helpen met taal of huiswerk?"),
    ),
    "childcare": Naming(
        _("Hulp met kinderen"),
        _("hulp met kinderen"),
        _("Kun jij helpen met kinderen?"),
        _("Kun jij %(when)s helpen met kinderen?"),
    ),
    "pets": Naming(
        _("Hulp met dieren"),
        _("hulp met dieren"),
        _("Kun jij voor een dier zorgen?"),
        _("Kun jij %(when)s voor een dier zorgen?"),
    ),
    "care": Naming(
        _("Even de zorg overnemen"),
        _("even de zorg overnemen"),
        _("Kun jij even de zorg overnemen?"),
        _("Kun jij %(when)s even de zorg overnemen?"),
    ),
    "activities": Naming(
        _("Samen iets doen"),
        _("samen iets doen"),
        _("Heb jij zin om samen iets te doen?"),
        _("Heb jij zin om %(when)s samen iets te doen?"),
    ),
    "lending": Naming(
        _("Iets te leen"),
        _("iets te leen of weg te geven"),
        _("Kun jij iets uitlenen of weggeven?"),
        _("Kun jij %(when)s iets uitlenen of weggeven?"),
    ),
    "moving": Naming(
        _("Sjouwen en verhuizen"),
        _("sjouwen en verhuizen"),
        _("Kun jij helpen met sjouwen of verhuizen?"),
        _("Kun jij %(when)s helpen met sjouwen of verhuizen?"),
    ),
    "other": Naming(
        _("Iets anders"),
        _("iets anders"),
        _("Kun jij een buur ergens mee helpen?"),
        _("Kun jij %(when)s een buur ergens mee helpen?"),
    ),
}


def naming_of(category: str) -> Naming:
    """Return how this kind of help is called; a kind a community added itself is "iets anders"."""
    return NAMING.get(category, NAMING["other"])


def public_title(*, kind: str, category: str, area_name: str, when: str) -> str:
    """Return the title everybody may see: "Lift in Krommenie, donderdag"; it holds nobody's own words."""
    naming = naming_of(category)
    area, when = area_name.strip(), when.strip()
    title = str(_("Aangeboden: %(help)s")) % {"help": naming.offer} if kind == OFFER else str(naming.ask)
    if area:
        title = str(_("%(title)s in %(area)s")) % {"title": title, "area": area}
    if when:
        title = str(_("%(title)s, %(when)s")) % {"title": title, "when": when}
    return title


def help_question(*, category: str, when: str) -> str:
    """Return the question an invitation opens with: "Kun jij donderdag een lift geven?"."""
    naming = naming_of(category)
    when = when.strip()
    if not when:
        return str(naming.question)
    return str(naming.question_when) % {"when": when}
