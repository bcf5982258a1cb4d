"""Two tabs of one person, clocks that are hours off, and a session that ended: every message shows once, in one order."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.utils import timezone
from playwright.sync_api import Page, expect

from buurt.residents.models import Resident
from chat.models import Conversation, Message
from tests.browser.conftest import ContextFor
from tests.browser.roads import Roads, box, bubble, opened, until, write
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post

pytestmark = pytest.mark.embedded


@pytest.fixture
def talk(anna: Resident, bilal: Resident) -> Conversation:
    """Return the conversation about Anna's lift."""
    post = make_post(author=anna, title="Lift naar het ziekenhuis")
    make_engagement(helper=bilal, post=post)
    return make_conversation(post=post, helper=bilal)


def _shows(page: Page, *texts: str) -> None:
    """Wait until the page shows these messages, in this order, once each, and all of them stored."""
    shown = page.locator("[data-list] .b-bubble[data-seq]")
    expect(shown).to_have_count(len(texts))
    for number, text in enumerate(texts):
        expect(shown.nth(number)).to_contain_text(text)
        expect(bubble(page, text)).to_have_count(1)


def test_what_waits_in_two_tabs_is_sent_once(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    context = context_for(anna)
    here, there = context.new_page(), context.new_page()
    roads = []
    for page in (here, there):
        roads.append(Roads(page))
        page.goto(f"/gesprekken/{talk.public_id}")
        opened(page)
    for road in roads:
        road.shut()
    write(here, "Ik kom eraan")

    for road in roads:
        road.open()

    for page in (here, there):
        _shows(page, "Ik kom eraan")
    write(there, "Tot zo")
    for page in (here, there):
        _shows(page, "Ik kom eraan", "Tot zo")
    assert list(Message.objects.values_list("seq", flat=True)) == [1, 2]


def test_clocks_that_are_hours_off_change_nothing(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    """Her clock runs nine hours ahead, his fourteen behind. Who was first is the server's; what waits is sent unasked."""
    pages = []
    for person, hours in ((anna, 9), (bilal, -14)):
        page = context_for(person).new_page()
        page.clock.install(time=timezone.now() + timedelta(hours=hours))
        page.goto(f"/gesprekken/{talk.public_id}")
        pages.append((page, Roads(page)))
        page.reload()
        opened(page)
        off = page.evaluate("Date.now()") / 1000 - timezone.now().timestamp()
        assert off == pytest.approx(hours * 3600, abs=60)
    (hers, her_roads), (his, _) = pages
    her_roads.shut()
    write(hers, "Van haar, zonder lijn")
    write(his, "Van hem, meteen")
    until(his, lambda: Message.objects.count() == 1)

    her_roads.open()
    hers.reload()

    for page in (hers, his):
        _shows(page, "Van hem, meteen", "Van haar, zonder lijn")
    days = [
        page.locator("[data-list]").get_by_text(re.compile("^vandaag$", re.IGNORECASE)).count() for page in (hers, his)
    ]
    assert days == [1, 1]


def test_words_of_an_ended_session_wait_for_the_next(
    context_for: ContextFor, client_for: ClientFor, anna: Resident, talk: Conversation, asgi_server: str
) -> None:
    context = context_for(anna)
    page = context.new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    opened(page)
    roads.shut()
    write(page, "Ik ben er om negen uur")
    for cookie in context.cookies():
        if cookie["name"] == "sessionid":
            SessionStore(cookie["value"]).delete()

    roads.open()
    expect(page.locator("[data-logged-out]")).to_be_visible()
    assert not Message.objects.exists()
    # The answer that says so also takes the old cookie away; it must not take the new one.
    until(page, lambda: all(cookie["name"] != "sessionid" for cookie in context.cookies()))
    fresh = client_for(anna).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": fresh, "url": asgi_server}])
    page.goto(f"/gesprekken/{talk.public_id}")

    _shows(page, "Ik ben er om negen uur")
    expect(box(page)).to_have_value("")
    assert Message.objects.count() == 1
