"""What neighbours do on the pages, step by step, as they see it: the stories are told with these."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.apps import apps
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, MailSink, code_in, links_in, wait_until

LIFT = "Kan iemand mij donderdag naar het ziekenhuis rijden? Ik loop met een rollator."
PATIENCE_MS = PATIENCE * 1000


@dataclass(frozen=True)
class Neighbour:
    """Somebody at a browser of their own; `live` says whether an open conversation changes there by itself."""

    name: str
    email: str
    page: Page
    live: bool = True

    def opens(self, path: str) -> None:
        """Go to an address of the platform; it must be there."""
        answer = self.page.goto(path) or self.page.reload()  # on the page already: only the anchor differs
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    def is_refused(self, path: str) -> None:
        """Go to an address that does not exist for this person."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 404, f"{path}: {answer.status}"

    def presses(self, name: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def sends(self, name: str) -> None:
        """Press the button with these words, and wait for the page that comes of it."""
        with self.page.expect_navigation():
            self.presses(name)

    def follows(self, name: str) -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def sees(self, words: str) -> None:
        """Have these words before their eyes."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def sees_not(self, words: str) -> None:
        """Not have these words anywhere on the page."""
        expect(self.page.get_by_text(words)).to_have_count(0)

    def hears(self, what: Locator) -> None:
        """See this appear in an open conversation: by itself, or after loading it again where scripts are off."""
        if not self.live:
            self.page.reload()
        expect(what.first).to_be_visible()

    def sees_in_time(self, words: str) -> None:
        """See these words on a page that is looked at again and again, while the work behind it is being done."""
        shown = self.page.get_by_text(words).first

        def look() -> bool:
            if shown.is_visible():
                return True
            self.page.reload()
            return shown.is_visible()

        wait_until(look)


@cache
def coming_thursday() -> date:
    """Return the next Thursday that is not today; the same one all the time, also when midnight passes."""
    today = timezone.localdate()
    return today + timedelta(days=(3 - today.weekday() - 1) % 7 + 1)


# -- Asking ---------------------------------------------------------------------------------------------------------


def ask_on_the_front_page(asker: Neighbour, text: str = LIFT) -> None:
    """Type an ask in the box on the front page: the first of three screens."""
    asker.opens("/")
    asker.page.get_by_label("Waar kun je hulp bij gebruiken?").fill(text)
    asker.presses("Verder")
    expect(asker.page.get_by_role("heading", level=1)).to_have_text("Wanneer en hoe?")
    asker.sees(text)


def choose_thursday(asker: Neighbour, at: str = "10:00") -> None:
    """Fill in the second screen: one day, a time, two hours; the neighbourhood team may think along."""
    page = asker.page
    tile(page, "Op een dag").click()
    page.get_by_label("Dag", exact=True).fill(coming_thursday().isoformat())
    page.get_by_label("Hoe laat ongeveer?").fill(at)
    page.get_by_label("Hoe lang duurt het?").select_option("120")
    continue_to_check(asker)


def choose_soon(asker: Neighbour) -> None:
    """Fill in the second screen: as soon as possible."""
    tile(asker.page, "Zo snel mogelijk").click()
    continue_to_check(asker)


def continue_to_check(asker: Neighbour) -> None:
    """Go on to the third screen."""
    asker.page.locator("main .b-actions").get_by_role("button", name="Verder", exact=True).click()
    expect(asker.page.get_by_role("heading", level=1)).to_have_text("Klopt het zo?")


def tile(page: Page, words: str) -> Locator:
    """Return the tile of a choice: the face that people press, not the hidden control."""
    return page.locator("label.b-choice").filter(has_text=re.compile(rf"^\s*{re.escape(words)}"))


def send_ask(asker: Neighbour) -> str:
    """Press the one button of the third screen; return the address of "Zo staat het ervoor"."""
    asker.presses("Zet mijn vraag erop")
    asker.sees("Je vraag staat erop.")
    return asker.page.url


# -- The door -------------------------------------------------------------------------------------------------------


def log_in_by_code(person: Neighbour, mail_sink: MailSink) -> None:
    """Type one's address on the page to log in, then the code that was mailed."""
    sent = len(mail_sink.messages)
    person.page.get_by_label("E-mailadres").fill(person.email)
    person.presses("Stuur mij de code")
    type_code(person, mail_sink, after=sent)


def type_code(person: Neighbour, mail_sink: MailSink, *, after: int = 0) -> None:
    """Type the six digits from the mail."""
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
    mail = mail_sink.wait_for(person.email, "code", after=after)
    person.page.get_by_label("Code", exact=False).first.fill(code_in(mail))
    person.sends("Log in")


def get_acquainted(person: Neighbour, *, postcode: str) -> None:
    """Fill in what is missing before the first sending."""
    page = person.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Even kennismaken")
    page.get_by_label("Hoe noemen buren je?").fill(person.name)
    page.get_by_label("Je postcode").fill(postcode)
    tile(page, "18 jaar of ouder").click()
    tile(page, "Ik houd me aan de huisregels").click()
    person.presses("Ga verder")


# -- Answering and talking ------------------------------------------------------------------------------------------


def link_for(answer: str, person: Neighbour, mail_sink: MailSink, *, after: int = 0) -> str:
    """Return the link of this answer in the invitation that was mailed."""
    mail = mail_sink.wait_for(person.email, f"?a={answer}", after=after)
    return next(link for link in links_in(mail) if link.endswith(f"?a={answer}"))


def bubble(person: Neighbour, words: str) -> Locator:
    """Return the message with these words in the open conversation."""
    return person.page.locator(".b-bubble").filter(has_text=words)


def line(person: Neighbour, words: str) -> Locator:
    """Return the line with these words between the messages."""
    return person.page.get_by_role("log").get_by_text(words)


def write(person: Neighbour, words: str) -> None:
    """Send a message and see it stand there, stored: until then it has no number."""
    person.page.get_by_label("Schrijf een bericht").fill(words)
    person.presses("Stuur bericht")
    expect(bubble(person, words)).to_have_attribute("data-seq", re.compile(r"\d"))


def button(person: Neighbour, words: str) -> Locator:
    """Return the button with these words."""
    return person.page.get_by_role("button", name=words, exact=True)


def tab_to(page: Page, target: Locator, *, most: int = 80) -> None:
    """Press Tab until the target has the focus, as people without a mouse do."""
    for _press in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by Tab")


def press_on(page: Page) -> None:
    """Press Enter on what has the focus, and wait for the page that comes: it may have the same words as this one."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer_by_keyboard(page: Page, answers: tuple[str, ...], *, exact: bool = False) -> None:
    """Answer every question of a wegwijzer with the keyboard alone, up to what can help."""
    for words in answers:
        box = page.get_by_label(words, exact=exact).first
        expect(box).to_be_visible()
        if box.get_attribute("type") == "checkbox":
            tab_to(page, box)
            page.keyboard.press("Space")
        else:
            tab_to(page, page.locator("input[type=radio]").first)
            page.keyboard.press("Space")
            while not box.is_checked():
                page.keyboard.press("ArrowDown")
        tab_to(page, page.locator("main form .b-actions button"))
        press_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit kan nu helpen")


# -- Afterwards -----------------------------------------------------------------------------------------------------


def readable_in_database(words: str) -> list[str]:
    """Return every table and column in which these words stand readable."""
    return sorted({where for where, value in _every_value() if words in value})


def _every_value() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*names):
            for name, value in zip(names, row, strict=True):
                yield f"{model._meta.db_table}.{name}", _as_text(value)


def _as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="replace")
    return str(value)
