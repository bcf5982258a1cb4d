"""The page of one post: for each reader exactly what is theirs to see."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_block
from tests.integration.posts.asking import shown


def at(post: Post) -> str:
    return reverse("posts:detail", args=[post.public_id])


def test_visitor_sees_fields_and_the_way_in(client: Client, anna: Resident) -> None:
    post = make_post(author=anna, title="Naar de oncoloog", text="Ik ben ziek")

    response = client.get(at(post))

    page = response.content.decode()
    assert "Lift in Krommenie" in page
    assert "oncoloog" not in page
    assert "ziek" not in page
    assert "Anna" not in page
    assert "Inloggen met je e-mailadres" in page
    assert f"?next={at(post).replace('/', '%2F')}" in page or f"?next={at(post)}" in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_resident_reads_words_and_name(client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, title="Naar de huisarts", text="Om <b>tien</b> uur")

    page = shown(client_for(bilal), at(post))

    assert "Naar de huisarts" in page
    assert "Om &lt;b&gt;tien&lt;/b&gt; uur" in page
    assert "Anna" in page
    assert "anna@example.org" not in page
    assert "Zo werkt een lift" in page
    assert reverse("moderation:report", args=["post", post.public_id]) in page


def test_what_is_shared_carries_kind_and_area_only(client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, title="Naar de oncoloog")

    page = shown(client_for(bilal), at(post))
    link = page.split("mailto:")[1].split('"')[0]

    assert "Lift%20in%20Krommenie" in link
    assert "oncoloog" not in link
    assert '<meta property="og:title" content="Lift in Krommenie' in page


def test_author_is_led_to_how_it_stands(client_for: ClientFor, anna: Resident) -> None:
    post = make_post(author=anna)

    page = shown(client_for(anna), at(post))

    assert "Dit is je eigen vraag" in page
    assert reverse("posts:status", args=[post.public_id]) in page


def test_code_from_paper_may_be_typed_in_small_letters(client: Client, anna: Resident) -> None:
    post = make_post(author=anna)

    assert client.get(at(post).replace(post.public_id, post.public_id.lower())).status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "paused"}, "Dit staat even stil."),
        ({"state": "closed"}, "Dit is al afgerond."),
        ({"state": "expired"}, "De tijd hiervan is om."),
    ],
)
def test_ended_post_says_so(client: Client, anna: Resident, fields: dict[str, Any], words: str) -> None:
    page = shown(client, at(make_post(author=anna, **fields)))

    assert words in page
    assert "Stuur de link door" not in page


def test_taken_place_says_so(client: Client, anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna)
    make_engagement(post=post, helper=bilal)

    assert "Er is al iemand gevonden." in shown(client, at(post))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "held"},
        {"state": "draft"},
        {"state": "withdrawn"},
        {"visibility": "quiet"},
        {"hidden_at": timezone.now()},
    ],
)
def test_what_is_not_for_others_does_not_exist(
    client_for: ClientFor, anna: Resident, bilal: Resident, fields: dict[str, Any]
) -> None:
    post = make_post(author=anna, **fields)

    assert Client().get(at(post)).status_code == 404
    assert client_for(bilal).get(at(post)).status_code == 404
    assert client_for(anna).get(at(post)).status_code == 200


def test_other_community_and_blocked_get_nothing(
    client_for: ClientFor, anna: Resident, bilal: Resident, carla: Resident
) -> None:
    post = make_post(author=anna)
    make_block(blocker=bilal, blocked=anna)

    assert client_for(carla).get(at(post)).status_code == 404
    assert client_for(bilal).get(at(post)).status_code == 404


@pytest.mark.parametrize("code", ["nergens", "22222222", "%00", "../../etc", "A" * 300])
def test_unknown_code_is_not_found(client: Client, zaanstad: Community, code: str) -> None:
    assert client.get(f"/prikbord/{code}").status_code == 404


def test_other_methods_are_refused(client: Client, anna: Resident) -> None:
    assert client.post(at(make_post(author=anna))).status_code == 405


def test_panels_of_upper_rooms_are_for_other_residents(
    client_for: ClientFor, anna: Resident, bilal: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    from posts import panels

    monkeypatch.setattr(panels, "_panels", {"actions": [(1, lambda request, post: "ACT")]})
    post = make_post(author=anna)

    assert "ACT" in shown(client_for(bilal), at(post))
    assert "ACT" not in shown(client_for(anna), at(post))
    assert "ACT" not in shown(Client(), at(post))
