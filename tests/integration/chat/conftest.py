"""Anna's ask, Bilal's yes and their conversation; for circles another helper, and an ask for three evenings."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat.models import Conversation
from posts.models import Engagement, Post, Slot
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_resident

TUESDAY = 1


@pytest.fixture
def ask(anna: Resident) -> Post:
    """Return Anna's open ask for a lift."""
    return make_post(author=anna, title="Lift naar het ziekenhuis")


@pytest.fixture
def place(ask: Post, bilal: Resident) -> Engagement:
    """Return the place Bilal reserved by his yes."""
    return make_engagement(helper=bilal, post=ask)


@pytest.fixture
def talk(ask: Post, bilal: Resident, place: Engagement) -> Conversation:
    """Return the conversation of the two."""
    return make_conversation(post=ask, helper=bilal)


@pytest.fixture
def els(zaanstad: Community) -> Resident:
    """Return another helper."""
    return make_resident(community=zaanstad, name="Els", email="els@example.org", postcode="1561")


@pytest.fixture
def rota(anna: Resident) -> Post:
    """Return Anna's ask for a meal on three evenings."""
    post = make_post(author=anna, title="Eten op drie avonden")
    post.slots.all().delete()
    first = localtime().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=2)
    Slot.objects.bulk_create([Slot(post=post, starts_at=first + timedelta(days=day)) for day in range(3)])
    return post


@pytest.fixture
def weekly(anna: Resident) -> Post:
    """Return Anna's ask for every Tuesday, with places for three who take turns."""
    post = make_post(author=anna, timing=Post.Timing.WEEKLY, places=3)
    Post.objects.filter(pk=post.pk).update(weekday=TUESDAY)
    return Post.objects.get(pk=post.pk)
