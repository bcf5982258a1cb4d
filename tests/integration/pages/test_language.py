"""The language of a page: Dutch unless the browser or the visitor says otherwise; every page whole in English."""

import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from buurt.communities.models import Community
from buurt.residents.forms.preferences import PreferencesForm
from buurt.residents.forms.profile import EraseForm
from buurt.residents.models import Resident
from chat.forms import ProposalForm
from notifications.services import send_delivery
from posts.forms.plan import PlanForm
from posts.models import Post
from tests.browser.scene import set_scene
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation
from tests.factories.notifications import make_delivery
from tests.factories.posts import make_engagement, make_post

ENGLISH = {"accept-language": "en-GB,en;q=0.9"}
DUTCH_WORDS = frozenset(
    re.findall(
        r"\w+",
        "de het een je jij jou jouw jullie wij niet geen ook naar voor bij nog maar vraag vragen aanbod buren buur hulp "
        "kies kiezen uur wie wat waar wanneer hoe dit dat deze met mijn alle alleen gesprek gesprekken prikbord wacht "
        "vandaag gisteren morgen maandag dinsdag woensdag donderdag vrijdag zaterdag zondag iemand ander andere",
    )
)
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "use", "path"})
SPOKEN_ATTRIBUTES = ("aria-label", "placeholder", "title", "alt")

VISITOR_PAGES = (
    *("/", "/bellen", "/huisregels", "/privacy", "/toegankelijkheid", "/contact", "/demo", "/kies-je-gemeente"),
    *(
        "/wegwijzer",
        "/prikbord",
        "/prikbord/kaart",
        "/prikbord?soort=aanbod",
        "/prikbord?zoek=olifant",
        "/prikbord/{ask}",
        "/vraag",
    ),
    *("/aanbod", "/helpen", "/melden/post/{ask}", "/mij/jonger-dan-16", "/account/login/", "/{link}"),
    *("/account/login/wachtwoord/", "/account/password/reset/", "/weg"),
)
ANNA_PAGES = (
    *("/", "/prikbord", "/prikbord/{offer}", "/prikbord/{ask}", "/vraag", "/mijn", "/mijn/{ask}", "/mijn/{hidden}"),
    *("/mijn/{ask}/aanpassen", "/mijn/{ask}/verlengen", "/gesprekken", "/meldingen", "/meldingen/instellingen"),
    "/moderatie/mijn",
    *("/gesprekken/{reserved}", "/gesprekken/{talk}", "/gesprekken/{over}", "/gesprekken/{talk}/afspraak"),
    *("/gesprekken/{talk}/meer", "/gesprekken/{talk}/nummer", "/gesprekken/{talk}/melden", "/helpen"),
    *("/mij", "/mij/profiel", "/mij/verhuizen", "/mij/blokkades", "/mij/gegevens", "/mij/verwijderen"),
    *("/account/email/", "/account/2fa/"),
    *("/account/sessions/", "/account/password/set/", "/account/logout/", "/helpen/instellingen"),
)
BILAL_PAGES = (
    "/helpen",
    "/helpen/gevraagd/{invitation}",
    "/helpen/instellingen",
    "/mijn/{offer}",
    "/gesprekken/{talk}",
)
DIRK_PAGES = ("/moderatie", "/moderatie/{report}", "/moderatie/besluit/{decision}/terugzetten", "/account/2fa/")


