"""Across a municipal border whose areas share their helpers: reading and answering from the page of an ask."""

import pytest
from django.urls import reverse

from buurt.communities.borders import share_areas
from buurt.communities.models import Area
from buurt.residents.models import Block, Resident
from chat.models import Conversation
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db


def test_helper_over_a_shared_border_answers_from_the_page(
    client_for: ClientFor, carla: Resident, anna: Resident
) -> None:
    post = make_post(author=anna)
    page, answer = (reverse(name, args=[post.public_id]) for name in ("posts:detail", "matching:answer_post"))
    own_area, offer = make_post(author=anna, reach=Post.Reach.AREA), make_post(author=anna, kind=Post.Kind.OFFER)
    client = client_for(carla)
    assert client.get(page).status_code == 404
    share_areas(by=None, one=post.area, other=Area.objects.get(slug="haarlem-centrum"))

    shown = client.get(page).content.decode()
    assert post.text in shown
    assert "Ja, dat doe ik" in shown
    for other in (own_area, offer):
        assert client.get(reverse("posts:detail", args=[other.public_id])).status_code == 404
        assert (
            client.post(reverse("matching:answer_post", args=[other.public_id]), {"answer": "yes"}).status_code == 404
        )
    said = client.post(answer, {"answer": "yes"})
    assert said["Location"] == reverse("chat:conversation", args=[Conversation.objects.get().public_id])
    assert client.get(said["Location"]).status_code == 200
    Block.objects.create(blocker=anna, blocked=carla)
    assert client.get(page).status_code == 404
