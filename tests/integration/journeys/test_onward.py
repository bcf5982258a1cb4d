"""Where a result leads: other wegwijzers, asks, lists; and nowhere open when somebody may not be safe."""

from __future__ import annotations

import pytest
from django.test import Client

from buurt.communities.models import Community
from journeys.library import shelf
from tests.integration.journeys.walking import LEAVING, LIGHT, answer, begin, journey, kept, links_of, main_of, walk

pytestmark = pytest.mark.django_db

HEAVY = {**LIGHT, "dreigt": {"spoed"}, "speelt": {"scheiding", "werk"}}


@pytest.fixture
def visitor(zaanstad: Community) -> Client:
    """Return somebody who is not logged in."""
    return Client()


# -- Another wegwijzer ----------------------------------------------------------------------------------------------


def test_shared_answer_comes_along_in_the_cache_only(visitor: Client) -> None:
    walk(visitor, journey("geld-en-post"), HEAVY)

    response = visitor.post("/wegwijzer/geld-en-post/verder", {"kaart": "verder-scheiding"})

    assert response["Location"] == "/wegwijzer/uit-elkaar-gaan"
    assert "nemen we mee" in main_of(visitor.get("/wegwijzer/uit-elkaar-gaan"))
    begin(visitor, "uit-elkaar-gaan")
    assert kept(visitor)["luggage"] == {}
    for number, (question, option) in enumerate(
        [("veilig", "ja"), ("fase", "denk"), ("kinderen", "nee"), ("zorgen", "geld")], start=1
    ):
        at = answer(visitor, f"/wegwijzer/uit-elkaar-gaan/{number}", question, [option])["Location"]
    page = main_of(visitor.get(at))
    assert 'value="spoed" class="b-choice__input" checked' in page
    assert "Dit hebben we vast gekozen" in page


def test_only_the_named_answers_come_along(visitor: Client) -> None:
    walk(visitor, journey("geld-en-post"), HEAVY)
    visitor.post("/wegwijzer/geld-en-post/verder", {"kaart": "verder-scheiding"})

    assert kept(visitor)["luggage"] == {
        "uit-elkaar-gaan": {"choices": {"dreigt": ["spoed"]}, "preset": []},
    }


@pytest.mark.parametrize("card", ["", "bestaat-niet", "schuldhulp", "spoed"])
def test_card_that_leads_to_no_wegwijzer_leads_nowhere(visitor: Client, card: str) -> None:
    result = walk(visitor, journey("geld-en-post"), HEAVY)

    response = visitor.post("/wegwijzer/geld-en-post/verder", {"kaart": card})

    assert response["Location"] == result
    assert kept(visitor)["luggage"] == {}


def test_card_that_is_not_on_the_result_leads_nowhere(visitor: Client) -> None:
    result = walk(visitor, journey("geld-en-post"), LIGHT)

    assert visitor.post("/wegwijzer/geld-en-post/verder", {"kaart": "verder-scheiding"})["Location"] == result


# -- No open ask where it may not be safe ---------------------------------------------------------------------------


def test_doubt_about_being_safe_hides_every_open_ask(visitor: Client) -> None:
    walk(visitor, journey("uit-elkaar-gaan"), LEAVING)

    for path in ("/wegwijzer/uit-elkaar-gaan/uitkomst", "/wegwijzer/uit-elkaar-gaan/2", "/wegwijzer/uit-elkaar-gaan"):
        _no_open_ask(visitor, path)
    for path in ("/wegwijzer", "/wegwijzer/geld-en-post", "/wegwijzer/lijst/reken-straks"):
        _no_open_ask(visitor, path)
    _no_open_ask(visitor, walk(visitor, journey("geld-en-post"), LIGHT))


def _no_open_ask(visitor: Client, path: str) -> None:
    html = visitor.get(path).content.decode()
    assert "b-strip__end" in html  # the quick exit
    asks = [link for link in links_of(html) if link.startswith(("/vraag", "/aanbod", "/hulp-vragen"))]
    assert [link for link in asks if "stil=team" not in link] == [], path


def test_safe_route_does_offer_a_neighbour(visitor: Client) -> None:
    page = visitor.get(walk(visitor, journey("uit-elkaar-gaan"), {**LEAVING, "veilig": {"ja"}}))

    assert any(link.startswith("/vraag?soort=") for link in links_of(main_of(page)))


def test_result_says_why_there_is_no_open_ask(visitor: Client) -> None:
    page = main_of(visitor.get(walk(visitor, journey("uit-elkaar-gaan"), LEAVING)))

    zone = journey("uit-elkaar-gaan").no_neighbour
    assert zone is not None
    assert zone.reason in page


