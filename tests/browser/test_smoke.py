"""The first pages open in a real browser: on a phone and on a desk, with and without JavaScript."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from tests.browser.conftest import ContextFor
from tests.factories.posts import make_post

PAGES = ("/", "/prikbord")


def _open(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"


@pytest.mark.embedded
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_visitor_opens_page(zaanstad: Community, context_for: ContextFor, path: str, width: int) -> None:
    _open(context_for(width=width).new_page(), path)


@pytest.mark.parametrize("path", PAGES)
def test_visitor_without_javascript_opens_page(zaanstad: Community, no_js_context: BrowserContext, path: str) -> None:
    answer = no_js_context.new_page().goto(path)

    assert answer is not None
    assert answer.status == 200


@pytest.mark.embedded
def test_resident_sees_a_neighbours_ask(anna: Resident, bilal: Resident, context_for: ContextFor) -> None:
    make_post(author=anna, title="Wie rijdt mij naar de huisarts?")
    page = context_for(bilal).new_page()

    _open(page, "/prikbord")

    expect(page.get_by_text("Wie rijdt mij naar de huisarts?")).to_be_visible()
