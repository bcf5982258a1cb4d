"""The broker's desk: asks without a yes, with consent only, and people who may be asked after all."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from buurt.moderation.models import Report
from buurt.residents.models import Block, Resident
from chat.models import Conversation
from matching.models import Invitation, Search
from posts.drafts import PostDraft
from posts.models import Post
from posts.services import publish_post
from tests.conftest import ClientFor, RunJobs
from tests.factories.matching import make_search
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(anna: Resident) -> Post:
    made = make_post(author=anna, title="Wie rijdt mij?", published_at=timezone.now() - timedelta(days=2))
    Post.objects.filter(pk=made.pk).update(broker_consent=True)
    make_search(post=made, state=Search.State.BROKER)
    return made


def test_desk_is_for_brokers_only(
    client_for: ClientFor, fatma: Resident, dirk: Resident, bilal: Resident, post: Post
) -> None:
    for address in ("/makelaar", f"/makelaar/{post.public_id}"):
        assert Client().get(address).status_code == 404
        assert client_for(bilal).get(address).status_code == 404
        assert client_for(dirk).get(address).status_code == 404
        assert client_for(fatma).get(address).status_code == 200


def test_desk_shows_only_with_consent_and_open(client_for: ClientFor, fatma: Resident, post: Post) -> None:
    assert "Wie rijdt mij?" in client_for(fatma).get("/makelaar").content.decode()

    for changes in ({"broker_consent": False}, {"state": "paused"}, {"hidden_at": timezone.now()}):
        kept = Post.objects.values(*changes).get(pk=post.pk)
        Post.objects.filter(pk=post.pk).update(**changes)
        assert "Wie rijdt mij?" not in client_for(fatma).get("/makelaar").content.decode()
        assert client_for(fatma).get(f"/makelaar/{post.public_id}").status_code == 404
        Post.objects.filter(pk=post.pk).update(**kept)


def test_desk_shows_asks_long_under_way(client_for: ClientFor, fatma: Resident, post: Post) -> None:
    Search.objects.update(state=Search.State.RUNNING, started_at=timezone.now() - timedelta(hours=3))
    assert "Wie rijdt mij?" not in client_for(fatma).get("/makelaar").content.decode()

    Search.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert "Wie rijdt mij?" in client_for(fatma).get("/makelaar").content.decode()


def test_broker_asks_somebody_once_even_outside_their_budget(
    client_for: ClientFor, fatma: Resident, bilal: Resident, post: Post
) -> None:
    bilal.help_preferences.distance_km = 1
    bilal.help_preferences.save()
    client, address = client_for(fatma), f"/makelaar/{post.public_id}"
    assert "verder weg dan deze buur wil" in client.get(address).content.decode()

    for _ in range(2):
        client.post(address, {"helper": bilal.public_id})

    assert Invitation.objects.get().helper == bilal
    assert "Vraag deze buur" not in client.get(address).content.decode()


def test_broker_cannot_bring_a_blocked_pair_together(
    client_for: ClientFor, fatma: Resident, bilal: Resident, anna: Resident, post: Post
) -> None:
    Block.objects.create(blocker=anna, blocked=bilal)

    client_for(fatma).post(f"/makelaar/{post.public_id}", {"helper": bilal.public_id})

    assert Invitation.objects.count() == 0


def test_broker_cannot_ask_somebody_elsewhere(
    client_for: ClientFor, fatma: Resident, carla: Resident, post: Post
) -> None:
    response = client_for(fatma).post(f"/makelaar/{post.public_id}", {"helper": carla.public_id})

    assert response.status_code == 404
    assert Invitation.objects.count() == 0


def test_ask_for_the_team_reaches_the_desk_and_nobody_else(
    client_for: ClientFor, fatma: Resident, dirk: Resident, bilal: Resident, anna: Resident, run_jobs: RunJobs
) -> None:
    draft = PostDraft(
        kind="ask",
        category="other",
        text="Thuis gaat het niet goed.",
        visibility="quiet",
        broker_consent=True,
        hold=True,
    )
    post = publish_post(by=anna, draft=draft)
    run_jobs()

    assert Invitation.objects.count() == 0
    assert Report.objects.count() == 0
    assert "Thuis gaat het niet goed" in client_for(fatma).get("/makelaar").content.decode()
    for other in (dirk, bilal):
        assert client_for(other).get(f"/prikbord/{post.public_id}").status_code == 404
        assert client_for(other).post(f"/makelaar/{post.public_id}/gesprek").status_code == 404

    response = client_for(fatma).post(f"/makelaar/{post.public_id}/gesprek")

    talk = Conversation.objects.get()
    assert response["Location"] == f"/gesprekken/{talk.public_id}"
    assert client_for(fatma).get(response["Location"]).status_code == 200
    assert client_for(anna).get(response["Location"]).status_code == 200
    assert client_for(dirk).get(response["Location"]).status_code == 404


def test_desk_talk_is_only_for_who_asked_for_the_team(client_for: ClientFor, fatma: Resident, post: Post) -> None:
    assert client_for(fatma).post(f"/makelaar/{post.public_id}/gesprek").status_code == 404
    assert Conversation.objects.count() == 0
