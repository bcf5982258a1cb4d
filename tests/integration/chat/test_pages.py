"""The list of conversations and the page of one."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from buurt.residents.models import Resident
from chat.models import Conversation, Participant
from tests.conftest import ClientFor
from tests.factories.chat import make_conversation, make_message
from tests.factories.posts import make_post


def _page(talk: Conversation) -> str:
    return reverse("chat:conversation", args=[talk.public_id])


def test_page_shows_both_sides(client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation) -> None:
    make_message(conversation=talk, sender=bilal, text="Past een rollator achterin?")
    make_message(conversation=talk, sender=anna, text="Ja, hij kan inklappen.")

    page = client_for(anna).get(_page(talk)).content.decode()

    assert "Past een rollator achterin?" in page
    assert "Ja, hij kan inklappen." in page
    assert 'over: <span dir="auto" lang="nl">Lift naar het ziekenhuis</span>' in page
    assert "bezorgd" in page
    assert "vandaag" in page
    assert "gelezen</span>" not in page


def test_opening_marks_read_and_the_sender_sees_it(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    make_message(conversation=talk, sender=bilal)

    client_for(anna).get(_page(talk))
    page = client_for(bilal).get(_page(talk)).content.decode()

    assert Participant.objects.get(conversation=talk, resident=anna).read_seq == 1
    assert "gelezen</span>" in page


@pytest.mark.parametrize("count", [2, 60])
def test_page_needs_at_most_eight_queries(
    client_for: ClientFor,
    anna: Resident,
    bilal: Resident,
    talk: Conversation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        make_message(conversation=talk, sender=bilal)
    client = client_for(anna)

    with django_assert_max_num_queries(8):  # the first time also marks read
        assert client.get(_page(talk)).status_code == 200
    with django_assert_max_num_queries(8):
        assert client.get(_page(talk)).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_list_needs_at_most_eight_queries(
    client_for: ClientFor,
    anna: Resident,
    bilal: Resident,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        make_message(conversation=make_conversation(post=make_post(author=anna), helper=bilal), sender=bilal)
    client = client_for(anna)
    client.get(reverse("chat:list"))

    with django_assert_max_num_queries(8):
        assert client.get(reverse("chat:list")).status_code == 200
