"""What can be taken back has a button beside the notice, without JavaScript; the button gives nobody else a right."""

import html
import re

import pytest
from django.test import Client

from buurt.residents.models import Block, Resident
from chat.models import Participant
from posts.models import Post
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db


def _undo(client: Client, page: str) -> None:
    """Press "Maak ongedaan" as a browser would: with the form's own address and fields."""
    form = re.search(r'<form method="post" action="([^"]+)">((?:(?!</form>).)*Maak ongedaan)', page, re.DOTALL)
    assert form, "no button to undo"
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[2]))
    fields.pop("csrfmiddlewaretoken", None)
    assert "csrfmiddlewaretoken" in form[2]
    client.post(html.unescape(form[1]), fields)


def test_pause_is_taken_back(anna: Resident, client_for: ClientFor) -> None:
    post, client = make_post(author=anna), client_for(anna)
    page = client.post(f"/mijn/{post.public_id}/pauzeren", follow=True).content.decode()
    assert Post.objects.get().state == Post.State.PAUSED

    _undo(client, page)

    assert Post.objects.get().state == Post.State.OPEN


def test_silence_is_taken_back(anna: Resident, bilal: Resident, client_for: ClientFor) -> None:
    talk, client = make_conversation(post=make_post(author=anna), helper=bilal), client_for(anna)
    page = client.post(f"/gesprekken/{talk.public_id}/stil", {"silent": "1"}, follow=True).content.decode()
    assert Participant.objects.get(resident=anna).muted

    _undo(client, page)

    assert not Participant.objects.get(resident=anna).muted


def test_block_is_taken_back(anna: Resident, bilal: Resident, client_for: ClientFor) -> None:
    talk, client = make_conversation(post=make_post(author=anna), helper=bilal), client_for(anna)
    page = client.post(f"/gesprekken/{talk.public_id}/blokkeren", follow=True).content.decode()
    assert Block.objects.exists()

    _undo(client, page)

    assert not Block.objects.exists()


def test_other_notices_have_no_button(anna: Resident, client_for: ClientFor) -> None:
    form = {"display_name": "Anna", "about": "", "languages": ["nl"], "age_band": "18+", "language": "nl"}

    page = client_for(anna).post("/mij/profiel", form, follow=True).content.decode()

    assert "Je profiel is bewaard." in page
    assert "Maak ongedaan" not in page
