"""Two neighbours talk in two real browsers: live, without JavaScript, and over a line that drops."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from buurt.residents.models import Resident
from chat import services
from chat.models import Conversation, Message, Participant
from tests.browser.conftest import ContextFor, wait_until
from tests.browser.roads import stored, until
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post

pytestmark = pytest.mark.embedded


@pytest.fixture
def talk(anna: Resident, bilal: Resident) -> Conversation:
    """Return the conversation about Anna's lift, in which Bilal said yes."""
    post = make_post(author=anna, title="Lift naar het ziekenhuis")
    make_engagement(helper=bilal, post=post)
    conversation = make_conversation(post=post, helper=bilal)
    services.add_system_line(conversation=conversation, name="said_yes", who=bilal.pk)
    services.send_message(by=bilal, conversation=conversation, text="Hoi Anna! Past een rollator achterin?")
    return conversation


def _open(context_for: ContextFor, person: Resident, talk: Conversation, *, width: int = 390) -> Page:
    page = context_for(person, width=width).new_page()
    page.goto(f"/gesprekken/{talk.public_id}")
    return page


def _live(context_for: ContextFor, person: Resident, talk: Conversation, *, width: int = 390) -> Page:
    """Open the page and wait until its line is open: it asks then what it missed."""
    page = context_for(person, width=width).new_page()
    with page.expect_response("**/nieuw?after=*"):
        page.goto(f"/gesprekken/{talk.public_id}")
    return page


def _box(page: Page) -> Locator:
    return page.get_by_label("Schrijf een bericht")


def _bubble(page: Page, text: str) -> Locator:
    return page.locator("[data-list] .b-bubble", has_text=text)


def test_they_talk_live(context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation) -> None:
    hers, his = _live(context_for, anna, talk), _live(context_for, bilal, talk, width=1280)

    _box(hers).fill("Ja, hij kan inklappen.\nSchikt 9 uur?")
    _box(hers).press("Enter")

    expect(_bubble(his, "Schikt 9 uur?")).to_be_visible()
    expect(_bubble(hers, "Schikt 9 uur?")).to_contain_text("gelezen")
    expect(_box(hers)).to_be_focused()
    expect(_box(hers)).to_have_value("")
    his.get_by_role("button", name="Ik kom eraan").click()
    expect(_bubble(hers, "Ik kom eraan")).to_be_visible()
    expect(_bubble(hers, "Ik kom eraan")).to_have_count(1)
    assert Message.objects.filter(kind="text").count() == 3