# -- The marketplace ------------------------------------------------------------------------------------------------


def test_ask_opens_with_the_words_of_the_file(visitor: Client) -> None:
    page = main_of(visitor.get(walk(visitor, journey("geld-en-post"), LIGHT)))
    link = next(link for link in links_of(page) if link.startswith("/vraag?soort=admin") and "sorteren" in link)

    form = main_of(visitor.get(link))

    assert "Wie helpt mij een middag met post sorteren?" in form
    assert '<option value="admin" selected>' in form


@pytest.mark.parametrize(
    ("silence", "visibility", "hold"), [("1", "quiet", False), ("team", "quiet", True), ("x", "public", False)]
)
def test_silent_ask_starts_silent(visitor: Client, silence: str, visibility: str, hold: bool) -> None:
    form = main_of(visitor.get(f"/vraag?soort=company&tekst=Wie+gaat+mee&stil={silence}"))
    assert ("Deze vraag is stil" in form) is (silence != "x")

    visitor.post("/vraag", {"text": "Wie gaat er met mij mee?", "category": "company", "stil": silence})

    (sheet,) = visitor.session["post_sheets"].values()
    assert (sheet["draft"]["visibility"], sheet["draft"]["hold"]) == (visibility, hold)


def test_ask_for_the_team_alone_offers_no_other_ask(visitor: Client) -> None:
    html = visitor.get("/vraag?soort=company&tekst=Wie+gaat+mee&stil=team").content.decode()

    assert "Vraag hulp in stilte" in html
    assert {link for link in links_of(html) if link.startswith(("/vraag", "/aanbod"))} == {"/vraag"}  # its own form
    assert "/wegwijzer/snel-weg" in links_of(html)


def test_other_words_do_not_end_the_silence_of_the_team(visitor: Client) -> None:
    visitor.post("/vraag", {"text": "Wie gaat er met mij mee?", "category": "company", "stil": "team"})
    (key,) = visitor.session["post_sheets"]

    assert 'name="stil" value="team"' in main_of(visitor.get(f"/vraag?k={key}"))
    visitor.post("/vraag", {"text": "Wie loopt er met mij mee?", "category": "company", "k": key})

    (sheet,) = visitor.session["post_sheets"].values()
    assert (sheet["draft"]["text"], sheet["draft"]["hold"]) == ("Wie loopt er met mij mee?", True)


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        ("?soort=admin", "/vraag?soort=admin"),
        ("?soort=https://evil.example", "/vraag"),
        ("", "/vraag"),
        ("?next=//evil.example", "/vraag"),
    ],
)
def test_link_on_another_site_leads_to_the_ask(visitor: Client, query: str, leads_to: str) -> None:
    assert visitor.get(f"/hulp-vragen{query}")["Location"] == leads_to


# -- Lists and other sites ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("list_id", sorted(shelf().lists))
def test_list_has_nothing_to_send(visitor: Client, list_id: str) -> None:
    response = visitor.get(f"/wegwijzer/lijst/{list_id}")

    page = main_of(response)
    assert response.status_code == 200
    # A form of method dialog cannot be sent, not by Enter either.
    forms = [part.split(">")[0] for part in page.split("<form")[1:]]
    assert all('method="dialog"' in form and "action" not in form for form in forms)
    assert " name=" not in page
    assert "{{" not in page
    assert "no-store" in response["Cache-Control"]


def test_list_leads_back_to_the_result(visitor: Client) -> None:
    assert links_of(main_of(visitor.get("/wegwijzer/lijst/drie-stapels")))[0] == "/wegwijzer"

    walk(visitor, journey("geld-en-post"), LIGHT)

    back = links_of(main_of(visitor.get("/wegwijzer/lijst/drie-stapels")))[0]
    assert back == "/wegwijzer/geld-en-post/uitkomst"


def test_letter_has_a_blank_for_every_field(visitor: Client) -> None:
    page = main_of(visitor.get("/wegwijzer/lijst/brief-regeling"))
    found = shelf().lists["brief-regeling"]

    assert all(f'data-filled="{blank.id}"' in page for blank in found.fields)
    assert all(f'data-fills="{blank.id}"' in page for blank in found.fields)


def test_other_sites_get_no_referrer(visitor: Client) -> None:
    page = main_of(visitor.get(walk(visitor, journey("uit-elkaar-gaan"), LEAVING)))

    outside = [part for part in page.split("<a ")[1:] if 'href="http' in part.split(">")[0]]
    assert outside
    assert all('rel="noreferrer external"' in part.split(">")[0] for part in outside)
