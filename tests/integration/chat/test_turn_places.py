"""The places of a weekly circle in its roster: what is asked about them when, and how few queries that takes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from buurt.residents.models import Resident
from chat import services
from chat.access import talk_for
from chat.models import Conversation
from chat.roster import roster_of
from posts.models import Post
from posts.services import reserve_place
from tests.conftest import ClientFor

# A Thursday; the next Tuesday is five days away.
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def _thursday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def talk(weekly: Post, bilal: Resident, els: Resident) -> Conversation:
    """Return the circle, in which both helpers agreed."""
    for helper in (bilal, els):
        place = reserve_place(helper=helper, post=weekly)
        assert place is not None
        talk = services.open_conversation(post=weekly, helper=helper)
        services.agree(by=helper, conversation=talk, engagement_id=place.pk)
    return Conversation.objects.get()


def test_it_is_not_asked_whether_it_went_well_before_the_first_day_came(
    client_for: ClientFor, talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    for day, is_asked in ((0, False), (4, False), (5, True), (12, True)):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            for reader in (anna, bilal):
                page = client_for(reader).get(reverse("chat:conversation", args=[talk.public_id])).content.decode()
                assert ("Het is gelukt" in page) == is_asked


def test_more_helpers_take_no_more_queries(
    talk: Conversation,
    anna: Resident,
    bilal: Resident,
    els: Resident,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    mine = talk_for(anna, talk.public_id)
    assert mine.conversation.post.timing == Post.Timing.WEEKLY  # read already
    with django_assert_num_queries(2):
        assert sum(bool(place.may_say_outcome or place.key) for place in roster_of(mine, now=NOW)) == 2
