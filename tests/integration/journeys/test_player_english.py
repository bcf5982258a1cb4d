"""The player in English: pages and lists in English, letters to Dutch offices in Dutch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from buurt.communities.models import Community
from tests.integration.journeys.walking import LIGHT, journey, main_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(zaanstad: Community) -> Client:
    """Return somebody who is not logged in."""
    return Client()


# -- In English -----------------------------------------------------------------------------------------------------


@pytest.fixture
def english(visitor: Client) -> Iterator[Client]:
    """Return a visitor who reads English; the tests after this one read Dutch again."""
    visitor.cookies["django_language"] = "en"
    with translation.override("nl"):
        yield visitor


def test_english_page_speaks_english(english: Client) -> None:
    assert "Money worries or a pile of post" in main_of(english.get("/wegwijzer"))
    assert "I no longer open my post." in main_of(english.get("/wegwijzer/geld-en-post"))

    result = main_of(english.get(walk(english, journey("geld-en-post"), LIGHT)))

    assert "A neighbour who helps sorting" in result
    assert "“How is your post going?”" in result
    assert 'lang="en"' in result
    assert '<p lang="nl"' not in result
    assert '<h3 class="b-door__title" lang="nl"' not in result


def test_english_list_speaks_english_and_its_letter_dutch(english: Client) -> None:
    assert "Three piles" in main_of(english.get("/wegwijzer/lijst/drie-stapels"))
    letter = main_of(english.get("/wegwijzer/lijst/brief-regeling"))
    assert "Your name" in letter
    assert "Beste mevrouw, meneer," in letter
