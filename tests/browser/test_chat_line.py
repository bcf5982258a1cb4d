"""What a page keeps and counts by itself: words of an hour without a line, how far a message came, badges on every page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from buurt.residents.models import Resident
from chat import services
from chat.models import Conversation, Message
from tests.browser.conftest import ContextFor
from tests.browser.roads import Roads, box, bubble, opened, stored, until, write
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


def test_words_without_a_line_survive_a_reload_and_are_sent_once(
    context_for: ContextFor, anna: Resident, talk: Conversation
) -> None:
    page = context_for(anna, width=390).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    opened(page)

    roads.shut()
    expect(page.get_by_text(LOST)).to_be_visible()
    write(page, "Eerste, zonder lijn")
    write(page, "Tweede, zonder lijn")
    box(page).press_sequentially("Nog niet af")
    page.reload()
    expect(bubble(page, "Eerste, zonder lijn")).to_contain_text("wordt verstuurd")
    expect(box(page)).to_have_value("Nog niet af")
    roads.open()

    for text in ("Eerste, zonder lijn", "Tweede, zonder lijn"):
        stored(page, text)
        expect(bubble(page, text)).to_have_count(1)
    assert list(Message.objects.values_list("seq", flat=True)) == [1, 2]
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('buurt-unsent'))") == []


def test_what_waits_is_sent_from_any_page(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    page = context_for(anna).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    opened(page)
    roads.shut()
    write(page, "Ik ga alvast verder")

    page.goto("/prikbord")
    roads.open()

    until(page, lambda: Message.objects.filter(conversation=talk).count() == 1)


def test_logging_out_leaves_nothing_behind(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    page = context_for(anna).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    opened(page)
    roads.shut()
    write(page, "Dit blijft niet staan")
    box(page).press_sequentially("en dit ook niet")

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

    write(hers, "Ben je er nog?")
    stored(hers, "Ben je er nog?")
    his = context_for(bilal).new_page()
    his.goto("/prikbord")  # a page of his is open: what comes now is on his device, but what came before is not
    opened(his)
    expect(bubble(hers, "Ben je er nog?")).to_contain_text("verstuurd")
    his.goto(f"/gesprekken/{talk.public_id}")
    expect(bubble(hers, "Ben je er nog?")).to_contain_text("gelezen")
    his.goto("/prikbord")
    opened(his)
    write(hers, "Tot morgen!")

    expect(bubble(hers, "Tot morgen!")).to_contain_text("bezorgd")


def test_badges_follow_on_every_page_without_moving_it(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    page = context_for(anna).new_page()
    page.goto("/prikbord")
    opened(page)
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
    opened(page)
    roads.shut()
    write(page, "Dit mag straks niet meer")
    Resident.objects.filter(pk=anna.pk).update(restricted_until=timezone.now() + timedelta(days=1))

    page.goto("/prikbord")
    roads.open()
    until(page, lambda: bool(page.evaluate("window.buurt.outbox.items()[0].refused")))
    page.goto(f"/gesprekken/{talk.public_id}")

    expect(box(page)).to_have_value("Dit mag straks niet meer")
    expect(page.locator("#bericht-fout")).to_contain_text("Je kunt nu even geen berichten sturen.")
    assert not Message.objects.exists()


def test_words_of_yesterday_are_asked_about_first(context_for: ContextFor, anna: Resident, talk: Conversation) -> None:
    page = context_for(anna).new_page()
    roads = Roads(page)
    page.goto(f"/gesprekken/{talk.public_id}")
    opened(page)
    roads.shut()
    write(page, "Ik kom eraan")
    page.evaluate(
        """() => { const name = Object.keys(localStorage).find((one) => one.startsWith('buurt-unsent'));
        const items = JSON.parse(localStorage[name]); items[0].at -= 13 * 3600 * 1000;
        localStorage[name] = JSON.stringify(items); }"""
    )
    until(page, lambda: roads.turned_back > 0)  # what was sent without asking, before it was of yesterday
    roads.open()

    page.reload()

    expect(box(page)).to_have_value("Ik kom eraan")
    opened(page)
    box(page).fill("Vandaag kom ik echt")
    box(page).press("Enter")
    stored(page, "Vandaag kom ik echt")
    assert Message.objects.count() == 1
