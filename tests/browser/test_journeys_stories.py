"""From a life event into the marketplace and beside the professional, on a telephone, live and without JavaScript."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from buurt.communities.categories import Category
from buurt.communities.models import Community
from config.embedded import EmbeddedWorker
from posts.models import Post
from tests.browser import steps
from tests.browser.conftest import ContextFor, MailSink
from tests.browser.steps import Neighbour, answer_by_keyboard, press_on, tab_to, tile
from tests.browser.test_pages import findings_at
from tests.factories.organisations import make_organisation
from tests.factories.residents import make_helper

LIGHT = ("Nee", "Ongeveer", "Ik stel het uit", "Nee", "Geen van deze")
HEAVY = ("Er gaat geld van mijn loon", "Nee", "Ik maak niets meer open", "Veel", "Minder of geen werk")
WORDS = "Wie sorteert er met mij een doos post?"
PHONE = 390


def _els(context: BrowserContext, *, live: bool) -> Neighbour:
    page = context.new_page()
    page.set_default_timeout(steps.PATIENCE_MS)
    return Neighbour("Els", "els@example.org", page, live)


def walk(person: Neighbour, title: str, answers: tuple[str, ...]) -> None:
    """Go from the ten life events to a result, one press at a time."""
    person.opens("/wegwijzer")
    person.follows(title)
    person.presses("Begin")
    for words in answers:
        tile(person.page, words).first.click()
        with person.page.expect_navigation():  # the next question may have an answer with the same words
            person.page.locator("main form .b-actions button").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Dit kan nu helpen")


@pytest.mark.slow
@pytest.mark.parametrize("javascript", [True, False], ids=["live", "without_javascript"])
def test_pile_of_post_is_sorted_with_a_neighbour(
    zaanstad: Community, context_for: ContextFor, mail_sink: MailSink, worker: EmbeddedWorker, javascript: bool
) -> None:
    """The light route: no debt help in sight, a neighbour for the post, the ask reworded, posted, and taken up."""
    helper = make_helper(community=zaanstad, name="Kees", kinds=(Category.ADMIN,))
    els = _els(context_for(width=PHONE, javascript=javascript), live=javascript)
    walk(els, "Geldzorgen of een berg post", LIGHT)
    expect(els.page.get_by_role("heading", name="Schuldhulp van de gemeente")).to_have_count(0)

    els.page.get_by_role("link", name=re.compile("^Vraag een buur.*die helpt sorteren$")).click()
    box = els.page.get_by_label("Waar kun je hulp bij gebruiken?")
    expect(box).to_have_value("Wie helpt mij een middag met post sorteren?")
    expect(els.page.get_by_label("Wat voor hulp is het?")).to_have_value("admin")
    assert not Post.objects.exists()  # nothing is posted before Els says so
    box.fill(WORDS)
    els.presses("Verder")
    steps.choose_soon(els)
    els.presses("Zet mijn vraag erop")
    steps.log_in_by_code(els, mail_sink)
    steps.get_acquainted(els, postcode="1561")
    status = steps.send_ask(els)

    kees = Neighbour("Kees", helper.email, context_for(javascript=javascript).new_page(), javascript)
    link = steps.link_for("yes", kees, mail_sink)
    sent = len(mail_sink.messages)
    kees.opens(link)
    kees.sees(WORDS)
    kees.presses("Ja, dat doe ik")
    steps.type_code(kees, mail_sink, after=sent)
    els.opens(status)
    els.sees_in_time("Kees zei ja")
    for words in ("Ik stel het uit", "stapel", "geld-en-post", "wegwijzer"):
        assert steps.readable_in_database(words) == []  # the ask says nothing of where it came from


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "without_javascript"])
def test_heavy_debts_show_debt_help_and_a_neighbour_for_the_cash_book(
    zaanstad: Community, context_for: ContextFor, javascript: bool
) -> None:
    make_organisation(community=zaanstad, kind="counter", slot="schuldhulp", name="Schuldhulp Zaanstad", phone="14 075")
    els = _els(context_for(width=PHONE, javascript=javascript), live=javascript)
    walk(els, "Geldzorgen of een berg post", HEAVY)

    help_card = els.page.locator("article").filter(has=els.page.get_by_role("heading", name="Schuldhulp van de"))
    expect(help_card).to_contain_text("Schuldhulp Zaanstad")
    expect(help_card.get_by_role("link", name="14 075")).to_be_visible()
    cash_book = els.page.locator("article").filter(has=els.page.get_by_role("heading", name="die helpt met je kasboek"))
    expect(cash_book).to_contain_text("jij houdt je pas, geld, wachtwoord en DigiD")
    expect(cash_book).to_contain_text("Schuldhulp Zaanstad")  # its turning point
    cash_book.get_by_role("link", name=re.compile("^Vraag een buur")).click()
    expect(els.page.get_by_label("Waar kun je hulp bij gebruiken?")).to_have_value(
        "Wie helpt mij mijn kasboek op orde te brengen?"
    )


def test_keyboard_alone_leads_to_help_near_a_postcode(zaanstad: Community, context_for: ContextFor) -> None:
    area = zaanstad.areas.get(slug="krommenie")
    make_organisation(community=zaanstad, slot="vrijwillige-geldhulp", name="Geldmaatjes Krommenie", area=area)
    els = _els(context_for(width=320), live=True)
    page = els.page
    page.goto("/wegwijzer/geld-en-post")
    tab_to(page, page.get_by_role("button", name="Begin"))
    press_on(page)
    answer_by_keyboard(page, HEAVY)
    tab_to(page, page.get_by_label("Wat is je postcode?"))
    page.keyboard.type("2011")
    press_on(page)
    els.sees("We kennen postcode 2011 niet")
    assert findings_at(page, 320) == []
    tab_to(page, page.get_by_label("Wat is je postcode?"))
    page.keyboard.press("Control+a")
    page.keyboard.type("1561")
    press_on(page)
    els.sees("Je ziet nu wat er is in en bij Krommenie.")
    els.sees("Geldmaatjes Krommenie")
    assert findings_at(page, 320) == []


def test_quick_exit_by_keyboard_leaves_nothing(
    zaanstad: Community, context_for: ContextFor, base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = f"{base_url.replace('localhost', '127.0.0.1')}/huisregels"
    monkeypatch.setattr("journeys.views.doors.NEUTRAL", elsewhere)
    context = context_for(width=PHONE)
    page = _els(context, live=True).page
    page.goto("/wegwijzer/uit-elkaar-gaan")
    tab_to(page, page.get_by_role("button", name="Begin"))
    press_on(page)
    answer_by_keyboard(page, ("Ik twijfel", "Ik denk erover na", "Nee", "Geen van deze"))
    asks = "a[href^='/aanbod'], a[href='/vraag'], a[href^='/vraag?']:not([href*='stil=team'])"
    expect(page.locator(asks)).to_have_count(0)
    result = page.url

    tab_to(page, page.get_by_role("link", name="Snel weg hier"))
    page.keyboard.press("Enter")

    page.wait_for_url(elsewhere)
    assert [cookie for cookie in context.cookies() if cookie["name"] == "wegwijzer"] == []
    page.go_back()
    assert page.url != result
