"""The pages there are, as somebody sees them: what the tests and `make axe` look at. A new page is one line here."""

from dataclasses import dataclass, field
from itertools import product

from django.conf import settings

from buurt.residents.models import Resident, Role
from buurt.residents.services import enrol_totp
from tests.factories.communities import ZAANSTAD, make_community
from tests.factories.residents import make_help_preferences, make_resident, make_role

VISITOR, ANNA, BILAL, DIRK, FATMA, MILA, NEW = "visitor", "anna", "bilal", "dirk", "fatma", "mila", "new"
PALE_THEME = '{"tokens": {"brand": "#ffcc00"}}'


def all_languages() -> list[str]:
    """Return every language that pages are written in."""
    return [code for code, _name in settings.LANGUAGES if "-" not in code]


@dataclass(frozen=True)
class Look:
    """Who looks at which page, what they type there, and the button they press."""

    who: str
    path: str
    press: str = ""
    type: dict[str, str] = field(default_factory=dict)
    status: int = 200
    wrong: bool = False  # the form comes back with errors
    asks: bool = False  # with the question open that lies over the page
    dressed: bool = True  # also fit for other dress, where what is pressed is the last main button

    def comes_in(self, language: str) -> str:
        """Return the language of the page for who reads this one; the page without a line is the same for everybody."""
        return "nl" if self.path.startswith("/zonder-internet") else language

    def __str__(self) -> str:
        return f"{self.who}:{self.path}" + (f":{self.press}" if self.press else "") + (":?" if self.asks else "")


VISITOR_PAGES = (
    *("/", "/bellen", "/huisregels", "/privacy", "/toegankelijkheid", "/contact", "/kies-je-gemeente", "/wegwijzer"),
    *("/prikbord", "/prikbord?soort=aanbod", "/prikbord?zoek=olifant", "/prikbord/{ask}", "/prikbord/{offer}"),
    "/prikbord/kaart",
    *("/vraag", "/aanbod", "/helpen", "/{link}", "/melden/post/{ask}", "/mij/jonger-dan-16"),
    *("/account/login/", "/account/login/wachtwoord/", "/account/password/reset/", "/zonder-internet?in=zaanstad"),
    *("/wegwijzer/geld-en-post", "/wegwijzer/lijst/drie-stapels", "/hulp-vragen/kaart"),
    *("/account/inactive/", "/account/password/reset/done/"),
)
ANNA_PAGES = (
    *("/", "/prikbord", "/prikbord/{offer}", "/prikbord/{ask}", "/vraag", "/mijn", "/mijn/{ask}", "/mijn/{hidden}"),
    *("/mijn/{ask}/aanpassen", "/mijn/{ask}/verlengen", "/gesprekken", "/meldingen", "/meldingen/instellingen"),
    "/moderatie/mijn",
    *("/gesprekken/{reserved}", "/gesprekken/{talk}", "/gesprekken/{over}", "/gesprekken/{talk}/afspraak"),
    *("/gesprekken/{talk}/meer", "/gesprekken/{talk}/nummer", "/gesprekken/{talk}/melden", "/helpen"),
    *("/gesprekken/{talk}/afspraak/papier", "/gesprekken/{talk}/erbij", "/gesprekken/{circle}"),
    "/gesprekken/{weekly}",
    *("/gesprekken/{circle}/meer", "/gesprekken/{circle}/overdracht", "/gesprekken/instellingen"),
    *("/mij", "/mij/profiel", "/mij/verhuizen", "/mij/blokkades", "/mij/gegevens", "/mij/verwijderen"),
    *("/account/email/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"),
    *("/account/sessions/", "/account/password/set/", "/account/logout/", "/helpen/instellingen"),
)
BILAL_PAGES = (
    *("/helpen", "/helpen/gevraagd/{invitation}", "/helpen/instellingen", "/prikbord/{ask}", "/mijn/{offer}"),
    "/helpen/hoe-we-kiezen",
    *("/gesprekken/{talk}", "/gesprekken/{circle}", "/gesprekken/{weekly}"),
)
DIRK_PAGES = (
    *("/moderatie", "/moderatie/{report}", "/moderatie/besluit/{decision}/terugzetten"),
    *("/account/2fa/", "/account/2fa/webauthn/", "/account/2fa/reauthenticate/"),
)
FATMA_PAGES = ("/makelaar", "/makelaar/{desk}", "/makelaar/cijfers")
MILA_PAGES = ("/beheer", "/beheer/buren-vragen", "/beheer/loketten", "/beheer/huisstijl", "/makelaar/cijfers")
LOOKS = [
    *(Look(VISITOR, path) for path in VISITOR_PAGES),
    *(Look(ANNA, path) for path in ANNA_PAGES),
    *(Look(BILAL, path) for path in BILAL_PAGES),
    *(Look(DIRK, path) for path in DIRK_PAGES),
    *(Look(FATMA, path) for path in FATMA_PAGES),
    Look(BILAL, "/helpen/gevraagd/{evening}", press="Op dinsdagavond kan ik nooit"),
    *(Look(MILA, path) for path in MILA_PAGES),
    Look(MILA, "/stijl/", wrong=True),
    Look(MILA, "/stijl/", wrong=True, asks=True),
    Look(MILA, "/beheer/huisstijl", press="Bewaar de huisstijl", type={"theme_file": PALE_THEME}, wrong=True),
    Look(MILA, "/beheer/buren-vragen", press="Bied het aan", wrong=True, dressed=False),
    Look(MILA, "/beheer/loketten", press="Stuur het bestand", wrong=True),
    Look(MILA, "/beheer/buren-vragen", press="Stop met delen : Krommenie en Heemskerk-Oost"),
    Look(NEW, "/mij/start"),
    Look(NEW, "/"),
    Look(VISITOR, "/bestaat-niet", status=404),
    Look(VISITOR, "/helpen/antwoord/kapot", status=410),
    # Forms on the way, and forms that come back with errors.
    Look(VISITOR, "/vraag", press="Verder", wrong=True),
    Look(VISITOR, "/vraag", press="Verder", type={"text": "Mijn man slaat mij en ik durf niet naar huis"}),
    Look(VISITOR, "/vraag", press="Verder", type={"text": "Wie rijdt mij donderdag? Bel 06 12345678"}),
    Look(VISITOR, "/vraag", press="Verder,Verder", type={"text": "Wie rijdt mij donderdag?"}, wrong=True),
    Look(VISITOR, "/account/login/", press="Stuur mij de code", type={"login": "anna"}, wrong=True),
    Look(VISITOR, "/account/login/", press="Stuur mij de code", type={"login": "anna@example.org"}),
    Look(VISITOR, "/account/login/", press="Stuur mij de code,Log in", type={"login": "anna@example.org"}, wrong=True),
    Look(VISITOR, "/melden/post/{ask}", press="Stuur mijn melding", wrong=True),
    Look(NEW, "/mij/start", press="Ga verder", wrong=True),
    Look(ANNA, "/mijn/{ask}/aanpassen", press="Bewaar", type={"text": ""}, wrong=True),
    Look(ANNA, "/mijn/{ask}", press="Ik heb geen hulp meer nodig"),
    Look(ANNA, "/mij/profiel", press="Bewaar mijn profiel", type={"display_name": ""}, wrong=True),
    Look(ANNA, "/mij/verhuizen", press="Bewaar mijn nieuwe postcode", type={"postcode": "9999"}, wrong=True),
    Look(ANNA, "/gesprekken/{talk}/afspraak", press="Stuur mijn voorstel", type={"day": "2020-01-01"}, wrong=True),
    Look(ANNA, "/gesprekken/{talk}/nummer", press="Deel mijn nummer", wrong=True),
    Look(ANNA, "/gesprekken/{talk}/melden", press="Bekijk wat er meegaat"),
    Look(BILAL, "/helpen/instellingen", press="Bewaar wat ik wil", type={"quiet_from": ""}, wrong=True),
    Look(DIRK, "/moderatie/{report}", press="Leg het besluit vast", wrong=True),
]

