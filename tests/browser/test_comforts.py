"""Small comforts on a cheap telephone: words that stay, reading aloud, and something that moves at once."""

import pytest
from playwright.sync_api import Page, expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from tests.browser.conftest import ContextFor
from tests.browser.steps import PATIENCE_MS
from tests.factories.chat import make_conversation
from tests.factories.posts import make_post

WORDS = "Kan iemand mij donderdag naar het ziekenhuis rijden?"
BOX = "Waar kun je hulp bij gebruiken?"
VOICES = """([ours, theirs]) => {
  window.said = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  const synth = {
    getVoices: () => [{ lang: theirs, localService: false }, { lang: ours, localService: true }],
    speak: (one) => window.said.push([one.text, one.lang, one.voice.localService]),
    cancel: () => window.said.push(["stop"]),
    addEventListener: () => undefined,
  };
  Object.defineProperty(window, "speechSynthesis", { get: () => synth });
}"""


def _page(context_for: ContextFor, path: str, *, resident: Resident | None = None) -> Page:
    page = context_for(resident, width=320).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(path)
    return page


@pytest.mark.embedded
def test_words_of_an_ask_stay_until_the_server_has_them(anna: Resident, context_for: ContextFor) -> None:
    page = _page(context_for, "/", resident=anna)
    page.get_by_label(BOX).fill(WORDS)

    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Geen verbinding. Je tekst blijft hier staan.")).to_be_visible()
    expect(page.get_by_label(BOX)).to_have_value(WORDS)

    page.context.set_offline(False)
    page.wait_for_function("navigator.onLine")
    page.reload()
    expect(page.get_by_label(BOX)).to_have_value(WORDS)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wanneer en hoe?")

    page.goto("/")
    expect(page.get_by_label(BOX)).to_have_value("")


def test_words_of_an_ask_are_gone_after_logging_out(anna: Resident, context_for: ContextFor) -> None:
    page = _page(context_for, "/vraag", resident=anna)
    page.locator("textarea").fill(WORDS)
    page.goto("/account/logout/")
    page.get_by_role("button", name="Log mij uit").click()
    expect(page.get_by_role("link", name="Inloggen")).to_be_visible()

    assert page.evaluate("Object.values(sessionStorage).join()") == ""


def test_something_moves_at_once(zaanstad: Community, context_for: ContextFor) -> None:
    page = _page(context_for, "/")
    shown = page.evaluate("""() => {
        const link = [...document.querySelectorAll("a")].find((one) => one.pathname === "/huisregels");
        window.addEventListener("click", (event) => event.preventDefault());
        link.click();
        return document.documentElement.classList.contains("b-busy");
    }""")

    assert shown


def test_leaving_a_conversation_is_asked_first(anna: Resident, bilal: Resident, context_for: ContextFor) -> None:
    conversation = make_conversation(post=make_post(author=anna), helper=bilal)
    page = _page(context_for, f"/gesprekken/{conversation.public_id}/meer", resident=anna)
    button = page.get_by_role("button", name="Verlaat het gesprek")
    button.click()
    question = page.get_by_role("dialog", name="Dit gesprek verlaten?")
    expect(question.get_by_role("button", name="Toch niet")).to_be_focused()

    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(button).to_be_focused()

    button.click()
    question.get_by_role("button", name="Toch niet").click()
    expect(question).to_be_hidden()

    button.click()
    question.get_by_role("button", name="Verlaat het gesprek").click()
    expect(page.get_by_text("Je hebt het gesprek verlaten.")).to_be_visible()


def test_leaving_a_conversation_works_without_scripts(anna: Resident, bilal: Resident, context_for: ContextFor) -> None:
    conversation = make_conversation(post=make_post(author=anna), helper=bilal)
    page = context_for(anna, width=320, javascript=False).new_page()
    page.goto(f"/gesprekken/{conversation.public_id}/meer")
    page.get_by_role("button", name="Verlaat het gesprek").click()

    expect(page.get_by_text("Je hebt het gesprek verlaten.")).to_be_visible()


def test_ask_is_read_aloud_by_a_voice_of_the_device(anna: Resident, bilal: Resident, context_for: ContextFor) -> None:
    post = make_post(author=anna, title="Wie rijdt mij?", text="Ik moet naar de oogarts.")
    context = context_for(bilal, width=320)
    context.add_init_script(f"({VOICES})(['nl-NL', 'nl-NL'])")
    page = context.new_page()
    page.goto(f"/prikbord/{post.public_id}")

    page.get_by_role("button", name="Lees voor").click()

    said = page.evaluate("window.said.filter((one) => one.length > 1)")
    assert "Ik moet naar de oogarts." in [text for text, _language, _local in said]
    assert {(language, local) for _text, language, local in said} == {("nl", True)}
    page.get_by_role("button", name="Stop met voorlezen").click()
    assert page.evaluate("window.said.at(-1)") == ["stop"]
    expect(page.get_by_role("button", name="Lees voor")).to_have_attribute("aria-pressed", "false")


def test_no_voice_of_its_own_no_button(zaanstad: Community, context_for: ContextFor) -> None:
    context = context_for(width=320)
    context.add_init_script(f"({VOICES})(['de-DE', 'nl-NL'])")
    page = context.new_page()
    page.goto("/huisregels")

    expect(page.locator("[data-speak]")).to_be_hidden()
