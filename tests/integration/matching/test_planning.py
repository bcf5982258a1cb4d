"""Planning a wave: rotas, cancellations, equals, and what it costs to look at a place."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from buurt.residents.services import Wishes, set_preferences
from matching.columns import load_people
from matching.models import Invitation, Search
from matching.services import answer_invitation, plan_wave, resume_search, start_search, sweep_waves
from matching.views_of import ask_view, free_slots
from posts.models import Engagement, Post, Slot
from posts.services import release_place
from tests.factories.matching import make_rules
from tests.factories.posts import make_post, make_slot
from tests.factories.residents import make_help_preferences, make_helper, make_resident

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def _search(post: Post) -> Search:
    return Search.objects.get(post=post)


def _started(post: Post, now: datetime | None = None) -> Search:
    search = start_search(post=post, now=now)
    assert search is not None
    return search


def test_rota_asks_who_can_on_one_of_its_evenings_and_gives_that_one(zaanstad: Community, anna: Resident) -> None:
    monday = datetime(2026, 11, 30, 19, tzinfo=AMSTERDAM)
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=AMSTERDAM), tick=False):
        post = make_post(author=anna)
        Slot.objects.filter(post=post).update(starts_at=monday)
        for day in range(1, 5):
            make_slot(post=post, starts_at=monday + timedelta(days=day))
        wednesday = make_helper(community=zaanstad)
        never = make_helper(community=zaanstad)
        wishes = Wishes(active=True, kinds=["transport"], times=1 << (2 * 3 + 2))
        set_preferences(by=wednesday, wishes=wishes)
        set_preferences(by=never, wishes=Wishes(active=True, kinds=["transport"], times=1 << (6 * 3)))
        plan_wave(search=_started(post))

        invitation = Invitation.objects.get(helper=wednesday)
        assert invitation.slot is not None
        assert invitation.slot.starts_at == monday + timedelta(days=2)
        assert not Invitation.objects.filter(helper=never).exists()
        assert answer_invitation(by=wednesday, invitation=invitation, answer="yes").outcome == "reserved"
        assert Engagement.objects.get().slot == invitation.slot
    assert _search(post).state == Search.State.RUNNING


def test_late_cancellation_opens_the_search_at_once(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    make_rules(community=zaanstad)
    make_helper(community=zaanstad)
    post = make_post(author=anna)
    plan_wave(search=_started(post))
    mine = Invitation.objects.get(helper=bilal)
    answer_invitation(by=bilal, invitation=mine, answer="yes")
    make_helper(community=zaanstad)

    release_place(by=bilal, engagement=Engagement.objects.get(), because="late_cancel")
    post.refresh_from_db()
    assert resume_search(post=post)

    assert sweep_waves() == 1


def test_columns_of_a_place_cost_four_queries_however_many_live_there(zaanstad: Community, anna: Resident) -> None:
    counts = []
    for size in (2, 20):
        for _ in range(size):
            make_helper(community=zaanstad)
        post = make_post(author=anna)
        view = ask_view(post, free_slots(post, now=timezone.now()))
        with CaptureQueriesContext(connection) as queries:
            load_people(community_id=zaanstad.pk, origin=post.cell, now=timezone.now(), near=view)
        counts.append(len(queries))

    assert counts == [4, 4]


def test_the_most_asked_are_spared_and_the_never_asked_go_first(zaanstad: Community, anna: Resident) -> None:
    make_rules(community=zaanstad)
    people = [make_resident(community=zaanstad, postcode="1562") for _ in range(6)]
    for one in people:
        make_help_preferences(resident=one, asks_a_month=8)
    now = timezone.now()
    for _ in range(4):
        plan_wave(search=_started(make_post(author=anna), now), now=now)

    times = [Invitation.objects.filter(helper=one).count() for one in people]
    assert sum(times) == 12
    assert times == [2] * 6
