"""Every page, on a small telephone and on a desk: no finding of axe, no sideways scrolling, no error in the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import ConsoleMessage, Page, expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from tests.browser.conftest import ContextFor
from tests.browser.looks import (
    ANNA,
    BILAL,
    DIRK,
    FATMA,
    LOOKS,
    MILA,
    NEW,
    WIDTHS,
    Dress,
    Look,
    all_languages,
    pairs_of_dress,
)
from tests.browser.scene import set_scene
from tests.browser.steps import PATIENCE_MS
from tests.factories.residents import make_help_preferences

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"


@pytest.fixture
def people(anna: Resident, bilal: Resident, dirk: Resident, fatma: Resident, mila: Resident) -> dict[str, Resident]:
    """Return the cast by the names that looks use."""
    make_help_preferences(resident=anna, active=False)
    new = Resident.objects.create_user("nieuw@example.org")
    return {ANNA: anna, BILAL: bilal, DIRK: dirk, FATMA: fatma, MILA: mila, NEW: new}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_page_is_fit_for_everybody(
    look: Look, zaanstad: Community, people: dict[str, Resident], context_for: ContextFor
) -> None:
    page, errors = _open(look, zaanstad, people, context_for)
    fill_and_press(page, look)
    let_it_ask(page, look)
    expect(page.locator("#fouten")).to_have_count(1 if look.wrong else 0)

    findings = findings_at(page, WIDTHS[0])
    page.evaluate(OPEN_ALL)
    findings += findings_at(page, WIDTHS[1])
    assert findings == []
    assert errors == []


@pytest.mark.parametrize(("look", "dress"), pairs_of_dress(), ids=str)
def test_page_is_fit_in_every_dress(
    look: Look, dress: Dress, zaanstad: Community, people: dict[str, Resident], context_for: ContextFor
) -> None:
    zaanstad.theme = dress.theme
    zaanstad.languages = all_languages()
    zaanstad.save(update_fields=["theme", "languages"])
    cache.clear()  # visitors' pages remember a community for a minute
    page, errors = _open(look, zaanstad, people, context_for, language=dress.language)
    assert spoken_by(page) == look.comes_in(dress.language)
    page.evaluate(OPEN_ALL)
    let_it_ask(page, look)
    if look.wrong and look.press:  # an empty form sent: the words on its button differ by language
        with page.expect_navigation():
            page.locator("main form[method=post] .utrecht-button--primary-action").last.click()
        expect(page.locator("#fouten")).to_have_count(1)

    assert findings_at(page, dress.width) == []
    assert errors == []


def _open(
    look: Look, zaanstad: Community, people: dict[str, Resident], context_for: ContextFor, *, language: str = "nl"
) -> tuple[Page, list[str]]:
    """Open the page in a browser of that person; return it with the list that collects errors of its console."""
    names = set_scene(zaanstad=zaanstad, anna=people[ANNA], bilal=people[BILAL], dirk=people[DIRK])
    context = context_for(people.get(look.who), width=WIDTHS[0])
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors = listen(page)
    context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "domain": "localhost", "path": "/"}]
    )
    answer = page.goto(look.path.format(**names))
    assert answer is not None
    assert answer.status == look.status
    return page, errors


def listen(page: Page) -> list[str]:
    """Collect what the console calls an error, but for the status of the page itself (a form with errors is a 422)."""
    errors: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        about_the_page = "Failed to load resource" in message.text and "/static/" not in message.location["url"]
        if message.type == "error" and not about_the_page:
            errors.append(message.text)

    page.on("console", on_console)
    return errors


def fill_and_press(page: Page, look: Look) -> None:
    """Type what the look types, press what it presses."""
    for name, value in look.type.items():
        place = page.locator(f"main [name={name}]").first
        if place.get_attribute("type") == "file":
            place.set_input_files({"name": "file.json", "mimeType": "application/json", "buffer": value.encode()})
        else:
            place.fill(value)
    for words in filter(None, look.press.split(",")):
        with page.expect_navigation():
            page.locator("main, .b-bar").get_by_role("button", name=words, exact=True).last.click()


def spoken_by(page: Page) -> str:
    """Return the language the page says it is in."""
    return str(page.evaluate("document.documentElement.lang"))


def let_it_ask(page: Page, look: Look) -> None:
    """Open the question over the page, where the look is about that."""
    if look.asks:
        page.locator("[data-dialog]").first.click()
        expect(page.locator("dialog[open]")).to_be_visible()


def findings_at(page: Page, width: int) -> list[str]:
    """Return what is wrong at this width: sideways scrolling, and each finding of axe with the element it is about."""
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{width}: scrolls sideways, {wide} px"] if wide > width else []
    for violation in Axe().run(page, options=OPTIONS).response["violations"]:
        for node in violation["nodes"]:
            found.append(f"{width}: {violation['id']} {node['target']} {node['failureSummary']}")
    return found
