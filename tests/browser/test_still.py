"""Pages stand still: nothing jumps while they load or when something live comes in, and the focus stays where it was."""

import pytest
from playwright.sync_api import Page, expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat.models import Conversation
from chat.services import open_conversation, send_message
from posts.services import reserve_place
from tests.browser.conftest import ContextFor
from tests.browser.scene import set_scene
from tests.factories.posts import make_post

# The browser's own measure; 0.1 is what Core Web Vitals calls good.
WATCH = """() => { window.moved = []; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.hadRecentInput) return;
  window.moved.push([entry.value, ...entry.sources.map((source) => source.node && source.node.className)]);
})).observe({ type: "layout-shift", buffered: true }); }"""
MOST = 0.01


def _moved(page: Page) -> float:
    """Return how much jumped since the page was watched; the parts that did are in the message of a failure."""
    page.wait_for_timeout(150)
    found = page.evaluate("window.moved")
    total = float(sum(entry[0] for entry in found))
    assert total <= MOST, f"moved {total:.3f}: {found}"
    return total


@pytest.mark.parametrize("path", ["/", "/prikbord", "/mijn/{ask}", "/gesprekken/{talk}"])
def test_nothing_jumps_while_a_page_loads(
    path: str,
    zaanstad: Community,
    anna: Resident,
    bilal: Resident,
    dirk: Resident,
    context_for: ContextFor,
) -> None:
    names = set_scene(zaanstad=zaanstad, anna=anna, bilal=bilal, dirk=dirk)
    page = context_for(anna, width=320).new_page()

    page.goto(path.format(**names), wait_until="networkidle")
    page.evaluate(WATCH)

    assert _moved(page) <= MOST


@pytest.fixture
def talk(anna: Resident, bilal: Resident) -> Conversation:
    """Return the talk of Anna and Bilal about a lift."""
    post = make_post(author=anna)
    assert reserve_place(helper=bilal, post=post) is not None
    return open_conversation(post=post, helper=bilal)


def test_a_message_that_comes_in_moves_nothing_and_takes_no_focus(
    anna: Resident, bilal: Resident, talk: Conversation, context_for: ContextFor
) -> None:
    for number in range(8):
        send_message(by=bilal, conversation=talk, text=f"Bericht {number}, met wat meer woorden erin dan nodig is.")
    page = context_for(anna, width=390).new_page()
    page.goto(f"/gesprekken/{talk.public_id}", wait_until="networkidle")
    box = page.get_by_label("Schrijf een bericht")
    box.focus()
    page.keyboard.type("Ik was net aan het")
    page.wait_for_timeout(600)  # what moves within half a second of a key counts as its answer
    page.evaluate(WATCH)

    send_message(by=bilal, conversation=talk, text="Ik sta voor de deur.")

    expect(page.get_by_text("Ik sta voor de deur.")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("Ik was net aan het")
    # A log is a polite live region: it is read aloud when the reader pauses, without taking the focus.
    log = page.get_by_role("log")
    expect(log.filter(has_text="Ik sta voor de deur.")).to_have_count(1)
    assert log.get_attribute("aria-live") in {None, "polite"}
    assert _moved(page) <= MOST
