"""The main jobs without a mouse, and without JavaScript where another story does not tell it: every stop is seen.

Asking stands in test_stories_more.py, the wegwijzer in test_journeys.py.
"""

import pytest
from playwright.sync_api import Page, expect

from buurt.communities.models import Community
from buurt.residents.models import HelpPreferences, Resident
from chat.models import Conversation
from chat.services import open_conversation
from posts.models import Engagement, Post
from posts.services import reserve_place
from tests.browser import steps
from tests.browser.conftest import ContextFor
from tests.browser.scene import set_scene
from tests.browser.steps import tab_to
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.posts import make_post

# What has the focus, whether it can be seen (WCAG 2.4.7) and whether something fixed lies over it (2.4.11).
LOOK_AT_FOCUS = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);  // what scrolls into view has done so
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const shown = one.matches(".b-choice__input, .b-week__box input") ? one.closest("label") : one;
  const box = shown.getBoundingClientRect();
  const parts = [shown, ...shown.querySelectorAll("*")];
  const styles = parts.flatMap((part) => ["", "::after"].map((pseudo) => getComputedStyle(part, pseudo)));
  const outlined = styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const middle = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 30)];
  const top = document.elementFromPoint(...middle);
  const covered = !top || !(shown.contains(top) || top.contains(shown) || top.closest("label") === shown);
  return {
    name: (one.getAttribute("aria-label") || one.textContent || one.name || one.tagName).trim().slice(0, 40),
    place: one.outerHTML.slice(0, 90), outlined, covered, small: box.width < 24 || box.height < 24,
  };
}"""
PAGES = (
    ("visitor", "/"),
    ("anna", "/prikbord"),
    ("anna", "/vraag"),
    ("anna", "/mijn/{ask}"),
    ("anna", "/gesprekken/{talk}"),
    ("bilal", "/helpen/gevraagd/{invitation}"),
    ("bilal", "/helpen/instellingen"),
)
MOST_STOPS = 90


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_every_stop_of_the_tab_key_is_seen(
    who: str,
    path: str,
    zaanstad: Community,
    anna: Resident,
    bilal: Resident,
    dirk: Resident,
    context_for: ContextFor,
) -> None:
    names = set_scene(zaanstad=zaanstad, anna=anna, bilal=bilal, dirk=dirk)
    page = context_for({"anna": anna, "bilal": bilal}.get(who), width=320).new_page()
    page.goto(path.format(**names))
    page.keyboard.press("Tab")

    stops, wrong = [], []
    for _press in range(MOST_STOPS):
        stop = page.evaluate(LOOK_AT_FOCUS)
        if stop is None:
            break
        stops.append(stop["name"])
        if not stop["outlined"] or stop["covered"]:
            wrong.append(stop)
        page.keyboard.press("Tab")

    assert wrong == []
    assert stops[0] == "Ga naar de inhoud"
    assert len(stops) > 10


@pytest.fixture
def ask(anna: Resident) -> Post:
    """Return an ask of Anna's that stands open."""
    return make_post(author=anna, title="Wie rijdt mij naar het ziekenhuis?", text=steps.LIFT)


@pytest.fixture
def talk(ask: Post, bilal: Resident) -> Conversation:
    """Return the talk of Anna and Bilal after his yes."""
    assert reserve_place(helper=bilal, post=ask) is not None
    return open_conversation(post=ask, helper=bilal)


def _page(context_for: ContextFor, resident: Resident, *, javascript: bool = True) -> Page:
    page = context_for(resident, width=390, javascript=javascript).new_page()
    page.set_default_timeout(steps.PATIENCE_MS)
    return page


def _press(page: Page, words: str) -> None:
    """Walk to the button with these words and press Enter."""
    tab_to(page, page.get_by_role("button", name=words, exact=True).first)
    page.keyboard.press("Enter")


def test_an_invitation_is_answered_with_the_keyboard(bilal: Resident, ask: Post, context_for: ContextFor) -> None:
    invitation = make_invitation(post=ask, helper=bilal, wave=make_wave(search=make_search(post=ask)))
    page = _page(context_for, bilal)
    page.goto(f"/helpen/gevraagd/{invitation.public_id}")

    _press(page, "Ja, dat doe ik")

    expect(page.get_by_role("heading", level=1)).to_have_text("Anna")
    assert Engagement.objects.get(slot__post=ask).state == Engagement.State.RESERVED


def test_they_talk_and_agree_with_the_keyboard(
    anna: Resident, bilal: Resident, talk: Conversation, context_for: ContextFor
) -> None:
    his, hers = _page(context_for, bilal), _page(context_for, anna)
    address = f"/gesprekken/{talk.public_id}"
    his.goto(address)
    tab_to(his, his.get_by_label("Schrijf een bericht"))
    his.keyboard.type("Dag Anna, ik kan donderdag.")
    _press(his, "Stuur bericht")
    expect(his.locator(".b-bubble").filter(has_text="Dag Anna, ik kan donderdag.")).to_have_count(1)
    # The focus stays where one goes on writing.
    expect(his.get_by_label("Schrijf een bericht")).to_be_focused()

    tab_to(his, his.get_by_role("link", name="Stel een moment voor").first)
    his.keyboard.press("Enter")
    day = his.get_by_label("Welke dag?")
    expect(day).to_be_visible()
    day.fill(steps.coming_thursday().isoformat())  # its parts are the browser's own, arrows or figures
    his.get_by_label("Hoe laat?").fill("10:00")
    _press(his, "Stuur mijn voorstel")
    his.wait_for_url(f"**{address}*")

    hers.goto(address)
    _press(hers, "Dat spreken we af")
    expect(hers.get_by_label("Jullie afspraak")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "without_javascript"])
def test_a_helper_says_what_fits_with_the_keyboard(anna: Resident, context_for: ContextFor, javascript: bool) -> None:
    page = _page(context_for, anna, javascript=javascript)
    page.goto("/helpen/instellingen")
    active = page.get_by_label("Ja, vraag mij maar")
    if not active.is_checked():
        tab_to(page, active)
        page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Tuin", exact=True))
    page.keyboard.press("Space")

    with page.expect_navigation():
        _press(page, "Bewaar wat ik wil")
    expect(page.locator("#fouten")).to_have_count(0)

    kept = HelpPreferences.objects.get(resident=anna)
    assert kept.active
    assert [kind.category for kind in kept.kinds.all()] == ["garden"]
