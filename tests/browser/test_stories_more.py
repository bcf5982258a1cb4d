"""Short stories beside the main one: changing one's mind, asking first, saying no, reporting, not coming, pressing twice."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import expect

from buurt.residents.models import Resident
from buurt.residents.services import current_code
from chat.services import agree, open_conversation
from posts.models import Engagement, Post
from posts.services import reserve_place
from tests.browser import steps
from tests.browser.conftest import ContextFor, MailSink
from tests.browser.steps import Neighbour
from tests.factories.posts import make_post

AtBrowser = Callable[..., Neighbour]


@pytest.fixture
def at_browser(context_for: ContextFor) -> AtBrowser:
    """Return a function that sets a resident at a browser of their own, logged in unless said otherwise."""

    def seat(resident: Resident, *, logged_in: bool = True, javascript: bool = True, width: int = 1280) -> Neighbour:
        context = context_for(resident if logged_in else None, width=width, javascript=javascript)
        context.set_default_timeout(steps.PATIENCE_MS)
        return Neighbour(str(resident), resident.email, context.new_page(), javascript)

    return seat


@pytest.fixture
def ask(anna: Resident) -> Post:
    """Return an ask of Anna's that stands open."""
    return make_post(author=anna, title="Wie rijdt mij naar het ziekenhuis?", text=steps.LIFT)


@pytest.mark.usefixtures("bilal")
def test_anna_pauses_changes_and_withdraws(anna: Resident, ask: Post, at_browser: AtBrowser) -> None:
    at_desk = at_browser(anna)
    visitor = at_browser(anna, logged_in=False)
    on_board = visitor.page.locator(f"main a[href='/prikbord/{ask.public_id}']")
    visitor.opens("/prikbord")
    expect(on_board).to_have_count(1)

    at_desk.opens(f"/mijn/{ask.public_id}")
    at_desk.presses("Zet even stil")
    at_desk.sees("staat even stil")
    visitor.opens("/prikbord")
    expect(on_board).to_have_count(0)
    at_desk.presses("Ga weer verder")
    at_desk.sees("Het staat weer open. We zoeken verder.")
    visitor.opens("/prikbord")
    expect(on_board).to_have_count(1)

    at_desk.follows("Vraag aanpassen")
    at_desk.page.get_by_label("Je vraag").fill("Wie rijdt mij naar de tandarts in Wormerveer?")
    at_desk.sends("Bewaar")
    expect(at_desk.page.get_by_role("heading", level=1)).to_be_visible()
    at_desk.page.get_by_text("Wat je vroeg").click()
    at_desk.sees("naar de tandarts in Wormerveer")

    at_desk.presses("Ik heb geen hulp meer nodig")
    at_desk.sees("Wil je hiermee stoppen?")
    at_desk.presses("Ja, trek het in")
    at_desk.sees("Ingetrokken. Wie al gevraagd was, krijgt vriendelijk bericht.")
    visitor.opens("/prikbord")
    expect(on_board).to_have_count(0)


def test_bilal_asks_a_question_first_and_then_says_yes(
    anna: Resident, bilal: Resident, ask: Post, at_browser: AtBrowser
) -> None:
    helper, asker = at_browser(bilal), at_browser(anna, width=390)
    helper.opens(f"/prikbord/{ask.public_id}")
    helper.presses("Eerst iets vragen")
    steps.write(helper, "Past een rolstoel ook in de auto?")
    asker.opens("/gesprekken")
    asker.follows("Bilal")
    asker.sees("Past een rolstoel ook in de auto?")
    asker.opens(f"/mijn/{ask.public_id}")
    asker.sees("zoekt nog iemand")

    helper.opens(f"/prikbord/{ask.public_id}")
    helper.presses("Ja, dat doe ik")
    expect(helper.page.get_by_role("heading", level=1)).to_have_text("Anna")
    helper.sees("Past een rolstoel ook in de auto?")
    asker.page.reload()
    asker.sees("gevonden")


@pytest.mark.usefixtures("worker")
def test_bilal_says_not_now_from_the_mail_without_logging_in(
    anna: Resident, bilal: Resident, at_browser: AtBrowser, mail_sink: MailSink
) -> None:
    asker, helper = at_browser(anna), at_browser(bilal, logged_in=False)
    steps.ask_on_the_front_page(asker)
    steps.choose_soon(asker)
    steps.send_ask(asker)

    helper.opens(steps.link_for("later", helper, mail_sink))
    helper.presses("Nu niet, vraag me later weer")

    helper.sees("Deze keer vragen we een ander. We vragen je later weer.")
    expect(helper.page.get_by_role("link", name="Inloggen", exact=True)).to_be_visible()
    asker.sees_in_time("1 kon niet")


