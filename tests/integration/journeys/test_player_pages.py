"""The player, page by page: what it keeps, where it leads, and what it refuses."""

from __future__ import annotations

import os

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from buurt.communities.models import Community
from journeys import session
from journeys.session import COOKIE
from journeys.views import player
from tests.integration.journeys.walking import LEAVING, LIGHT, answer, begin, journey, kept, links_of, main_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(zaanstad: Community) -> Client:
    """Return somebody who is not logged in."""
    return Client()


# -- Beginning ------------------------------------------------------------------------------------------------------


def test_index_lists_the_ten_life_events(visitor: Client) -> None:
    response = visitor.get("/wegwijzer")

    assert sum(link.startswith("/wegwijzer/") for link in links_of(main_of(response))) == 10
    assert "tel:112" in response.content.decode()
    assert COOKIE not in visitor.cookies


def test_looking_leaves_no_cookie(visitor: Client) -> None:
    response = visitor.get("/wegwijzer/geld-en-post")

    assert "Geldzorgen of een berg post" in main_of(response)
    assert COOKIE not in visitor.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/wegwijzer/bestaat-niet", "/wegwijzer/bestaat-niet/1", "/wegwijzer/lijst/geen"])
def test_unknown_names_are_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_cookie_holds_a_key_and_nothing_else(visitor: Client, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = True

    begin(visitor, "geld-en-post")

    morsel = visitor.cookies[COOKIE]
    assert len(morsel.value) == 43
    assert (morsel["httponly"], morsel["samesite"], morsel["secure"]) == (True, "Lax", True)
    assert morsel["path"] == "/wegwijzer"
    assert "sessionid" not in visitor.cookies


def test_cookie_without_https_in_the_demo(visitor: Client, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = False

    begin(visitor, "geld-en-post")

    assert not visitor.cookies[COOKIE]["secure"]


def test_beginning_gives_a_new_key_so_a_planted_one_is_worthless(visitor: Client) -> None:
    begin(visitor, "geld-en-post")
    planted = visitor.cookies[COOKIE].value
    begin(visitor, "geld-en-post")

    stranger = Client()
    stranger.cookies[COOKIE] = planted
    assert stranger.get("/wegwijzer/geld-en-post/1")["Location"].endswith("?verlopen")


def test_recognised_sentence_is_filled_in_and_can_be_changed(visitor: Client) -> None:
    first = begin(visitor, "uit-elkaar-gaan", zin="3")

    page = main_of(visitor.get(first))
    assert 'value="twijfel" class="b-choice__input" checked' in page
    assert "Dit hebben we vast gekozen" in page
    answer(visitor, first, "veilig", ["ja"])
    page = main_of(visitor.get(first))
    assert 'value="ja" class="b-choice__input" checked' in page
    assert "Dit hebben we vast gekozen" not in page


@pytest.mark.parametrize("number", ["99", "-1", "x", "0; drop", ""])
def test_forged_sentence_fills_in_nothing(visitor: Client, number: str) -> None:
    begin(visitor, "uit-elkaar-gaan", zin=number)

    assert kept(visitor)["journeys"] == {"uit-elkaar-gaan": {"choices": {}, "preset": []}}


def test_together_changes_no_answer(visitor: Client) -> None:
    alone, both = Client(), Client()
    walk(alone, journey("geld-en-post"), LIGHT)
    walk(both, journey("geld-en-post"), LIGHT, samen="ja")

    assert kept(alone)["journeys"] == kept(both)["journeys"]
    assert "Jullie doen dit samen" in main_of(both.get("/wegwijzer/geld-en-post/1"))
    assert "Jullie doen dit samen" not in main_of(alone.get("/wegwijzer/geld-en-post/1"))
    assert main_of(alone.get("/wegwijzer/geld-en-post/uitkomst")).count("b-card ") == main_of(
        both.get("/wegwijzer/geld-en-post/uitkomst")
    ).count("b-card ")


def test_machine_that_begins_again_and_again_is_refused(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "MOST_BEGINS", 2)
    for _visit in range(2):
        assert Client().post("/wegwijzer/geld-en-post").status_code == 302

    refused = Client().post("/wegwijzer/geld-en-post")

    assert refused.status_code == 429
    assert COOKIE not in refused.cookies


def test_who_is_inside_may_begin_again(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "MOST_BEGINS", 1)

    assert [begin(visitor, "geld-en-post") for _again in range(3)] == ["/wegwijzer/geld-en-post/1"] * 3


# -- Questions ------------------------------------------------------------------------------------------------------


def test_light_route_leads_to_a_neighbour(visitor: Client) -> None:
    page = visitor.get(walk(visitor, journey("geld-en-post"), LIGHT))

    assert "no-store" in page["Cache-Control"]
    assert any(link.startswith("/vraag?soort=admin&tekst=Wie") for link in links_of(main_of(page)))


def test_no_answer_chosen_keeps_the_question(visitor: Client) -> None:
    first = begin(visitor, "geld-en-post")

    response = answer(visitor, first, "dreigt", [])

    assert response.status_code == 422
    assert "Kies een antwoord." in main_of(response)


def test_forged_options_count_as_no_answer(visitor: Client) -> None:
    first = begin(visitor, "geld-en-post")

    assert answer(visitor, first, "dreigt", ["hacker", "stapel"]).status_code == 422
    assert "hacker" not in str(kept(visitor))


def test_forged_question_leads_back_to_the_open_one(visitor: Client) -> None:
    first = begin(visitor, "geld-en-post")

    response = answer(visitor, first, "bestaat-niet", ["nee"])

    assert response["Location"] == first
    assert "bestaat-niet" not in str(kept(visitor))


def test_question_that_is_not_asked_takes_no_answer(visitor: Client) -> None:
    first = begin(visitor, "uit-elkaar-gaan")

    answer(visitor, first, "woning", ["geen"])

    assert "woning" not in str(kept(visitor))


def test_nobody_jumps_ahead(visitor: Client) -> None:
    first = begin(visitor, "geld-en-post")

    assert visitor.get("/wegwijzer/geld-en-post/3")["Location"] == first
    assert visitor.get("/wegwijzer/geld-en-post/99")["Location"] == first
    assert visitor.get("/wegwijzer/geld-en-post/0")["Location"] == first
    assert visitor.get("/wegwijzer/geld-en-post/uitkomst")["Location"] == first


def test_changing_an_answer_asks_what_it_opens_and_leads_back(visitor: Client) -> None:
    result = walk(visitor, journey("uit-elkaar-gaan"), {**LEAVING, "zorgen": {"niets"}})

    opened = answer(visitor, "/wegwijzer/uit-elkaar-gaan/4", "zorgen", ["wonen"])["Location"]
    assert opened == "/wegwijzer/uit-elkaar-gaan/5"
    assert "Heb je een plek om te wonen?" in main_of(visitor.get(opened))
    assert answer(visitor, opened, "woning", ["blijf"])["Location"] == result


def test_answers_stand_on_the_result_and_can_be_changed(visitor: Client) -> None:
    page = main_of(visitor.get(walk(visitor, journey("geld-en-post"), LIGHT)))

    links = links_of(page)
    assert [f"/wegwijzer/geld-en-post/{number}" in links for number in range(1, 6)] == [True] * 5
    assert "Ik stel het uit" in page


# -- Losing it, on purpose or not -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/wegwijzer/geld-en-post/2", "/wegwijzer/geld-en-post/uitkomst"])
def test_hour_that_is_over_is_said_kindly(visitor: Client, path: str) -> None:
    walk(visitor, journey("geld-en-post"), LIGHT)
    cache.clear()

    response = visitor.get(path)
    assert response["Location"] == "/wegwijzer/geld-en-post?verlopen"
    page = main_of(visitor.get(response["Location"]))
    assert "Je antwoorden zijn weg" in page
    assert "Ik stel het uit" not in page


def test_answer_after_the_hour_is_not_kept(visitor: Client) -> None:
    first = begin(visitor, "geld-en-post")
    cache.clear()

    assert answer(visitor, first, "dreigt", ["spoed"])["Location"].endswith("?verlopen")
    assert visitor.post("/wegwijzer/geld-en-post/verder", {"kaart": "verder-scheiding"}).status_code == 302
    assert cache.get(session._place(visitor.cookies[COOKIE].value)) is None


@pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="Redis keeps its own time, which no test can shift")
def test_answers_are_kept_for_an_hour(visitor: Client) -> None:
    with time_machine.travel(0, tick=False) as clock:
        result = walk(visitor, journey("geld-en-post"), LIGHT)
        clock.shift(59 * 60)
        assert visitor.get(result).status_code == 200
        clock.shift(2 * 60)
        assert visitor.get(result)["Location"].endswith("?verlopen")


@pytest.mark.parametrize("value", ["", "x", "x" * 10_000, "../../etc", "é"])
def test_made_up_cookie_is_nobodys(visitor: Client, value: str) -> None:
    walk(visitor, journey("geld-en-post"), LIGHT)
    stranger = Client()
    stranger.cookies[COOKIE] = value

    assert stranger.get("/wegwijzer/geld-en-post/uitkomst")["Location"].endswith("?verlopen")


def test_quick_exit_forgets_everything(visitor: Client) -> None:
    walk(visitor, journey("uit-elkaar-gaan"), LEAVING)
    key = visitor.cookies[COOKIE].value

    response = visitor.get("/wegwijzer/snel-weg")

    assert response["Location"] == "https://www.buienradar.nl/"
    assert "no-store" in response["Cache-Control"]
    assert cache.get(session._place(key)) is None
    assert visitor.cookies[COOKIE].value == ""
    visitor.cookies[COOKIE] = key
    assert visitor.get("/wegwijzer/uit-elkaar-gaan/uitkomst")["Location"].endswith("?verlopen")


def test_wiping_stays_here_and_is_said(visitor: Client) -> None:
    walk(visitor, journey("geld-en-post"), LIGHT)
    key = visitor.cookies[COOKIE].value

    response = visitor.post("/wegwijzer/alles-wissen", follow=True)

    assert "Je antwoorden zijn gewist." in main_of(response)
    assert cache.get(session._place(key)) is None


def test_wiping_needs_a_form_with_our_token(visitor: Client) -> None:
    assert visitor.get("/wegwijzer/alles-wissen").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/wegwijzer/alles-wissen").status_code == 403
    assert Client(enforce_csrf_checks=True).post("/wegwijzer/geld-en-post").status_code == 403


def test_wegwijzer_that_changed_meanwhile_asks_what_is_new(visitor: Client) -> None:
    result = walk(visitor, journey("geld-en-post"), LIGHT)
    place = session._place(visitor.cookies[COOKIE].value)
    visit = cache.get(place)
    visit["journeys"]["geld-en-post"]["choices"]["post"] = ["optie-van-vroeger"]
    cache.set(place, visit, 60)

    assert visitor.get(result)["Location"] == "/wegwijzer/geld-en-post/3"