ROLES = (VISITOR, ANNA, BILAL, DIRK, FATMA, MILA)
WIDTHS = (320, 1280)
THEMES = ("buurt", "ma")
LANGUAGES = ("nl", "en", "ar")


@dataclass(frozen=True)
class Dress:
    """How a page is worn: theme, language and width."""

    theme: str = "buurt"
    language: str = "nl"
    width: int = 320


def pairs_of_dress() -> list[tuple[Look, Dress]]:
    """Return pages in other dress, so that every pair of role, theme, language and width occurs at least once.

    Each turn takes the combination that covers most pairs still open; the page is the next one of that role.
    """
    plain = {
        who: [look for look in LOOKS if look.who == who and look.dressed and not look.type and "," not in look.press]
        for who in ROLES
    }
    factors = (ROLES, THEMES, LANGUAGES, WIDTHS)
    every = list(product(*factors))
    wanted = {pair for combination in every for pair in _pairs(combination)}
    chosen: list[tuple[Look, Dress]] = []
    while wanted:
        best = max(every, key=lambda combination: len(_pairs(combination) & wanted))
        wanted -= _pairs(best)
        who, theme, language, width = best
        pages = plain[who]
        # Steps of seven through the list: not only its first pages.
        chosen.append((pages[len(chosen) * 7 % len(pages)], Dress(theme, language, width)))
    return chosen


def _pairs(combination: tuple[object, ...]) -> set[tuple[int, object, int, object]]:
    places = range(len(combination))
    return {(one, combination[one], other, combination[other]) for one in places for other in places if one < other}


def make_people() -> dict[str, Resident]:
    """Make Zaanstad and the cast for a site of its own; the tests have their fixtures."""
    zaanstad = make_community(hosts=("localhost", "127.0.0.1"), areas=ZAANSTAD)
    places = {ANNA: "1561", BILAL: "1562", DIRK: "1506", FATMA: "1541", MILA: "1506"}
    people = {
        who: make_resident(community=zaanstad, name=who.title(), email=f"{who}@example.org", postcode=postcode)
        for who, postcode in places.items()
    }
    make_help_preferences(resident=people[ANNA], active=False)
    make_help_preferences(resident=people[BILAL], asks_a_month=5)
    for who, role in ((DIRK, Role.Name.MODERATOR), (FATMA, Role.Name.BROKER), (MILA, Role.Name.MANAGER)):
        make_role(resident=people[who], name=role)
        enrol_totp(people[who])
    return {**people, NEW: Resident.objects.create_user("nieuw@example.org")}
