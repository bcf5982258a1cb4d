"""The service worker in a real browser: without a line a page of our own, and nothing of a person kept."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from buurt.residents.models import Resident
from tests.browser.conftest import ContextFor
from tests.browser.steps import PATIENCE_MS

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      kept.push([request.url, await answer.text()]);
    }
  }
  return kept;
}"""


def _page_with_worker(context: BrowserContext, path: str = "/") -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


@pytest.mark.embedded
def test_without_a_line_says_what_still_works(anna: Resident, context_for: ContextFor) -> None:
    context = context_for(width=320)
    page = _page_with_worker(context)

    context.set_offline(True)
    page.goto("/prikbord")

    expect(page.get_by_role("heading", level=1)).to_have_text("Je hebt nu geen internet")
    assert anna.community is not None
    expect(page.get_by_role("link", name=anna.community.phone)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("system-ui"), "the style came along"

    context.set_offline(False)
    page.get_by_role("link", name="Probeer het opnieuw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prikbord")


def test_nothing_of_a_person_is_kept_on_the_telephone(anna: Resident, context_for: ContextFor) -> None:
    page = _page_with_worker(context_for(anna), "/mij")
    for path in ("/mijn", "/gesprekken", "/mij/gegevens", "/"):
        page.goto(path)
    page.get_by_text("Anna").first.click()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("link", name="Inloggen")).to_be_visible()

    kept = page.evaluate(KEPT)

    assert any("/zonder-internet" in url for url, _text in kept)
    assert [url for url, text in kept if re.search("Anna|anna@example.org|csrf", text)] == []
    assert [url for url, _text in kept if "/static/" not in url and "/zonder-internet" not in url] == []
