"""From a life event to the help that fits: a neighbour for the post, and no open ask for who may not be safe."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from buurt.communities.models import Community
from journeys.views import doors
from tests.browser.conftest import ContextFor
from tests.browser.steps import PATIENCE_MS, Neighbour, answer_by_keyboard, press_on, tab_to, tile
from tests.browser.test_pages import findings_at

LIGHT = ("Nee", "Ongeveer", "Ik stel het uit", "Nee", "Geen van deze")
DOUBT = ("Ik twijfel", "Ik denk erover na", "Nee", "Geen van deze")


def _page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def _visitor(context: BrowserContext) -> Neighbour:
    return Neighbour("Els", "els@example.org", _page(context))


def _choose(els: Neighbour, title: str, answers: tuple[str, ...]) -> None:
    els.opens("/wegwijzer")
    els.follows(title)
    els.presses("Begin")
    for words in answers:
        tile(els.page, words).first.click()
        with els.page.expect_navigation():  # the next question may have an answer with the same words
            els.page.locator("main form .b-actions button").click()
    expect(els.page.get_by_role("heading", level=1)).to_have_text("Dit kan nu helpen")


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "without_javascript"])
def test_who_doubts_being_safe_is_offered_no_open_ask(
    zaanstad: Community, context_for: ContextFor, base_url: str, monkeypatch: pytest.MonkeyPatch, javascript: bool
) -> None:
    # Another site, as browsers see it: the name differs. Tests go nowhere else.
    elsewhere = f"{base_url.replace('localhost', '127.0.0.1')}/huisregels"
    monkeypatch.setattr(doors, "NEUTRAL", elsewhere)
    context = context_for(width=320, javascript=javascript)
    els = _visitor(context)
    _choose(els, "Uit elkaar gaan", DOUBT)

    expect(els.page.get_by_role("link", name="Bel 0800-2000").first).to_be_visible()
    expect(
        els.page.locator("a[href^='/aanbod'], a[href='/vraag'], a[href^='/vraag?']:not([href*='stil=team'])")
    ).to_have_count(0)
    result = els.page.url

    els.page.get_by_role("link", name="Snel weg hier").click()

    els.page.wait_for_url(elsewhere)
    if javascript:  # what cannot be asked of a page without scripts
        assert els.page.evaluate("document.referrer") == ""
        els.page.go_back()
        assert els.page.url != result
    assert [cookie for cookie in context.cookies() if cookie["name"] == "wegwijzer"] == []
    els.page.goto(result)
    els.sees("Je antwoorden zijn weg")
    els.sees_not("Ik twijfel")


def test_keyboard_is_enough(zaanstad: Community, context_for: ContextFor) -> None:
    page = _page(context_for(width=320))
    page.goto("/wegwijzer/geld-en-post")
    tab_to(page, page.get_by_role("button", name="Begin"))
    press_on(page)
    answer_by_keyboard(page, LIGHT, exact=True)
    why = page.locator("summary").filter(has_text="Waarom zie ik dit?").first
    tab_to(page, why)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bij “Hoe gaat het met je post?” koos je “Ik stel het uit”.").first).to_be_visible()


def test_back_and_change_with_the_browsers_own_button(zaanstad: Community, context_for: ContextFor) -> None:
    els = _visitor(context_for(width=320))
    _choose(els, "Geldzorgen of een berg post", LIGHT)

    els.page.go_back()
    expect(els.page.get_by_label("Geen van deze")).to_be_checked()
    tile(els.page, "Ziekte").click()
    tile(els.page, "Geen van deze").click()
    els.presses("Bekijk wat kan helpen")

    els.sees("Minder loon? Vraag het bij UWV")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_fit_for_everybody(zaanstad: Community, context_for: ContextFor, width: int) -> None:
    els = _visitor(context_for(width=width))
    for path in (
        *("/wegwijzer", "/wegwijzer/kind-erbij", "/wegwijzer/lijst/drie-stapels", "/wegwijzer/lijst/huishoudboek"),
        *("/wegwijzer/lijst/brief-regeling", "/wegwijzer/lijst/gesprek-werk"),
    ):
        els.opens(path)
        assert findings_at(els.page, width) == [], path
    els.opens("/wegwijzer/geld-en-post")
    els.presses("Begin")
    els.presses("Verder")
    els.sees("Kies een antwoord.")
    assert findings_at(els.page, width) == []
    els.page.context.clear_cookies()
    _choose(els, "Geldzorgen of een berg post", ("Nee", "Ongeveer", "Ik stel het uit", "Een paar", "Geen van deze"))
    els.page.locator("summary").filter(has_text="Meer laten zien").first.click()
    assert findings_at(els.page, width) == []


def test_on_paper_nothing_is_folded_away(zaanstad: Community, context_for: ContextFor) -> None:
    els = _visitor(context_for())
    _choose(els, "Geldzorgen of een berg post", ("Nee", "Ongeveer", "Ik stel het uit", "Een paar", "Geen van deze"))
    more = els.page.locator("main details")
    expect(more.first).not_to_have_attribute("open", "")

    els.page.wait_for_load_state()  # the script listens
    els.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert more.evaluate_all("boxes => boxes.every(box => box.open)")
    els.page.emulate_media(media="print")
    expect(els.page.get_by_text("Bel 0800-8115", exact=True).locator("visible=true").last).to_be_visible()
    expect(els.page.get_by_role("link", name="Snel weg hier")).to_be_hidden()

    els.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not more.evaluate_all("boxes => boxes.some(box => box.open)")


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "without_javascript"])
def test_words_of_an_ask_point_back_to_the_wegwijzer(
    zaanstad: Community, context_for: ContextFor, javascript: bool
) -> None:
    els = _visitor(context_for(width=320, javascript=javascript))
    els.opens("/vraag")
    els.page.get_by_label("Waar kun je hulp bij gebruiken?").fill("Wie helpt met dozen? Er komt een deurwaarder.")
    els.presses("Verder")
    els.sees("Misschien is er meer hulp nodig dan een buur kan geven")
    if javascript:
        assert findings_at(els.page, 320) == []
        assert findings_at(els.page, 1280) == []

    els.presses("Bekijk wie nog meer helpt")

    expect(els.page.get_by_label("of er komt een deurwaarder")).to_be_checked()
    els.sees("Dit hebben we vast gekozen.")


# -- Lists ----------------------------------------------------------------------------------------------------------


def test_sum_adds_up_and_nothing_leaves_the_browser(zaanstad: Community, context_for: ContextFor) -> None:
    page = _page(context_for(width=320))
    page.goto("/wegwijzer/lijst/huishoudboek")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_label("Loon").fill("1.250,50")
    page.get_by_label("Huur of hypotheek").fill("700")
    page.get_by_label("Water", exact=True).fill("abc")

    expect(page.locator("[data-left]")).to_have_text("550,50")
    assert asked == []
    assert page.evaluate("localStorage.length") == 0


def test_list_is_kept_on_the_device_only_when_asked(zaanstad: Community, context_for: ContextFor) -> None:
    page = _page(context_for(width=320))
    page.goto("/wegwijzer/lijst/drie-stapels")
    page.get_by_role("checkbox").nth(1).check()
    page.reload()
    expect(page.get_by_role("checkbox").nth(1)).not_to_be_checked()

    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Bewaar op dit apparaat").click()
    expect(page.get_by_text("Bewaard op dit apparaat.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox").nth(1)).to_be_checked()

    page.get_by_role("button", name="Wis wat ik invulde").click()
    expect(page.get_by_role("checkbox").nth(1)).not_to_be_checked()
    assert page.evaluate("localStorage.length") == 0


def test_letter_is_filled_in(zaanstad: Community, context_for: ContextFor) -> None:
    page = _page(context_for(width=320))
    page.goto("/wegwijzer/lijst/brief-regeling")
    page.wait_for_load_state()

    page.get_by_label("Je naam").fill("Els <b>de Wit</b>")

    expect(page.locator("[data-filled=naam]").first).to_have_text("Els <b>de Wit</b>")
    expect(page.locator("[data-letter]")).to_contain_text("Onderwerp: betalen in delen")


def test_list_without_javascript_is_a_page_to_print(zaanstad: Community, no_js_context: BrowserContext) -> None:
    page = _page(no_js_context)
    for list_id in ("huishoudboek", "brief-regeling"):
        page.goto(f"/wegwijzer/lijst/{list_id}")
        expect(page.get_by_text("Druk deze bladzijde af met je browser")).to_be_visible()
        expect(page.get_by_role("button", name="Afdrukken")).to_have_count(0)
    expect(page.locator("[data-letter]")).to_contain_text("Aan wie schrijf je?")


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "without_javascript"])
def test_enter_on_a_tick_sends_nothing(zaanstad: Community, context_for: ContextFor, javascript: bool) -> None:
    page = _page(context_for(width=320, javascript=javascript))
    page.goto("/wegwijzer/lijst/drie-stapels")
    address = page.url
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)

    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("checkbox").nth(1).press("Enter")

    expect(page.get_by_role("checkbox").nth(1)).to_be_checked()
    assert page.url == address
    assert asked == []
