"""What a page keeps and counts by itself: words of an hour without a line, how far a message came, badges on every page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from buurt.residents.models import Resident
from chat import services
from chat.models import Conversation, Message
from tests.browser.conftest import ContextFor
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post

pytestmark = pytest.mark.embedded

LOST = "Geen verbinding, we proberen het opnieuw"


@pytest.fixture
def talk(anna: Resident, bilal: Resident) -> Conversation:
    """Return the conversation about Anna's lift."""
    post = make_post(author=anna, title="Lift naar het ziekenhuis")
    make_engagement(helper=bilal, post=post)
    return make_conversation(post=post, helper=bilal)


def _box(page: Page) -> Locator:
    return page.get_by_label("Schrijf een bericht")


def _bubble(page: Page, text: str) -> Locator:
    return page.locator("[data-list] .b-bubble", has_text=text)


def _until(page: Page, true: Callable[[], bool]) -> None:
    """Wait for something, and let the page's roads (which run in this thread) go on meanwhile."""
    for _ in range(200):
        if true():
            return
        page.wait_for_timeout(50)
    pytest.fail("it did not happen in time")


def _opened(page: Page) -> None:
    _until(page, lambda: bool(page.evaluate("window.buurt && window.buurt.line.isOpen()")))


def _write(page: Page, text: str) -> None:
    _box(page).fill(text)
    page.get_by_role("button", name="Stuur bericht").click()


class Roads:
    """Both roads of one page to the server, which a test can close and open."""

    def __init__(self, page: Page) -> None:
        self.are_open = True
        self.lines: list[WebSocketRoute] = []
        self._page = page
        page.route_web_socket("**/ws", self._line)
        page.route(re.compile("/gesprekken/"), lambda route: route.continue_() if self.are_open else self._no(route))

    def _no(self, route: object) -> None:
        if route.request.is_navigation_request() and route.request.method == "GET":  # type: ignore[attr-defined]
            route.continue_()  # type: ignore[attr-defined]
        else:
            route.abort()  # type: ignore[attr-defined]

    def _line(self, line: WebSocketRoute) -> None:
        if not self.are_open:
            line.close(code=1001)
            return
        line.connect_to_server()
        self.lines.append(line)

    def shut(self) -> None:
        """Close both roads. A page still loads, as one from the browser's own memory would."""
        self.are_open = False
        for line in self.lines:
            line.close(code=1001)

    def open(self) -> None:
        """Open them again; the page finds out by itself."""
        self.are_open = True


def test_words_without_a_line_survive_a_reload_and_are_sent_once(
    context_for: ContextFor, anna: Resident, talk: Conversation
) -> None:
    page = context_for(anna, width=390).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    _until(page, lambda: len(roads.lines) == 1)

    roads.shut()
    expect(page.get_by_text(LOST)).to_be_visible()
    _write(page, "Eerste, zonder lijn")
    _write(page, "Tweede, zonder lijn")
    _box(page).press_sequentially("Nog niet af")
    page.reload()
    expect(_bubble(page, "Eerste, zonder lijn")).to_contain_text("wordt verstuurd")
    expect(_box(page)).to_have_value("Nog niet af")
    roads.open()

    for text in ("Eerste, zonder lijn", "Tweede, zonder lijn"):
        expect(_bubble(page, text)).to_have_attribute("data-seq", re.compile(r"\d"), timeout=15_000)
        expect(_bubble(page, text)).to_have_count(1)
    assert list(Message.objects.values_list("seq", flat=True)) == [1, 2]
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('buurt-unsent'))") == []


def test_what_waits_is_sent_from_any_page(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    page = context_for(anna).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    _until(page, lambda: len(roads.lines) == 1)
    roads.shut()
    _write(page, "Ik ga alvast verder")

    roads.open()
    page.goto("/prikbord")

    _until(page, lambda: Message.objects.filter(conversation=talk).count() == 1)


def test_logging_out_leaves_nothing_behind(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    page = context_for(anna).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    _until(page, lambda: len(roads.lines) == 1)
    roads.shut()
    _write(page, "Dit blijft niet staan")
    _box(page).press_sequentially("en dit ook niet")

    page.locator(".b-menu__name").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/")

    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)].join()")
    assert "buurt-" not in kept


def test_state_says_how_far_it_came(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    hers = context_for(anna, width=390).new_page()
    hers.goto(f"/gesprekken/{talk.public_id}")

    _write(hers, "Ben je er nog?")
    expect(_bubble(hers, "Ben je er nog?")).to_contain_text("verstuurd")
    his = context_for(bilal).new_page()
    his.goto("/prikbord")  # a page of his is open: what comes now is on his device, but what came before is not
    _opened(his)
    expect(_bubble(hers, "Ben je er nog?")).to_contain_text("verstuurd")
    his.goto(f"/gesprekken/{talk.public_id}")
    expect(_bubble(hers, "Ben je er nog?")).to_contain_text("gelezen")
    his.goto("/prikbord")
    _opened(his)
    _write(hers, "Tot morgen!")

    expect(_bubble(hers, "Tot morgen!")).to_contain_text("bezorgd")


def test_badges_follow_on_every_page_without_moving_it(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    page = context_for(anna).new_page()
    page.goto("/prikbord")
    _opened(page)
    badge = page.locator(".b-nav [data-badge=messages]")
    expect(badge).to_be_hidden()
    before = page.locator(".b-nav__link").last.bounding_box()

    for text in ("een", "twee"):
        services.send_message(by=bilal, conversation=talk, text=text)

    expect(badge).to_have_text("2 nieuw")
    assert page.locator(".b-nav__link").last.bounding_box() == before
    services.mark_read(by=anna, conversation=talk, seq=2)
    services.send_message(by=bilal, conversation=talk, text="drie")
    expect(badge).to_have_text("1 nieuw")


def test_refusal_is_kept_for_the_page_it_belongs_to(
    context_for: ContextFor, anna: Resident, talk: Conversation
) -> None:
    page = context_for(anna).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    _until(page, lambda: len(roads.lines) == 1)
    roads.shut()
    _write(page, "Dit mag straks niet meer")
    Resident.objects.filter(pk=anna.pk).update(restricted_until=timezone.now() + timedelta(days=1))

    roads.open()
    page.goto("/prikbord")
    _until(page, lambda: bool(page.evaluate("window.buurt.outbox.items()[0].refused")))
    page.goto(f"/gesprekken/{talk.public_id}")

    expect(_box(page)).to_have_value("Dit mag straks niet meer")
    expect(page.locator("#bericht-fout")).to_contain_text("Je kunt nu even geen berichten sturen.")
    assert not Message.objects.exists()


def test_words_of_yesterday_are_asked_about_first(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    page = context_for(anna).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    _until(page, lambda: len(roads.lines) == 1)
    roads.shut()
    _write(page, "Ik kom eraan")
    page.evaluate(
        """() => { const name = Object.keys(localStorage).find((one) => one.startsWith('buurt-unsent'));
        const items = JSON.parse(localStorage[name]); items[0].at -= 13 * 3600 * 1000;
        localStorage[name] = JSON.stringify(items); }"""
    )
    roads.open()

    page.reload()

    expect(_box(page)).to_have_value("Ik kom eraan")
    page.wait_for_timeout(300)
    assert not Message.objects.exists()
