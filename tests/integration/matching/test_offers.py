"""Offers and asks find each other, whichever came first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Block, Resident
from matching.models import Invitation, Search
from matching.offers import fitting_asks, fitting_offers
from matching.services import answer_invitation, offer_made, start_search, sweep_waves
from notifications.models import Delivery
from posts.drafts import PostDraft
from posts.models import Post
from posts.services import publish_post
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.matching import make_rules
from tests.factories.posts import make_post
from tests.factories.residents import make_help_preferences, make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_threes(zaanstad: Community) -> None:
    make_rules(community=zaanstad)


@pytest.fixture
def omar(zaanstad: Community) -> Resident:
    return make_resident(community=zaanstad, name="Omar", postcode="1562")


def _offer(author: Resident, **facts: object) -> Post:
    return make_post(author=author, kind=Post.Kind.OFFER, title="Ik rijd je graag", **facts)  # type: ignore[arg-type]


def test_who_offers_is_asked_with_words_of_its_own(anna: Resident, omar: Resident, client_for: ClientFor) -> None:
    offer = _offer(omar)
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()

    invitation = Invitation.objects.get(helper=omar)
    assert invitation.reasons["offer"] == offer.public_id
    page = client_for(omar).get(f"/helpen/gevraagd/{invitation.public_id}").content.decode()
    assert "Je biedt dit zelf aan op het prikbord: lift." in page
    assert answer_invitation(by=omar, invitation=invitation, answer="yes").outcome == "reserved"


def test_who_offers_is_asked_three_times_a_month_at_most(anna: Resident, fatma: Resident, omar: Resident) -> None:
    _offer(omar)
    posts = [make_post(author=author) for author in (anna, fatma, anna, fatma, anna)]
    now = timezone.now()
    for post in posts:
        start_search(post=post, now=now)
        sweep_waves(now=now)

    assert Invitation.objects.filter(helper=omar).count() == 3


def test_who_switched_off_is_not_asked_about_an_offer(anna: Resident, omar: Resident) -> None:
    _offer(omar)
    make_help_preferences(resident=omar, active=False)
    start_search(post=make_post(author=anna))
    sweep_waves()

    assert not Invitation.objects.exists()


def test_new_offer_is_told_to_who_asks_for_it_and_wakes_their_search(
    anna: Resident, omar: Resident, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()
    assert Search.objects.get(post=post).state == Search.State.EXHAUSTED

    with after_commit():
        publish_post(by=omar, draft=PostDraft(kind="offer", category="transport", text="Ik rijd graag"))
    run_jobs()

    assert Delivery.objects.filter(resident=anna, kind="offer_found", channel="email").count() == 1
    assert Invitation.objects.filter(post=post, helper=omar).count() == 1


def test_offers_and_asks_of_blocked_people_never_meet(anna: Resident, omar: Resident) -> None:
    offer, post = _offer(omar), make_post(author=anna)
    Block.objects.create(blocker=anna, blocked=omar)
    now = timezone.now()

    assert fitting_offers(post, now=now) == []
    assert fitting_asks(offer, now=now) == []
    assert offer_made(post=offer) == 0
    start_search(post=post)
    sweep_waves()
    assert not Invitation.objects.exists()


def test_both_see_each_other_at_once(anna: Resident, omar: Resident, client_for: ClientFor) -> None:
    offer, post = _offer(omar), make_post(author=anna)
    make_post(author=anna, visibility=Post.Visibility.QUIET, title="Dit blijft stil")
    make_post(author=anna, deadline=timezone.now() - timedelta(hours=1), title="Dit is voorbij")

    asker = client_for(anna).get(f"/mijn/{post.public_id}").content.decode()
    offerer = client_for(omar).get(f"/mijn/{offer.public_id}").content.decode()

    assert "Dit bieden buren nu aan" in asker
    assert "Ik rijd je graag" in asker
    assert "Dit vragen buren nu" in offerer
    assert post.title in offerer
    assert "Dit blijft stil" not in offerer
    assert "Dit is voorbij" not in offerer
