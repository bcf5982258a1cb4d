"""A third one at the table, a block, and the keyboard: what open pages show at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat import services
from chat.invites import path_for
from chat.models import Conversation
from tests.browser.conftest import ContextFor
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post, make_slot
from tests.factories.residents import make_resident

pytestmark = pytest.mark.embedded

# The name of what has the focus, as it is read aloud.
FOCUSED = "(() => { const e = document.activeElement; return (e.getAttribute('aria-label') || e.innerText || e.id).trim() })()"


@pytest.fixture
def talk(anna: Resident, bilal: Resident) -> Conversation:
    """Return the conversation about Anna's lift, in which Bilal said yes."""
    post = make_post(author=anna, title="Lift naar het ziekenhuis")
    make_engagement(helper=bilal, post=post)
    conversation = make_conversation(post=post, helper=bilal)
    services.add_system_line(conversation=conversation, name="said_yes", who=bilal.pk)
    return conversation


def _live(context_for: ContextFor, person: Resident, talk: Conversation) -> Page:
    page = context_for(person, width=390).new_page()
    with page.expect_response("**/nieuw?after=*"):
        page.goto(f"/gesprekken/{talk.public_id}")
    return page


def test_guest_is_seen_at_once_and_named(
    context_for: ContextFor, zaanstad: Community, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    hers, his = _live(context_for, anna, talk), _live(context_for, bilal, talk)
    dounia = make_resident(community=zaanstad, name="Dounia", email="dounia@example.org", postcode="1506")
    path = path_for(services.invite_guest(by=anna, conversation=talk))

    guest = context_for(dounia, width=390).new_page()
    guest.goto(path)
    guest.get_by_role("button", name="Ja, ik doe mee").click()
    for page in (hers, his):
        expect(page.get_by_role("list", name="In dit gesprek")).to_contain_text("Dounia gast")
    guest.get_by_label("Schrijf een bericht").fill("Kijk eens op www.voorbeeld.nl")
    guest.get_by_role("button", name="Stuur bericht").click()

    bubble = his.locator("[data-list] .b-bubble", has_text="Kijk eens op")
    expect(bubble.locator(".b-bubble__name")).to_have_text("Dounia")
    expect(bubble).to_contain_text("Open een link alleen als je de ander vertrouwt.")
    assert bubble.locator("a").count() == 0


def test_block_closes_the_box_of_the_other_at_once(
    context_for: ContextFor, anna: Resident, bilal: Resident, talk: Conversation, worker: object
) -> None:
    his = _live(context_for, bilal, talk)
    hers = context_for(anna, width=390).new_page()
    hers.goto(f"/gesprekken/{talk.public_id}/meer")

    hers.get_by_role("button", name="Blokkeer Bilal").click()

    expect(his.get_by_text("Dit gesprek is gesloten.")).to_be_visible()
    expect(his.get_by_label("Schrijf een bericht")).to_have_count(0)


def test_everything_is_reached_by_keyboard_in_the_order_of_the_page(
    context_for: ContextFor, anna: Resident, talk: Conversation
) -> None:
    page = _live(context_for, anna, talk)
    page.get_by_role("link", name="Alle gesprekken").focus()

    seen = [str(page.evaluate(FOCUSED))]
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(str(page.evaluate(FOCUSED)))

    assert seen[1:] == [
        "Meer",
        "Stel een moment voor",
        "Afgesproken",
        "Berichten",
        "Ik kom eraan",
        "Ik ben 10 minuten later",
        "Deel mijn telefoonnummer",
        "bericht-tekst",
    ]
    page.keyboard.type("Met het toetsenbord")
    page.keyboard.press("Enter")
    expect(page.locator("[data-list] .b-bubble", has_text="Met het toetsenbord")).to_be_visible()
    assert page.evaluate(FOCUSED) == "bericht-tekst"


def test_what_is_new_stays_in_sight_when_the_card_above_grows(
    context_for: ContextFor, anna: Resident, bilal: Resident
) -> None:
    post = make_post(author=anna, title="Lift naar het ziekenhuis")
    conversation = make_conversation(post=post, helper=bilal)
    for number in range(20):
        services.send_message(by=bilal, conversation=conversation, text=f"bericht nummer {number}")
    page = _live(context_for, anna, conversation)
    # As in browsers that do not hold the view still by themselves.
    page.evaluate("document.querySelectorAll('*').forEach((one) => (one.style.overflowAnchor = 'none'))")
    expect(page.locator("[data-list] .b-bubble").last).to_be_in_viewport()

    make_engagement(helper=bilal, post=post)
    services.add_system_line(conversation=conversation, name="said_yes", who=bilal.pk)

    line = page.get_by_text("Bilal zei ja.")
    expect(page.get_by_role("heading", name="Spreek iets af")).to_be_attached()
    expect(line).to_be_in_viewport(ratio=1)
    bar, words = page.locator(".b-bar--composer").bounding_box(), line.bounding_box()
    assert bar is not None
    assert words is not None
    assert words["y"] + words["height"] <= bar["y"], "it is behind the box to write in"


def test_moment_in_a_circle_moves_for_everybody_at_once(
    context_for: ContextFor, zaanstad: Community, anna: Resident, bilal: Resident, worker: object
) -> None:
    els = make_resident(community=zaanstad, name="Els", email="els@example.org", postcode="1561")
    post = make_post(author=anna, title="Eten op twee avonden")
    post.slots.all().delete()
    first = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=2)
    slots = [make_slot(post=post, starts_at=first + timedelta(days=day)) for day in range(2)]
    for slot, helper in zip(slots, (bilal, els), strict=True):
        place = make_engagement(helper=helper, slot=slot)
        circle = services.open_conversation(post=post, helper=helper)
        services.agree(by=helper, conversation=circle, engagement_id=place.pk)
    hers, his, third = (_live(context_for, one, circle) for one in (anna, bilal, els))

    his.get_by_role("link", name="Ander moment").click()
    his.get_by_label("Welke dag?").fill((first + timedelta(days=5)).date().isoformat())
    his.get_by_role("button", name="Stuur mijn voorstel").click()
    expect(third.get_by_text("Bilal stelt voor:")).to_be_visible()
    expect(third.get_by_role("button", name="Dat spreken we af")).to_have_count(0)
    hers.get_by_role("button", name="Dat spreken we af").click()

    for page in (hers, third):
        expect(page.get_by_text("Verzet: Bilal komt nu")).to_be_attached()
        expect(page.get_by_text("Verzet. Eerst was het")).to_be_attached()
    expect(his.get_by_text("Verzet: jij komt nu")).to_be_visible()
