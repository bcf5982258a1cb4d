"""Every page, on a small telephone and on a desk: no finding of axe, no sideways scrolling, no error in the console."""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from tests.browser.conftest import ContextFor
from tests.browser.scene import set_scene
from tests.browser.steps import PATIENCE_MS
from tests.factories.residents import make_help_preferences

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WIDTHS = (320, 1280)
VISITOR, ANNA, BILAL, DIRK, NEW = "visitor", "anna", "bilal", "dirk", "new"


@dataclass(frozen=True)
class Look:
    """Who looks at which page, what they type there, and the button they press."""

    who: str
    path: str
    press: str = ""
    type: dict[str, str] = field(default_factory=dict)
    status: int = 200
    wrong: bool = False  # the form comes back with errors

    def __str__(self) -> str:
        return f"{self.who}:{self.path}" + (f":{self.press}" if self.press else "")


VISITOR_PAGES = (
    *("/", "/bellen", "/huisregels", "/privacy", "/toegankelijkheid", "/contact", "/kies-je-gemeente", "/wegwijzer"),
    *("/prikbord", "/prikbord?soort=aanbod", "/prikbord?zoek=olifant", "/prikbord/{ask}", "/prikbord/{offer}"),
    *("/vraag", "/aanbod", "/helpen", "/{link}", "/melden/post/{ask}", "/mij/jonger-dan-16"),
    *("/account/login/", "/account/login/wachtwoord/", "/account/password/reset/"),
)
ANNA_PAGES = (
    *("/", "/prikbord", "/prikbord/{offer}", "/prikbord/{ask}", "/vraag", "/mijn", "/mijn/{ask}", "/mijn/{hidden}"),
    *("/mijn/{ask}/aanpassen", "/mijn/{ask}/verlengen", "/gesprekken", "/meldingen", "/moderatie/mijn"),
    *("/gesprekken/{reserved}", "/gesprekken/{talk}", "/gesprekken/{over}", "/gesprekken/{talk}/afspraak"),
    *("/gesprekken/{talk}/meer", "/gesprekken/{talk}/nummer", "/gesprekken/{talk}/melden", "/helpen"),
    *("/mij", "/mij/profiel", "/mij/verhuizen", "/mij/blokkades", "/mij/gegevens", "/mij/verwijderen"),
    *("/account/email/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"),
    *("/account/sessions/", "/account/password/set/", "/account/logout/", "/helpen/instellingen"),
)
BILAL_PAGES = (
    *("/helpen", "/helpen/gevraagd/{invitation}", "/helpen/instellingen", "/prikbord/{ask}", "/mijn/{offer}"),
    "/gesprekken/{talk}",
)
DIRK_PAGES = ("/moderatie", "/moderatie/{report}", "/moderatie/besluit/{decision}/terugzetten", "/account/2fa/")
LOOKS = [
    *(Look(VISITOR, path) for path in VISITOR_PAGES),
    *(Look(ANNA, path) for path in ANNA_PAGES),
    *(Look(BILAL, path) for path in BILAL_PAGES),
    *(Look(DIRK, path) for path in DIRK_PAGES),
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


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_page_is_fit_for_everybody(
    look: Look, zaanstad: Community, anna: Resident, bilal: Resident, dirk: Resident, context_for: ContextFor
) -> None:
    names = set_scene(zaanstad=zaanstad, anna=anna, bilal=bilal, dirk=dirk)
    make_help_preferences(resident=anna, active=False)
    people = {ANNA: anna, BILAL: bilal, DIRK: dirk, NEW: Resident.objects.create_user("nieuw@example.org")}
    page = context_for(people.get(look.who), width=WIDTHS[0]).new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors = _listen(page)

    answer = page.goto(look.path.format(**names))
    assert answer is not None
    assert answer.status == look.status
    _fill_and_press(page, look)
    expect(page.locator("#fouten")).to_have_count(1 if look.wrong else 0)

    findings = [finding for width in WIDTHS for finding in _findings(page, width)]
    assert findings == []
    assert errors == []


def _listen(page: Page) -> list[str]:
    """Collect what the console calls an error, but for the status of the page itself (a form with errors is a 422)."""
    errors: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        about_the_page = "Failed to load resource" in message.text and "/static/" not in message.location["url"]
        if message.type == "error" and not about_the_page:
            errors.append(message.text)

    page.on("console", on_console)
    return errors


def _fill_and_press(page: Page, look: Look) -> None:
    for name, value in look.type.items():
        page.locator(f"main [name={name}]").first.fill(value)
    for words in filter(None, look.press.split(",")):
        with page.expect_navigation():
            page.locator("main, .b-bar").get_by_role("button", name=words, exact=True).last.click()


def _findings(page: Page, width: int) -> list[str]:
    """Return what is wrong at this width: sideways scrolling, and each finding of axe with the element it is about."""
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{width}: scrolls sideways, {wide} px"] if wide > width else []
    for violation in Axe().run(page, options=OPTIONS).response["violations"]:
        for node in violation["nodes"]:
            found.append(f"{width}: {violation['id']} {node['target']} {node['failureSummary']}")
    return found
