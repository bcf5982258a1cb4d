"""What only another world shows: high contrast, and a page that runs from right to left."""

import pytest
from playwright.sync_api import Page

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.models import Engagement
from tests.browser.conftest import ContextFor
from tests.factories.chat import make_conversation, make_message
from tests.factories.posts import make_engagement, make_post

STYLE = "(one, name) => getComputedStyle(one)[name]"


def _arabic_page(community: Community, context_for: ContextFor, resident: Resident, path: str) -> Page:
    community.languages = ["nl", "ar"]
    community.save(update_fields=["languages"])
    context = context_for(resident, width=320)
    context.add_cookies([{"name": "django_language", "value": "ar", "domain": "localhost", "path": "/"}])
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("document.dir") == "rtl"
    return page


def test_empty_box_to_tick_is_seen_in_high_contrast(bilal: Resident, context_for: ContextFor) -> None:
    page = context_for(bilal, width=320).new_page()
    page.emulate_media(forced_colors="active")
    page.goto("/helpen/instellingen")
    box = page.locator(":not(:checked) + .b-choice__face .b-choice__box").first

    assert box.evaluate(STYLE, "borderTopColor") != box.evaluate(STYLE, "backgroundColor")


@pytest.mark.parametrize("path", ["/", "/vraag"])
def test_example_in_an_empty_box_runs_as_the_page_does(
    zaanstad: Community, anna: Resident, context_for: ContextFor, path: str
) -> None:
    page = _arabic_page(zaanstad, context_for, anna, path)
    box = page.locator("main textarea").first
    assert box.evaluate(STYLE, "direction") == "rtl"

    box.fill("Kan iemand mij rijden?")
    assert box.evaluate(STYLE, "direction") == "ltr"


def test_sharp_corner_of_a_message_is_where_the_message_stands(
    zaanstad: Community, anna: Resident, bilal: Resident, context_for: ContextFor
) -> None:
    post = make_post(author=anna)
    make_engagement(post=post, helper=bilal, state=Engagement.State.RESERVED)
    conversation = make_conversation(post=post, helper=bilal)
    make_message(conversation=conversation, sender=bilal, text="Dag Anna!")
    make_message(conversation=conversation, sender=anna, text="Dag Bilal!")
    page = _arabic_page(zaanstad, context_for, anna, f"/gesprekken/{conversation.public_id}")
    theirs = page.locator(".b-bubble:not(.b-bubble--own) .b-bubble__text").first
    ours = page.locator(".b-bubble--own .b-bubble__text").first

    assert theirs.evaluate(STYLE, "borderBottomRightRadius") == "4px"
    assert ours.evaluate(STYLE, "borderBottomLeftRadius") == "4px"
