"""The language of a page in a real browser: the switch needs no JavaScript, and English fits a small telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from tests.browser.conftest import ContextFor
from tests.browser.scene import set_scene
from tests.browser.test_pages import OPTIONS

# Those with the most words side by side.
ENGLISH_PAGES = ("/", "/prikbord", "/vraag", "/mijn/{offer}", "/gesprekken/{talk}", "/helpen/instellingen")


def test_the_switch_works_with_the_keyboard_and_without_javascript_and_stays(
    zaanstad: Community, no_js_context: BrowserContext, asgi_server: str
) -> None:
    page = no_js_context.new_page()
    page.goto("/prikbord?soort=aanbod")

    page.get_by_role("form", name="Taal").get_by_role("button", name="English").press("Enter")

    expect(page).to_have_url(f"{asgi_server}/prikbord?soort=aanbod")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="House rules").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("House rules")

    page.get_by_role("form", name="Language").get_by_role("button", name="Nederlands").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Huisregels")


@pytest.mark.parametrize("width", [320, 1280])
def test_english_pages_fit_and_have_no_findings(
    width: int,
    zaanstad: Community,
    anna: Resident,
    bilal: Resident,
    dirk: Resident,
    context_for: ContextFor,
    asgi_server: str,
) -> None:
    names = set_scene(zaanstad=zaanstad, anna=anna, bilal=bilal, dirk=dirk)
    context = context_for(bilal, width=width)
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": asgi_server}])
    page = context.new_page()

    for path in ENGLISH_PAGES:
        page.goto(path.format(**names))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert Axe().run(page, options=OPTIONS).response["violations"] == [], path
