"""Across a municipal border whose areas share their helpers: reading and answering from the page of an ask."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.borders import share_areas, unshare_areas
from buurt.communities.models import Area, Community
from buurt.residents.models import Block, HelpPreferences, Resident
from chat.models import Conversation
from posts.models import Engagement, Post
from tests.conftest import ClientFor
from tests.factories.matching import make_invitation
from tests.factories.posts import make_post
from tests.factories.residents import make_resident
from tests.integration.posts.asking import shown, write_words

pytestmark = pytest.mark.django_db
BOARD = "/prikbord"


def test_helper_over_a_shared_border_answers_from_the_page(
    client_for: ClientFor, carla: Resident, anna: Resident
) -> None:
    post = make_post(author=anna)
    page, answer = (reverse(name, args=[post.public_id]) for name in ("posts:detail", "matching:answer_post"))
    own_area, quiet = make_post(author=anna, reach=Post.Reach.AREA), make_post(author=anna, visibility="quiet")
    client = client_for(carla)
    assert client.get(page).status_code == 404
    share_areas(by=None, one=post.area, other=Area.objects.get(slug="haarlem-centrum"))

    shown = client.get(page).content.decode()
    assert post.text in shown
    assert "Ja, dat doe ik" in shown
    for other in (own_area, quiet):
        assert client.get(reverse("posts:detail", args=[other.public_id])).status_code == 404
        assert (
            client.post(reverse("matching:answer_post", args=[other.public_id]), {"answer": "yes"}).status_code == 404
        )
    said = client.post(answer, {"answer": "yes"})
    assert said["Location"] == reverse("chat:conversation", args=[Conversation.objects.get().public_id])
    assert client.get(said["Location"]).status_code == 200
    Block.objects.create(blocker=anna, blocked=carla)
    assert client.get(page).status_code == 404


def _shared() -> None:
    share_areas(by=None, one=Area.objects.get(slug="krommenie"), other=Area.objects.get(slug="haarlem-centrum"))


@pytest.mark.parametrize(("kind", "address"), [("ask", BOARD), ("offer", f"{BOARD}?wat=aanbod")])
def test_board_lists_what_neighbours_over_a_shared_border_ask_and_offer(
    client_for: ClientFor, carla: Resident, anna: Resident, kind: str, address: str
) -> None:
    post = make_post(author=anna, kind=kind, title="Van over de grens")
    client = client_for(carla)
    assert "Van over de grens" not in shown(client, address)

    _shared()

    page = shown(client, address)
    assert "Van over de grens" in page
    assert "Krommenie in gemeente Zaanstad, verder weg" in page
    assert "in Haarlem en net over de grens" in page
    assert "in gemeente Zaanstad" in shown(client, reverse("posts:detail", args=[post.public_id]))
    # On the side where it was asked nothing is marked.
    assert "gemeente Zaanstad" not in shown(client_for(anna), address)


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": "quiet"},
        {"visibility": "circle"},
        {"reach": "area"},
        {"state": "paused"},
        {"state": "held"},
        {"hidden_at": timezone.now()},
    ],
)
def test_board_lists_nothing_else_of_theirs(
    client_for: ClientFor, carla: Resident, anna: Resident, hidden: dict[str, Any]
) -> None:
    _shared()
    make_post(author=anna, title="Van over de grens", **hidden)

    for address in (BOARD, "/prikbord/kaart", "/helpen"):
        assert "Van over de grens" not in shown(client_for(carla), address)


def test_only_the_two_areas_share(
    client_for: ClientFor, carla: Resident, anna: Resident, zaanstad: Community, haarlem: Community
) -> None:
    _shared()
    make_post(author=make_resident(community=zaanstad, postcode="1501"), title="Uit Zaandam")
    make_post(author=anna, title="Uit Krommenie")
    elsewhere = make_resident(community=haarlem, postcode="2033")

    assert "Uit Zaandam" not in shown(client_for(carla), BOARD)
    assert "Uit Krommenie" not in shown(client_for(elsewhere), BOARD)


def test_visitors_and_the_choice_of_an_area_stay_on_this_side(
    client_for: ClientFor, carla: Resident, anna: Resident
) -> None:
    _shared()
    make_post(author=anna, title="Uit Krommenie", category="garden")

    visitor = Client(headers={"host": "haarlem.example"}).get(BOARD).content.decode()
    assert "Krommenie" not in visitor
    assert "net over de grens" not in visitor
    for area in ("haarlem-centrum", "krommenie"):
        page = shown(client_for(carla), f"{BOARD}?buurt={area}")
        assert "Uit Krommenie" not in page
        assert "net over de grens" not in page


def test_blocked_neighbours_do_not_meet_over_the_border(client_for: ClientFor, carla: Resident, anna: Resident) -> None:
    _shared()
    make_post(author=anna, title="Uit Krommenie")
    Block.objects.create(blocker=anna, blocked=carla)

    assert "Uit Krommenie" not in shown(client_for(carla), BOARD)


def test_map_and_helping_page_know_them_too(client_for: ClientFor, carla: Resident, anna: Resident) -> None:
    _shared()
    make_post(author=anna, title="Uit Krommenie", category="transport")
    client = client_for(carla)

    assert "Uit Krommenie" in shown(client, "/prikbord/kaart")
    assert "Uit Krommenie" not in shown(client, "/helpen")  # further than the three kilometres she chose
    HelpPreferences.objects.filter(resident=carla).update(distance_km=25)
    page = shown(client, "/helpen")
    assert "Uit Krommenie" in page
    assert "in gemeente Zaanstad" in page


def test_an_offer_over_the_border_is_answered(client_for: ClientFor, carla: Resident, anna: Resident) -> None:
    _shared()
    offer = make_post(author=anna, kind=Post.Kind.OFFER, category="cooking")

    said = client_for(carla).post(reverse("matching:answer_post", args=[offer.public_id]), {"answer": "yes"})

    assert said["Location"] == reverse("chat:conversation", args=[Conversation.objects.get().public_id])


@pytest.mark.parametrize("rows", [3, 40])
def test_board_over_the_border_is_paged_and_always_eight_queries(
    client_for: ClientFor, carla: Resident, anna: Resident, django_assert_max_num_queries: Any, rows: int
) -> None:
    _shared()
    for number in range(rows):
        make_post(author=anna if number % 2 else carla, category="pets")
    client = client_for(carla)

    with django_assert_max_num_queries(8):
        page = shown(client, f"{BOARD}?soort=pets")

    assert page.count("<article") == min(rows, 20)
    assert "in gemeente Zaanstad" in page
    if rows > 20:
        assert "Bladzijde 1 van 2" in page


def test_who_asks_reads_how_far_it_goes(client_for: ClientFor, anna: Resident, haarlem: Community) -> None:
    client = client_for(anna)
    words = "als jouw wijk met een buurgemeente deelt"
    assert words not in shown(client, write_words(client))

    _shared()

    assert words in shown(client, write_words(client))


def test_what_was_agreed_goes_on_when_the_sharing_ends(
    client_for: ClientFor, carla: Resident, anna: Resident, haarlem: Community
) -> None:
    _shared()
    post, other = make_post(author=anna, title="Van over de grens"), make_post(author=anna)
    client = client_for(carla)
    talk = client.post(reverse("matching:answer_post", args=[post.public_id]), {"answer": "yes"})["Location"]
    invited = make_invitation(post=other, helper=carla)

    unshare_areas(by=None, one=post.area, other=Area.objects.get(slug="haarlem-centrum"))

    assert client.post(talk, {"text": "Tot dinsdag!"}).status_code == 302
    assert "Tot dinsdag!" in shown(client_for(anna), talk)
    assert "Van over de grens" not in shown(client, BOARD)
    # Who was only asked takes no place any more.
    address = reverse("matching:invitation", args=[invited.public_id])
    client.post(address, {"answer": "yes"})
    assert not Engagement.objects.filter(slot__post=other).exists()