@pytest.mark.usefixtures("worker")
def test_dirk_hides_what_a_visitor_reported_and_anna_reads_why(
    anna: Resident, dirk: Resident, ask: Post, at_browser: AtBrowser, mail_sink: MailSink
) -> None:
    visitor, moderator, author = at_browser(anna, logged_in=False), at_browser(dirk, logged_in=False), at_browser(anna)
    visitor.opens(f"/prikbord/{ask.public_id}")
    visitor.follows("Er klopt iets niet: meld dit")
    steps.tile(visitor.page, "Privégegevens van iemand").click()
    visitor.presses("Stuur mijn melding")
    visitor.sees("Dank je wel voor je melding")

    moderator.opens("/account/login/?next=/moderatie")
    steps.log_in_by_code(moderator, mail_sink)
    moderator.page.get_by_label("Code").first.fill(_app_code(dirk))
    moderator.presses("Log in")
    moderator.sees("1 melding wacht op een besluit.")
    moderator.page.get_by_role("link", name=re.compile("^Bekijk")).click()
    moderator.sees(ask.text)
    steps.tile(moderator.page, "verbergen").click()
    moderator.page.get_by_label("Om welke huisregel gaat het?").select_option("privacy")
    moderator.page.get_by_label("Waarom? De schrijver leest dit.").fill("Je noemt het adres van een ander.")
    moderator.sends("Leg het besluit vast")
    expect(moderator.page.get_by_role("heading", name="Moderatie", level=1)).to_be_visible()

    visitor.is_refused(f"/prikbord/{ask.public_id}")
    author.opens(f"/mijn/{ask.public_id}")
    author.sees("Een moderator heeft dit verborgen. Niemand anders ziet het nu.")
    author.follows("Lees waarom")
    author.sees("Je noemt het adres van een ander.")


def _app_code(resident: Resident) -> str:
    """Return what the app on the resident's telephone shows now."""
    with override_settings(IS_DEMO=True):
        return current_code(resident)


def test_bilal_does_not_come_and_the_ask_opens_again(
    anna: Resident, bilal: Resident, ask: Post, at_browser: AtBrowser
) -> None:
    reserve_place(helper=bilal, post=ask)
    conversation = open_conversation(post=ask, helper=bilal)
    agree(by=anna, conversation=conversation)
    asker = at_browser(anna)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        asker.opens(f"/gesprekken/{conversation.public_id}")
        asker.sends("Bilal is niet gekomen")
        asker.opens(f"/mijn/{ask.public_id}")

        asker.sees("zoekt nog iemand")
    assert Engagement.objects.get().state == Engagement.State.NO_SHOW


@pytest.mark.embedded
@pytest.mark.parametrize("javascript", [True, False])
def test_pressing_twice_sends_once(anna: Resident, at_browser: AtBrowser, javascript: bool) -> None:
    asker = at_browser(anna, javascript=javascript)
    steps.ask_on_the_front_page(asker)
    steps.choose_soon(asker)

    steps.button(asker, "Zet mijn vraag erop").dblclick()

    asker.sees("Zo staat het ervoor")
    asker.opens("/mijn")
    expect(asker.page.locator("main .b-post")).to_have_count(1)
    assert Post.objects.count() == 1


@pytest.mark.usefixtures("zaanstad")
def test_asking_with_the_keyboard_alone(anna: Resident, at_browser: AtBrowser) -> None:
    page = at_browser(anna).page
    page.goto("/")
    steps.tab_to(page, page.get_by_label("Waar kun je hulp bij gebruiken?"))
    page.keyboard.type(steps.LIFT)
    steps.tab_to(page, page.get_by_role("button", name="Verder", exact=True))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Wanneer en hoe?")
    steps.tab_to(page, page.get_by_role("radio", name="Zo snel mogelijk"))
    page.keyboard.press("Space")
    steps.tab_to(page, page.locator("main .b-actions").get_by_role("button", name="Verder", exact=True))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt het zo?")
    steps.tab_to(page, page.get_by_role("button", name="Zet mijn vraag erop"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Je vraag staat erop.")).to_be_visible()
