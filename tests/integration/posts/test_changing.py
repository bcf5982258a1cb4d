"""Changing a post on one page: the same fields, and what was typed stays."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.posts import make_engagement, make_post
from tests.integration.posts.asking import DANGER, PLAN, shown


def to(name: str, post: Post) -> str:
    return reverse(f"posts:{name}", args=[post.public_id])


class TestChanging:
    """The same fields on one page."""

    def change(self, client: Client, post: Post, **more: str) -> Any:
        return client.post(to("edit", post), {**PLAN, "title": "Nieuwe titel", "text": "Nieuwe tekst", **more})

    def test_page_opens_with_what_is_there(self, client_for: ClientFor, anna: Resident) -> None:
        page = shown(client_for(anna), to("edit", make_post(author=anna, title="Oude titel", text="Oude tekst")))

        assert 'value="Oude titel"' in page
        assert "Oude tekst" in page

    def test_change_is_saved(self, client_for: ClientFor, anna: Resident) -> None:
        post = make_post(author=anna)

        response = self.change(client_for(anna), post, category="garden", visibility="quiet")

        changed = Post.objects.get(pk=post.pk)
        assert response["Location"] == to("status", post)
        assert (changed.title, changed.text) == ("Nieuwe titel", "Nieuwe tekst")
        assert (changed.category, changed.visibility) == ("garden", "quiet")

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"text": ""}, "Schrijf in een paar woorden waar het om gaat."),
            ({"title": "  "}, "Schrijf een korte titel."),
            ({"title": "x" * 81}, "Je tekst is te lang: 81 tekens. Er passen er 80."),
            ({"text": "y" * 100_000}, "Je tekst is te lang: 100.000 tekens."),
            ({"timing": "day", "day": "2020-01-01"}, "Die dag is al voorbij."),
            ({"category": "goud"}, "Deze soort hulp kennen we niet."),
        ],
    )
    def test_refusal_keeps_what_was_typed(
        self, client_for: ClientFor, anna: Resident, typed: dict[str, str], words: str
    ) -> None:
        post = make_post(author=anna, title="Oude titel")

        page = self.change(client_for(anna), post, **{"text": "Mijn nieuwe zin", **typed}).content.decode()

        assert words in page
        assert typed.get("text", "Mijn nieuwe zin") in page
        assert Post.objects.get(pk=post.pk).title == "Oude titel"

    def test_fewer_places_than_helpers(
        self, client_for: ClientFor, anna: Resident, bilal: Resident, dirk: Resident
    ) -> None:
        post = make_post(author=anna, places=2)
        make_engagement(post=post, helper=bilal)
        make_engagement(post=post, helper=dirk)

        page = self.change(client_for(anna), post, places="1").content.decode()

        assert "Er doen al meer mensen mee." in page

    def test_words_of_danger_ask_for_a_second_choice(self, client_for: ClientFor, anna: Resident) -> None:
        client, post = client_for(anna), make_post(author=anna, text="Oud")

        page = self.change(client, post, text=DANGER).content.decode()
        assert Post.objects.get(pk=post.pk).text == "Oud"
        self.change(client, post, text=DANGER, danger_choice="neighbours")

        assert "tel:112" in page
        assert "nog niet bewaard" in page
        assert Post.objects.get(pk=post.pk).text == DANGER

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_ended_post_is_not_changed(self, client_for: ClientFor, anna: Resident, method: str) -> None:
        post = make_post(author=anna, state="closed")

        response = getattr(client_for(anna), method)(to("edit", post), {"title": "x"}, follow=True)

        assert "Dit bericht is afgelopen." in response.content.decode()
