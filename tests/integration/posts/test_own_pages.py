"""The own list, "Zo staat het ervoor", changing a post, and what one button does."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.models import Post
from posts.timeline import Line
from tests.conftest import ClientFor
from tests.factories.posts import make_engagement, make_post
from tests.integration.posts.asking import send, shown, write_plan

ACTS = ("pause", "resume", "renew", "close", "withdraw", "copy")
PAGES = ("status", "edit", *ACTS)


def to(name: str, post: Post) -> str:
    return reverse(f"posts:{name}", args=[post.public_id])


def state_of(post: Post) -> str:
    return Post.objects.values_list("state", flat=True).get(pk=post.pk)


class TestOwnList:
    """ "Mijn vragen en aanbod"."""

    def test_own_posts_with_their_state(self, client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
        make_post(author=anna, title="Nog open")
        make_post(author=anna, title="Al klaar", state="closed")
        make_post(author=bilal, title="Van een ander")

        page = shown(client_for(anna), reverse("posts:mine"))

        assert "Nog open" in page
        assert "zoekt nog iemand" in page
        assert "afgerond" in page
        assert "Van een ander" not in page

    def test_twenty_on_a_page_in_few_queries(
        self, client_for: ClientFor, anna: Resident, django_assert_max_num_queries: Any
    ) -> None:
        for _each in range(25):
            make_post(author=anna)
        client = client_for(anna)

        with django_assert_max_num_queries(8):
            first = shown(client, reverse("posts:mine"))
        second = shown(client, reverse("posts:mine") + "?page=2")

        assert (first.count("<article"), second.count("<article")) == (20, 5)

    def test_empty_list_invites(self, client_for: ClientFor, anna: Resident) -> None:
        assert "Je hebt nog niets gevraagd of aangeboden" in shown(client_for(anna), reverse("posts:mine"))

    def test_visitor_logs_in_first(self, client: Client, zaanstad: Community) -> None:
        response = client.get(reverse("posts:mine"))

        assert urlsplit(response["Location"]).path == reverse("account_login")


class TestHowItStands:
    """ "Zo staat het ervoor"."""

    def test_story_moment_and_own_words(self, client_for: ClientFor, anna: Resident) -> None:
        post = make_post(author=anna, title="Naar de huisarts", text="Om <i>tien</i> uur", timing="soon")

        page = shown(client_for(anna), to("status", post))

        assert "Naar de huisarts" in page
        assert "zo snel mogelijk" in page
        assert "Om &lt;i&gt;tien&lt;/i&gt; uur" in page
        assert "b-timeline" in page
        assert "Ik heb geen hulp meer nodig" in page
        assert "Lift in Krommenie" in page, "what visitors see is told"

    def test_lines_and_panels_of_upper_rooms(
        self, client_for: ClientFor, anna: Resident, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from posts import panels, timeline

        soon = timezone.now() + timedelta(minutes=90)
        monkeypatch.setattr(timeline, "_sources", [lambda post, now: [Line("next", "clock", "Straks meer", at=soon)]])
        monkeypatch.setattr(
            panels, "_panels", {"status": [(1, lambda r, p: "STATUS")], "aside": [(1, lambda r, p: "ASIDE")]}
        )

        page = shown(client_for(anna), to("status", make_post(author=anna)))

        assert "Straks meer" in page
        assert "STATUS" in page
        assert "ASIDE" in page

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"state": "paused"}, "Ga weer verder"),
            ({"state": "held"}, "Iemand van het team leest het eerst."),
            ({"state": "expired"}, "Laat langer staan"),
            ({"state": "closed"}, "Vraag dit opnieuw"),
            ({"hidden_at": timezone.now()}, "Een moderator heeft dit verborgen."),
        ],
    )
    def test_each_state_says_what_can_be_done(
        self, client_for: ClientFor, anna: Resident, fields: dict[str, Any], words: str
    ) -> None:
        assert words in shown(client_for(anna), to("status", make_post(author=anna, **fields)))

    def test_found_is_said(self, client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
        post = make_post(author=anna)
        make_engagement(post=post, helper=bilal)

        page = shown(client_for(anna), to("status", post))

        assert "zoekt nog iemand" not in page
        assert "gevonden" in page

    def test_fifteen_queries(
        self, client_for: ClientFor, anna: Resident, bilal: Resident, django_assert_max_num_queries: Any
    ) -> None:
        post = make_post(author=anna)
        make_engagement(post=post, helper=bilal)
        client = client_for(anna)

        with django_assert_max_num_queries(15):
            shown(client, to("status", post))


@pytest.mark.parametrize("name", PAGES)
def test_others_find_nothing(
    client_for: ClientFor, anna: Resident, bilal: Resident, carla: Resident, name: str
) -> None:
    post = make_post(author=anna)
    before = state_of(post)

    for stranger in (bilal, carla):
        client = client_for(stranger)
        for answer in (client.get(to(name, post)), client.post(to(name, post), {"zeker": "ja"})):
            assert answer.status_code in {404, 405}

    assert client_for(bilal).post(to("close", post), {"zeker": "ja"}).status_code == 404
    assert state_of(post) == before


@pytest.mark.parametrize("name", PAGES)
def test_visitors_log_in_first(client: Client, anna: Resident, name: str) -> None:
    post = make_post(author=anna)

    response = client.post(to(name, post), {"zeker": "ja"})

    assert urlsplit(response["Location"]).path == reverse("account_login")
    assert state_of(post) == Post.State.OPEN


@pytest.mark.parametrize("name", [name for name in ACTS if name != "renew"])
def test_acts_need_a_post(client_for: ClientFor, anna: Resident, name: str) -> None:
    assert client_for(anna).get(to(name, make_post(author=anna))).status_code == 405


class TestActs:
    """One button each; what cannot be undone asks once more; being too late is said honestly."""

    def test_pause_and_go_on(self, client_for: ClientFor, anna: Resident) -> None:
        client, post = client_for(anna), make_post(author=anna)

        paused = client.post(to("pause", post), follow=True).content.decode()
        assert state_of(post) == Post.State.PAUSED
        resumed = client.post(to("resume", post), follow=True).content.decode()

        assert "Met “Ga weer verder” zet je het weer aan." in paused
        assert "Het staat weer open." in resumed
        assert state_of(post) == Post.State.OPEN

    @pytest.mark.parametrize(("name", "state"), [("close", "closed"), ("withdraw", "withdrawn")])
    def test_ending_asks_once_more(self, client_for: ClientFor, anna: Resident, name: str, state: str) -> None:
        client, post = client_for(anna), make_post(author=anna)

        question = client.post(to(name, post))
        assert state_of(post) == Post.State.OPEN
        client.post(to(name, post), {"zeker": "ja"})

        assert "Dit kun je niet terugdraaien." in question.content.decode()
        assert state_of(post) == state

    @pytest.mark.parametrize(
        ("name", "state"),
        [("pause", "closed"), ("resume", "open"), ("close", "withdrawn"), ("withdraw", "closed"), ("renew", "closed")],
    )
    def test_too_late_is_said_honestly(self, client_for: ClientFor, anna: Resident, name: str, state: str) -> None:
        post = make_post(author=anna, state=state)

        page = client_for(anna).post(to(name, post), {"zeker": "ja"}, follow=True).content.decode()

        assert "Dat kon niet meer" in page
        assert state_of(post) == state

    def test_held_post_is_only_withdrawn(self, client_for: ClientFor, anna: Resident) -> None:
        client, post = client_for(anna), make_post(author=anna, state="held")

        page = client.post(to("withdraw", post)).content.decode()
        client.post(to("withdraw", post), {"zeker": "ja"})

        assert "Het is al geregeld" not in page
        assert state_of(post) == Post.State.WITHDRAWN

    def test_renewing_by_the_link_in_the_mail(self, client_for: ClientFor, anna: Resident) -> None:
        client, post = client_for(anna), make_post(author=anna, state="expired", expires_at=timezone.now())

        page = shown(client, to("renew", post))
        assert state_of(post) == Post.State.EXPIRED, "looking changes nothing"
        client.post(to("renew", post), {"zeker": "ja"})

        renewed = Post.objects.get(pk=post.pk)
        assert "Ja, laat het staan" in page
        assert renewed.state == Post.State.OPEN
        assert renewed.expires_at is not None
        assert renewed.expires_at > timezone.now() + timedelta(days=20)

    def test_copy_starts_a_new_ask(self, client_for: ClientFor, anna: Resident) -> None:
        client, post = client_for(anna), make_post(author=anna, state="closed", text="Wie rijdt mij weer?")

        first = client.post(to("copy", post))["Location"]
        page = shown(client, first)
        key = first.split("k=")[1]
        second = client.post(reverse("posts:ask"), {"text": "Wie rijdt mij nog eens?", "k": key})["Location"]
        send(client, write_plan(client, second))

        assert "Wie rijdt mij weer?" in page
        assert Post.objects.count() == 2
        assert state_of(post) == Post.State.CLOSED
