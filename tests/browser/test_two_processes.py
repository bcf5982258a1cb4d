"""Two server processes behind one address: neighbours meet whichever process has their line, and one needs no scripts."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from buurt.residents.models import Resident
from chat.models import Conversation, Message
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post
from tests.integration.chat.real_server import RedisProcess, Server, cookies_for, running

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs PostgreSQL and Redis"),
]


@pytest.fixture
def talk(anna: Resident, bilal: Resident) -> Conversation:
    """Return the conversation about Anna's lift."""
    post = make_post(author=anna, title="Lift naar het ziekenhuis")
    make_engagement(helper=bilal, post=post)
    return make_conversation(post=post, helper=bilal)


def _bubble(page: Page, text: str) -> Locator:
    return page.locator("[data-list] .b-bubble", has_text=text)


def _write(page: Page, text: str) -> None:
    page.get_by_label("Schrijf een bericht").fill(text)
    page.get_by_role("button", name="Stuur bericht").click()


def test_neighbours_meet_across_processes(
    new_context: Callable[..., BrowserContext], anna: Resident, bilal: Resident, talk: Conversation, tmp_path: Path
) -> None:
    redis = RedisProcess(tmp_path)
    server = Server(tmp_path, workers=2, redis_url=redis.url)
    cookies = cookies_for([anna.pk, bilal.pk])

    def open_page(person: Resident, *, javascript: bool = True) -> Page:
        address = f"http://127.0.0.1:{server.port}"
        context = new_context(viewport={"width": 390, "height": 800}, java_script_enabled=javascript)
        context.add_cookies([{"name": "sessionid", "value": cookies[person.pk], "url": address}])
        page = context.new_page()
        page.goto(f"{address}/gesprekken/{talk.public_id}")
        return page

    with running(redis, server):
        # Several pages of each, so that both processes have some of them; whoever takes a connection is a matter of luck.
        hers, his = ([open_page(person) for _ in range(3)] for person in (anna, bilal))
        without = open_page(bilal, javascript=False)

        _write(hers[0], "Hoor je mij?")
        for page in (*hers, *his):
            expect(_bubble(page, "Hoor je mij?")).to_have_count(1)
        _write(his[0], "Luid en duidelijk")
        for page in (*hers, *his):
            expect(_bubble(page, "Luid en duidelijk")).to_have_count(1)
        _write(without, "En zonder scripts ook")
        for page in (*hers, *his, without):
            expect(_bubble(page, "En zonder scripts ook")).to_have_count(1)

    assert list(Message.objects.values_list("seq", flat=True)) == [1, 2, 3]
