"""Anna's ask, Bilal's yes and their conversation."""

import pytest

from buurt.residents.models import Resident
from chat.models import Conversation
from posts.models import Engagement, Post
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post


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
