"""The demo is built through the services, with real places, and building it again adds nothing."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from buurt.communities.models import Area
from buurt.ledger.models import Entry
from buurt.residents.models import Resident, Role
from config.demo import build
from posts.models import Engagement, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(settings: LazySettings) -> build.Built:
    settings.IS_DEMO = True
    call_command("import_postcodes", stdout=StringIO())
    return build.build_demo()


def test_demo_has_places_people_and_a_full_board(built: build.Built) -> None:
    assert set(Area.objects.values_list("name", flat=True)) >= {"Zaandam", "Krommenie", "Assendelft", "Wormerveer"}
    assert Post.objects.filter(kind="ask", state="open").count() >= 15
    assert Post.objects.filter(kind="offer", state="open").count() >= 8
    assert Engagement.objects.filter(state="done").count() >= 10
    assert {role.name for role in Role.objects.all()} == {"broker", "moderator", "manager"}
    assert Entry.objects.filter(verb="published").count() == Post.objects.count()


def test_demo_again_adds_nothing(built: build.Built) -> None:
    before = (Post.objects.count(), Resident.objects.count(), Engagement.objects.count())

    assert build.build_demo().new_posts == 0
    assert (Post.objects.count(), Resident.objects.count(), Engagement.objects.count()) == before


def test_demo_board_shows_visitors_no_words_of_anyone(built: build.Built, client: Client) -> None:
    page = client.get("/prikbord").content.decode()

    assert "Lift in Krommenie" in page
    assert "rollator" not in page


def test_demo_command_refuses_a_live_installation(settings: LazySettings) -> None:
    settings.IS_DEMO = False

    with pytest.raises(CommandError, match="BUURT_MODE=demo"):
        call_command("demo", stdout=StringIO())


def test_demo_page_says_who_one_can_be(built: build.Built, client: Client) -> None:
    page = client.get("/demo").content.decode()

    for key, does in build.CAST.items():
        assert f"{key}@demo.example" in page
        assert str(does) in page
