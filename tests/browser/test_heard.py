"""A press is seen to be heard before anything comes back: what the page shows while no answer comes at all."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route

from buurt.residents.models import Resident
from posts.models import Engagement
from tests.browser.conftest import ContextFor
from tests.browser.steps import LIFT, PATIENCE_MS
from tests.factories.chat import make_conversation
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.posts import make_engagement, make_post

# Said on the console two frames later: while a page is on its way, the one that is left answers no questions.
TELL = """() => {
  const pressed = () => document.querySelector(".b-pressed");
  const tell = () => console.info("heard", JSON.stringify({
    line: document.documentElement.classList.contains("b-busy"),
    pressed: pressed() ? pressed().innerText.trim() : null,
    disabled: Boolean(document.querySelector("main [aria-disabled=true]")),
    bubbles: [...document.querySelectorAll("[data-waiting]")].map((one) => one.innerText),
  }));
  addEventListener("pointerup", () => requestAnimationFrame(() => requestAnimationFrame(tell)), { once: true });
}"""


def _open(context_for: ContextFor, resident: Resident | None, path: str) -> Page:
    page = context_for(resident, width=320).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route_web_socket("**/ws", lambda _line: None)  # open, and silent
    page.goto(path)
    return page


def _heard(page: Page, what: str) -> dict[str, Any]:
    """Hold the network back, press, and return what the page shows."""
    held: list[Route] = []
    page.route("**/*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its listeners
    page.evaluate(TELL)
    there = page.locator(what).first
    there.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = there.bounding_box()
    assert box is not None
    with page.expect_console_message(lambda message: message.text.startswith("heard ")) as said:
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.up()
    found: dict[str, Any] = json.loads(said.value.text.removeprefix("heard "))
    for route in held:
        route.abort()
    page.close()
    return found


def test_button_of_an_ask_says_that_it_is_busy(anna: Resident, context_for: ContextFor) -> None:
    page = _open(context_for, anna, "/vraag")
    page.locator("main textarea").fill(LIFT)
    page.locator("main .b-actions button").click()
    page.locator("main input[value=soon]").check(force=True)
    page.locator("main .b-actions button").click()
    page.get_by_role("heading", name="Klopt het zo?").wait_for()

    assert _heard(page, "main .b-actions button") == {
        "line": True,
        "pressed": "Even geduld",
        "disabled": True,
        "bubbles": [],
    }


def test_yes_is_heard(anna: Resident, bilal: Resident, context_for: ContextFor) -> None:
    post = make_post(author=anna)
    invitation = make_invitation(post=post, helper=bilal, wave=make_wave(search=make_search(post=post)))
    page = _open(context_for, bilal, f"/helpen/gevraagd/{invitation.public_id}")

    heard = _heard(page, "[name=answer][value=yes]")

    assert heard == {"line": True, "pressed": "Ja, dat doe ik", "disabled": True, "bubbles": []}


def test_message_stands_there_on_its_way(anna: Resident, bilal: Resident, context_for: ContextFor) -> None:
    post = make_post(author=anna)
    make_engagement(post=post, helper=bilal, state=Engagement.State.RESERVED)
    page = _open(context_for, anna, f"/gesprekken/{make_conversation(post=post, helper=bilal).public_id}")
    page.locator("#bericht-tekst").fill("Tot zo!")

    heard = _heard(page, "[data-composer] button")

    assert len(heard["bubbles"]) == 1
    assert "Tot zo!" in heard["bubbles"][0]
    assert "wordt verstuurd" in heard["bubbles"][0]


@pytest.mark.parametrize(
    ("what", "words"), [(".b-chips__link:not([aria-current])", "Koken en eten"), (".b-search button", "Zoek")]
)
def test_choice_on_the_board_is_heard(anna: Resident, context_for: ContextFor, what: str, words: str) -> None:
    make_post(author=anna, published_at=timezone.now() - timedelta(hours=1))
    page = _open(context_for, anna, "/prikbord")

    assert _heard(page, what) == {"line": True, "pressed": words, "disabled": False, "bubbles": []}


def test_file_leaves_the_page_at_rest(anna: Resident, context_for: ContextFor) -> None:
    page = _open(context_for, anna, "/mij/gegevens")
    page.evaluate(TELL)

    with (
        page.expect_download() as taken,
        page.expect_console_message(lambda message: message.text.startswith("heard ")) as said,
    ):
        page.get_by_role("link", name="Neem mee als bestand").click()

    assert taken.value.suggested_filename.endswith(".json")
    assert json.loads(said.value.text.removeprefix("heard "))["line"] is False
