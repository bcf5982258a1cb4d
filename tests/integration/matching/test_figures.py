"""Figures that point at nobody; and the pages that explain: how we choose, why these people, the honest note."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buurt.communities.categories import Category
from buurt.communities.models import Community
from buurt.residents.models import HelpPreferences, Resident
from matching.figures import figures, gini, rounded
from matching.models import HelperFactor, Invitation, Search
from matching.services import start_search, sweep_waves
from matching.story import search_lines, spoken_choices
from notifications.access import in_words, notices_of
from posts.models import Post, Slot
from tests.conftest import ClientFor
from tests.factories.matching import make_invitation, make_rules, make_search, make_wave
from tests.factories.notifications import make_delivery
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_helper, make_resident

pytestmark = pytest.mark.django_db


def _asks(community: Community, count: int, *, filled: int, category: str = "transport") -> None:
    helper = make_resident(community=community)
    for number in range(count):
        at = timezone.now() - timedelta(days=5)
        post = make_post(author=make_resident(community=community), category=category, published_at=at)
        if number < filled:
            make_engagement(helper=helper, post=post, reserved_at=at + timedelta(hours=4))


@pytest.mark.parametrize(("asks", "shown"), [(9, None), (10, 10), (12, 10), (13, 15)])
def test_counts_need_ten_people_and_are_rounded(zaanstad: Community, asks: int, shown: int | None) -> None:
    _asks(zaanstad, asks, filled=5)

    assert figures(zaanstad, now=timezone.now())["whole"].asks == shown


def test_ten_asks_of_one_person_are_not_shown(zaanstad: Community, anna: Resident) -> None:
    for _ in range(12):
        make_post(author=anna, published_at=timezone.now() - timedelta(days=5))

    assert figures(zaanstad, now=timezone.now())["whole"].asks is None


def test_shares_hours_and_messages(zaanstad: Community) -> None:
    _asks(zaanstad, 20, filled=12)
    whole = figures(zaanstad, now=timezone.now())["whole"]

    assert (whole.first_yes_of_ten, whole.filled_of_ten, whole.hours) == (6, 6, 4)
    assert whole.messages_per_fill == 0


def test_when_nearly_all_agree_the_share_is_hidden(zaanstad: Community) -> None:
    _asks(zaanstad, 20, filled=20)

    assert figures(zaanstad, now=timezone.now())["whole"].first_yes_of_ten is None


def test_a_single_hidden_row_hides_another(zaanstad: Community) -> None:
    zaanstad.categories_off = [slug for slug in Category.values if slug not in {"transport", "garden"}]
    _asks(zaanstad, 20, filled=5)
    _asks(zaanstad, 3, filled=1, category="garden")

    rows = figures(zaanstad, now=timezone.now())["kinds"]
    assert [row.asks for row in rows] == [None, None]


def test_figures_cost_the_same_however_many_asks(zaanstad: Community) -> None:
    _asks(zaanstad, 3, filled=1)
    with CaptureQueriesContext(connection) as few:
        figures(zaanstad, now=timezone.now())
    _asks(zaanstad, 20, filled=12)
    with CaptureQueriesContext(connection) as many:
        figures(zaanstad, now=timezone.now())

    assert len(many) == len(few) <= 13


def test_figures_page_is_for_broker_and_manager(
    client: Client, client_for: ClientFor, anna: Resident, fatma: Resident, zaanstad: Community
) -> None:
    assert client.get("/makelaar/cijfers").status_code == 404
    assert client_for(anna).get("/makelaar/cijfers").status_code == 404
    page = client_for(fatma).get("/makelaar/cijfers").content.decode()
    assert "minder dan 10" in page


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30))
def test_gini_lies_between_nothing_and_one(counts: list[int]) -> None:
    assert 0 <= gini(counts) <= 1


def test_gini_of_known_spreads() -> None:
    assert gini([2, 2, 2, 2]) == 0
    assert gini([0, 0, 0, 8]) == 0.75
    assert (rounded(12), rounded(13)) == (10, 15)


def test_status_tells_whom_we_asked_what_travels_and_when_we_ask_more(zaanstad: Community, anna: Resident) -> None:
    make_rules(community=zaanstad)
    for _ in range(5):
        make_helper(community=zaanstad)
    post, now = make_post(author=anna), timezone.now()
    start_search(post=post, now=now)
    sweep_waves(now=now)
    other = make_invitation(post=make_post(author=anna), helper=make_helper(community=zaanstad))
    along = make_invitation(post=post, helper=other.helper, wave=make_wave(search=make_search(post=other.post)))
    Invitation.objects.filter(pk=along.pk).update(carried_by=other)

    titles = [line.title for line in search_lines(post, now)]
    assert titles[0] == "We vroegen 3 buren die passen"
    assert "Je vraag ging ook mee in een bericht aan 1 buur" in titles
    assert any(title.startswith("Zegt niemand ja, dan vragen we") for title in titles)
    with CaptureQueriesContext(connection) as queries:
        search_lines(post, now)
    assert len(queries) <= 3


def test_broker_reads_why_these_people_without_names(
    zaanstad: Community, anna: Resident, fatma: Resident, client_for: ClientFor
) -> None:
    make_rules(community=zaanstad)
    helpers = [make_helper(community=zaanstad, name=f"Helper{number}") for number in range(5)]
    post = make_post(author=anna, published_at=timezone.now() - timedelta(days=3))
    Post.objects.filter(pk=post.pk).update(broker_consent=True)
    start_search(post=post, now=timezone.now() - timedelta(days=2))
    sweep_waves()

    [choice] = spoken_choices(Search.objects.get())
    assert choice["title"] == "Ronde 1: 3 gevraagd van 5 die passen"
    assert len(choice["asked"]) == 3  # type: ignore[arg-type]
    assert not any(helper.display_name in str(choice) for helper in helpers)
    page = client_for(fatma).get(f"/makelaar/{post.public_id}").content.decode()
    assert "Waarom vroegen we deze buren, en anderen niet?" in page


def test_how_we_choose_shows_the_own_number_and_begins_anew(
    client: Client, client_for: ClientFor, bilal: Resident
) -> None:
    assert client.get("/helpen/hoe-we-kiezen").status_code == 302
    own = client_for(bilal)
    assert "Je hebt nog geen getal." in own.get("/helpen/hoe-we-kiezen").content.decode()
    HelperFactor.objects.create(helper=bilal, factor=1.62, fitted_at=timezone.now())
    page = own.get("/helpen/hoe-we-kiezen").content.decode()
    assert "Jouw getal: 1,6" in page
    assert "1.62" in own.get("/mij/gegevens").content.decode()

    own.post("/helpen/hoe-we-kiezen")

    assert HelperFactor.objects.get(helper=bilal).factor == 1.0


def test_honest_note_after_thirty_days_without_a_fitting_ask(
    client_for: ClientFor, bilal: Resident, anna: Resident
) -> None:
    post = make_post(author=anna, category="garden")
    note = "In 30 dagen vroeg niemand dichtbij om wat jij koos: boodschappen, klusjes en lift."
    page = client_for(bilal).get("/helpen").content.decode()
    assert note not in page

    HelpPreferences.objects.update(switched_on_at=timezone.now() - timedelta(days=31))
    page = client_for(bilal).get("/helpen").content.decode()
    assert note in page
    assert "Wel vroegen buren om: tuin." in page

    Post.objects.filter(pk=post.pk).update(category="transport")
    Slot.objects.update(taken=1)
    assert note not in client_for(bilal).get("/helpen").content.decode()


def test_inbox_costs_the_same_for_one_invitation_as_for_fifteen(
    zaanstad: Community, anna: Resident, bilal: Resident
) -> None:
    counts = []
    for size in (1, 14):
        for _ in range(size):
            post = make_post(author=anna)
            state = Invitation.State.OPEN if size == 1 else Invitation.State.WITHDRAWN
            one = make_invitation(post=post, helper=bilal, wave=make_wave(search=make_search(post=post)))
            kind = "invitation" if state == Invitation.State.OPEN else "somebody_found"
            Invitation.objects.filter(pk=one.pk).update(state=state)
            make_delivery(resident=bilal, kind=kind, facts={"invitation": one.pk})
            other = make_invitation(post=make_post(author=anna), helper=bilal)
            make_delivery(resident=bilal, kind="invitation", facts={"invitation": other.pk})
        with CaptureQueriesContext(connection) as queries:
            notices = in_words(list(notices_of(bilal)[:20]))
        counts.append((len(notices), len(queries)))

    assert counts == [(2, 3), (20, 5)]