def test_shift_enter_is_a_new_line_and_markup_is_text(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    hers, his = _live(context_for, anna, talk), _live(context_for, bilal, talk)

    _box(hers).fill("<b>een</b>")
    _box(hers).press("Shift+Enter")
    _box(hers).press_sequentially("twee")
    _box(hers).press("Enter")

    expect(_bubble(his, "<b>een</b>")).to_contain_text("twee")
    assert his.locator("[data-list] b").count() == 0


def test_they_agree_and_both_pages_follow(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    hers, his = _live(context_for, anna, talk), _live(context_for, bilal, talk)
    day = (timezone.localtime() + timedelta(days=3)).date()

    his.get_by_role("link", name="Stel een moment voor").click()
    his.get_by_label("Welke dag?").fill(day.isoformat())
    his.get_by_label("Hoe laat?").fill("09:00")
    his.get_by_role("button", name="Stuur mijn voorstel").click()
    hers.get_by_role("button", name="Dat spreken we af").click()

    expect(hers.get_by_text("Deurwoord:")).to_be_visible()
    expect(his.get_by_text("Deurwoord:")).to_be_visible()
    words = hers.locator("#afspraak b", has_text=re.compile("^[a-z]+ [a-z]+$")).inner_text()
    expect(his.locator("#afspraak")).to_contain_text(words)
    expect(his.locator("[data-list]")).to_contain_text("Afgesproken:")


def test_without_javascript_one_takes_part(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    hers = context_for(anna, javascript=False, width=390).new_page()
    hers.goto(f"/gesprekken/{talk.public_id}")
    his = _live(context_for, bilal, talk)

    _box(hers).fill("Ik schrijf zonder scripts")
    hers.get_by_role("button", name="Stuur bericht").click()

    expect(hers).to_have_url(re.compile("#laatste$"))
    expect(_bubble(hers, "Ik schrijf zonder scripts")).to_be_visible()
    expect(_bubble(his, "Ik schrijf zonder scripts")).to_be_visible()
    _box(his).fill("Ik lees het meteen")
    _box(his).press("Enter")
    stored(his, "Ik lees het meteen")
    hers.reload()
    expect(_bubble(hers, "Ik lees het meteen")).to_be_visible()
    expect(_bubble(his, "Ik lees het meteen")).to_contain_text("gelezen")


def test_line_drops_and_nothing_is_lost_or_doubled(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    lines: list[WebSocketRoute] = []
    open_line = {"yes": True}

    def handle(line: WebSocketRoute) -> None:
        if not open_line["yes"]:
            line.close(code=1001)
            return
        line.connect_to_server()
        lines.append(line)

    page = context_for(anna, width=390).new_page()
    page.route_web_socket("**/ws", handle)
    page.goto(f"/gesprekken/{talk.public_id}")
    until(page, lambda: len(lines) == 1)

    open_line["yes"] = False
    page.context.set_offline(True)
    lines[0].close(code=1001)
    expect(page.get_by_text("Geen verbinding, we proberen het opnieuw")).to_be_visible()
    services.send_message(by=bilal, conversation=talk, text="Terwijl jij weg was")
    _box(page).fill("Terwijl ik weg was")
    _box(page).press("Enter")
    expect(_bubble(page, "Terwijl ik weg was")).to_contain_text("wordt verstuurd")
    open_line["yes"] = True
    page.context.set_offline(False)

    expect(_bubble(page, "Terwijl jij weg was")).to_be_visible()
    expect(_bubble(page, "Terwijl ik weg was")).to_contain_text(re.compile(r"\d · verstuurd|\d· verstuurd"))
    expect(page.get_by_text("Geen verbinding, we proberen het opnieuw")).to_be_hidden()
    numbers = [one.get_attribute("data-seq") for one in page.locator("[data-list] [data-seq]").all()]
    assert numbers == ["1", "2", "3", "4"]
    assert Message.objects.filter(conversation=talk).count() == 4


def test_socket_that_never_opens_still_talks(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    page = context_for(anna, width=390).new_page()
    page.route_web_socket("**/ws", lambda line: line.close(code=1001))
    page.goto(f"/gesprekken/{talk.public_id}")

    _box(page).fill("Langs de andere weg")
    _box(page).press("Enter")

    stored(page, "Langs de andere weg")
    services.send_message(by=bilal, conversation=talk, text="Ook zo komt het aan")
    expect(_bubble(page, "Ook zo komt het aan")).to_be_visible()


def test_refused_words_stay_in_the_box(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    page = _live(context_for, anna, talk)
    Resident.objects.filter(pk=anna.pk).update(restricted_until=timezone.now() + timedelta(days=1))

    _box(page).fill("Dit mag nu niet")
    _box(page).press("Enter")

    expect(page.locator("#bericht-fout")).to_contain_text("Je kunt nu even geen berichten sturen.")
    expect(_box(page)).to_have_value("Dit mag nu niet")
    expect(_box(page)).to_be_focused()
    expect(_bubble(page, "Dit mag nu niet")).to_have_count(0)


def test_logged_out_elsewhere_is_said(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    lines: list[WebSocketRoute] = []

    def handle(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page = context_for(anna, width=390).new_page()
    page.route_web_socket("**/ws", handle)
    page.goto(f"/gesprekken/{talk.public_id}")
    until(page, lambda: len(lines) == 1)

    page.context.clear_cookies()
    lines[0].close(code=1001)

    expect(page.get_by_role("link", name="Je bent uitgelogd. Log opnieuw in.")).to_be_visible()


def test_stranger_sees_nothing(context_for: ContextFor, carla: Resident, talk: Conversation) -> None:
    page = context_for(carla).new_page()

    answer = page.goto(f"/gesprekken/{talk.public_id}")

    assert answer is not None
    assert answer.status == 404
    assert "rollator" not in page.content()


@pytest.mark.parametrize("width", [320, 1280])
def test_page_fits_and_shows_the_last_words(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation, width: int
) -> None:
    for number in range(30):
        services.send_message(by=(anna, bilal)[number % 2], conversation=talk, text=f"bericht nummer {number}")
    page = _open(context_for, anna, talk, width=width)

    expect(_bubble(page, "bericht nummer 29")).to_be_in_viewport()
    expect(_box(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    wait_until(lambda: Participant.objects.get(resident=anna).read_seq == 32)