@dataclass
class _Texts(HTMLParser):
    """Collects what Buurt itself says on a page: not people's words (dir=auto, bdi), nor what is marked as Dutch."""

    said: list[str] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note who is speaking inside this element."""
        named = dict(attrs)
        theirs = tag in {"bdi", "script", "style", "textarea"} or named.get("dir") == "auto"
        theirs = theirs or named.get("lang", "en") != "en" or self._theirs()
        if not theirs:
            self.said += [str(named[each]) for each in SPOKEN_ATTRIBUTES if named.get(each)]
        if tag not in VOID:
            self._open.append((tag, theirs))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and what was left open in it."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep our own words."""
        if data.strip() and not self._theirs():
            self.said.append(" ".join(data.split()))

    def _theirs(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def dutch_in(html: str, community: Community) -> list[str]:
    """Return the texts of a page with a common Dutch word in them; texts of the community and titles are not ours."""
    texts = _Texts()
    texts.feed(html)
    theirs = {community.team_name, community.phone_hours, *Post.objects.values_list("title", flat=True)} - {""}
    found = []
    for text in texts.said:
        ours = re.sub(r"https?://\S+", "", text)
        for each in theirs:
            ours = ours.replace(each, "")
        if DUTCH_WORDS & set(re.findall(r"[a-zà-ÿ]+", ours.lower())):
            found.append(text)
    return found


def test_a_dutch_page_is_seen_as_dutch(zaanstad: Community, client: Client) -> None:
    assert len(dutch_in(client.get("/").content.decode(), zaanstad)) > 5


@pytest.mark.parametrize(
    ("who", "pages"),
    [("visitor", VISITOR_PAGES), ("anna", ANNA_PAGES), ("bilal", BILAL_PAGES), ("dirk", DIRK_PAGES)],
)
def test_pages_are_english_for_an_english_browser(
    zaanstad: Community,
    anna: Resident,
    bilal: Resident,
    dirk: Resident,
    client_for: ClientFor,
    who: str,
    pages: tuple[str, ...],
) -> None:
    names = set_scene(zaanstad=zaanstad, anna=anna, bilal=bilal, dirk=dirk)
    people = {"anna": anna, "bilal": bilal, "dirk": dirk}
    client = client_for(people[who]) if who in people else Client()

    wrong = {}
    for path in pages:
        response = client.get(path.format(**names), headers=ENGLISH)
        html = response.content.decode()
        assert '<html lang="en" dir="ltr"' in html, f"{path}: {response.status_code} {response.headers}"
        found = dutch_in(html, zaanstad)
        if found:
            wrong[path] = found

    assert wrong == {}


def test_a_page_is_dutch_without_a_word_from_the_browser_or_with_a_language_we_do_not_have(
    zaanstad: Community, client: Client
) -> None:
    for headers in ({}, {"accept-language": "fi"}, {"accept-language": "nl,en;q=0.5"}):
        assert '<html lang="nl"' in client.get("/", headers=headers).content.decode()


def test_the_switch_stands_on_the_page_in_both_languages_and_leads_back_to_it(
    zaanstad: Community, client: Client
) -> None:
    page = client.get("/prikbord?soort=aanbod").content.decode()

    assert '<b lang="nl" aria-current="true">Nederlands</b>' in page
    assert re.search(r'<button [^>]*name="language" value="en" lang="en"[^>]*>English</button>', page)
    assert '<input type="hidden" name="next" value="/prikbord?soort=aanbod">' in page

    client.post("/taal", {"language": "en", "next": "/prikbord"})
    page = client.get("/prikbord").content.decode()
    assert '<b lang="en" aria-current="true">English</b>' in page
    assert re.search(r'<button [^>]*value="nl" lang="nl"[^>]*>Nederlands</button>', page)


def test_a_choice_stays_wins_from_the_browser_and_returns_to_the_page(zaanstad: Community, client: Client) -> None:
    answer = client.post("/taal", {"language": "nl", "next": "/prikbord?soort=aanbod"}, headers=ENGLISH)

    assert (answer.status_code, answer["Location"]) == (302, "/prikbord?soort=aanbod")
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == ("nl", "Lax", 365 * 24 * 3600)
    assert '<html lang="nl"' in client.get("/", headers=ENGLISH).content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "http:///evil.example", "javascript:alert(1)"]
)
def test_the_switch_leads_to_no_other_site(zaanstad: Community, client: Client, elsewhere: str) -> None:
    answer = client.post("/taal", {"language": "en", "next": elsewhere}, headers={"referer": "https://evil.example/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("unknown", ["fi", "../nl", "x" * 500, ""])
def test_a_language_we_do_not_have_leaves_the_page_dutch(zaanstad: Community, client: Client, unknown: str) -> None:
    client.post("/taal", {"language": unknown, "next": "/"})

    assert '<html lang="nl"' in client.get("/").content.decode()


def test_looking_at_the_address_changes_nothing_and_a_foreign_form_is_refused(zaanstad: Community) -> None:
    client = Client(enforce_csrf_checks=True)

    assert settings.LANGUAGE_COOKIE_NAME not in client.get("/taal?language=en&next=/").cookies
    assert client.post("/taal", {"language": "en"}).status_code == 403


def test_mail_comes_in_the_readers_language_whatever_page_it_was_sent_from(
    anna: Resident, bilal: Resident, client_for: ClientFor
) -> None:
    post = make_post(author=anna)
    place = make_engagement(post=post, helper=bilal)
    make_conversation(post=post, helper=bilal)
    facts = {"engagement": place.pk}
    by_mail = make_delivery(resident=anna, kind="place_reserved", facts=facts, channel="email")
    make_delivery(resident=anna, kind="place_reserved", facts=facts)

    with translation.override("en"):
        assert send_delivery(by_mail.pk)

    assert mail.outbox[0].subject == "Bilal zei ja"
    assert "Hoi Anna" in str(mail.outbox[0].body)
    assert "Bilal said yes" in client_for(anna).get("/meldingen", headers=ENGLISH).content.decode()
    assert "Bilal zei ja" in client_for(anna).get("/meldingen").content.decode()


def test_an_account_goes_with_the_word_in_either_language(zaanstad: Community) -> None:
    with translation.override("en"):
        assert EraseForm({"word": "Delete"}).is_valid()
        assert EraseForm({"word": "verwijderen"}).is_valid()
        assert not EraseForm({"word": "remove"}).is_valid()
    assert not EraseForm({"word": "delete"}).is_valid()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("typed", ["2026-12-05", "5-12-2026", "5/12/2026"])
def test_a_typed_day_is_the_same_day_in_every_language(language: str, typed: str) -> None:
    with translation.override(language):
        for form, name in ((ProposalForm, "day"), (PreferencesForm, "paused_until"), (PlanForm, "day")):
            assert form.base_fields[name].clean(typed) == date(2026, 12, 5)


def test_the_page_of_a_broken_server_says_which_language_it_speaks() -> None:
    with translation.override("en"):
        page = render_to_string("500.html")

    assert '<html lang="en"' in page
    assert "Something went wrong on our side" in page
