"""The front page: one question above everything, and no figure that is not real."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_resident
from tests.integration.posts.asking import LIFT, shown


def test_ask_box_leads_to_the_ask(client: Client, zaanstad: Community) -> None:
    page = shown(client, reverse("pages:front"))

    response = client.post(reverse("posts:ask"), {"text": LIFT})

    assert "Waar kun je hulp bij gebruiken?" in page
    assert f'action="{reverse("posts:ask")}"' in page
    assert reverse("posts:ask_when") in response["Location"]


def test_three_newest_asks_are_shown_without_words(client: Client, anna: Resident) -> None:
    for category in ("garden", "transport", "admin", "pets"):
        make_post(author=anna, category=category, title="Mijn geheim", text="Mijn verhaal")
    make_post(author=anna, kind=Post.Kind.OFFER, category="cooking")

    page = shown(client, reverse("pages:front"))

    assert "Nu gevraagd in Zaanstad" in page
    assert "Hulp met dieren in Krommenie" in page
    assert "Post en papieren in Krommenie" in page
    assert "Lift in Krommenie" in page
    assert "Tuin in Krommenie" not in page
    assert "geheim" not in page
    assert "verhaal" not in page


def test_residents_see_no_words_either(client_for: ClientFor, bilal: Resident, anna: Resident) -> None:
    make_post(author=anna, title="Mijn geheim")

    assert "geheim" not in shown(client_for(bilal), reverse("pages:front"))


def test_no_figures_under_the_small_number(client: Client, zaanstad: Community) -> None:
    _answered_asks(zaanstad, 9)

    page = shown(client, reverse("pages:front"))

    assert "verlichte ramen" not in page
    assert "zo lang wacht je meestal" not in page
    assert "brandt licht" not in page


def test_one_busy_asker_lights_no_window(client: Client, anna: Resident, zaanstad: Community) -> None:
    helper = make_resident(community=zaanstad)
    for _each in range(12):
        make_engagement(post=make_post(author=anna), helper=helper)

    assert "verlichte ramen" not in shown(client, reverse("pages:front"))


def test_windows_light_up_with_words_beside_them(client: Client, zaanstad: Community) -> None:
    _answered_asks(zaanstad, 13)

    page = shown(client, reverse("pages:front"))

    assert "Er brandt licht achter 15 ramen." in page, "rounded to five"
    assert "verlichte ramen" in page
    assert "5 uur" in page


def test_answers_of_last_week_light_no_window(client: Client, zaanstad: Community) -> None:
    _answered_asks(zaanstad, 12, ago=timedelta(days=9))

    page = shown(client, reverse("pages:front"))

    assert "verlichte ramen" not in page
    assert "zo lang wacht je meestal" in page


def test_other_communities_do_not_count(client: Client, zaanstad: Community, haarlem: Community) -> None:
    _answered_asks(haarlem, 12, postcode="2011")

    assert "verlichte ramen" not in shown(client, reverse("pages:front"))


def test_without_a_community_there_is_a_chooser(db: None, haarlem: Community) -> None:
    Community.objects.create(
        slug="elders", name="Elders", municipality="Elders", province="Utrecht", phone="030", phone_hours="altijd"
    )

    page = shown(Client(headers={"host": "localhost"}), reverse("pages:front"))

    assert reverse("residents:choose_community") in page
    assert "Nu gevraagd" not in page


def test_queries_do_not_grow_with_the_asks(
    client: Client, anna: Resident, django_assert_max_num_queries: object
) -> None:
    for _each in range(20):
        make_post(author=anna)

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        shown(client, reverse("pages:front"))


def _answered_asks(
    community: Community, count: int, *, ago: timedelta = timedelta(days=1), postcode: str = "1561"
) -> None:
    """Let so many different neighbours get a yes within five hours."""
    helper = make_resident(community=community, postcode=postcode)
    since = timezone.now() - ago
    for _each in range(count):
        post = make_post(author=make_resident(community=community, postcode=postcode), published_at=since)
        make_engagement(post=post, helper=helper, reserved_at=since + timedelta(hours=5))
