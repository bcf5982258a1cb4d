"""Two answers, a stop and a wave at the same moment: one place, one winner, no deadlock, on both databases."""

from functools import partial

import pytest
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from matching.models import Invitation, Search
from matching.services import answer_invitation, resume_search, start_search, stop_search, sweep_waves
from posts.models import Engagement, Post, Slot
from tests.at_once import at_once
from tests.factories.matching import make_invitation, make_rules, make_search, make_wave
from tests.factories.posts import make_post
from tests.factories.residents import make_help_preferences, make_resident

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def helpers(zaanstad: Community) -> list[Resident]:
    make_rules(community=zaanstad)
    made = [make_resident(community=zaanstad, email=f"h{number}@example.org") for number in range(5)]
    for resident in made:
        make_help_preferences(resident=resident, kinds=("transport",), distance_km=12)
    return made


def _invited(post: Post, helpers: list[Resident]) -> list[Invitation]:
    wave = make_wave(search=make_search(post=post))
    return [make_invitation(post=post, helper=helper, wave=wave) for helper in helpers]


@pytest.mark.parametrize("places", [1, 2])
def test_yeses_at_once_fill_the_places_and_no_more(anna: Resident, helpers: list[Resident], places: int) -> None:
    post = make_post(author=anna, places=places)

    results = at_once(
        *(partial(answer_invitation, by=each.helper, invitation=each, answer="yes") for each in _invited(post, helpers))
    )

    outcomes = sorted(result.outcome for result in results)
    assert outcomes == ["full"] * (5 - places) + ["reserved"] * places
    assert Slot.objects.get(post=post).taken == places
    assert Engagement.objects.filter(state="reserved").count() == places
    assert Search.objects.get(post=post).state == Search.State.STOPPED


def test_the_same_yes_twice_at_once_is_one_place(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, places=3)
    [invitation] = _invited(post, [bilal])

    first, second = at_once(*[partial(answer_invitation, by=bilal, invitation=invitation, answer="yes")] * 2)

    assert first.conversation == second.conversation
    assert Engagement.objects.count() == 1


def test_yes_stop_and_sweep_at_once_leave_one_story(anna: Resident, helpers: list[Resident]) -> None:
    post = make_post(author=anna)
    [invitation, *_] = _invited(post, helpers[:2])
    now = timezone.now()
    Search.objects.update(next_wave_at=now)

    at_once(
        partial(answer_invitation, by=helpers[0], invitation=invitation, answer="yes"),
        partial(sweep_waves, now=now),
        partial(stop_search, post=post, because="paused"),
        partial(resume_search, post=post),
    )

    assert Engagement.objects.filter(state="reserved").count() == 1
    per_helper = Invitation.objects.filter(post=post).values_list("helper_id", flat=True)
    assert len(per_helper) == len(set(per_helper))


def test_many_clocks_send_each_wave_once(anna: Resident, helpers: list[Resident]) -> None:
    posts = [make_post(author=anna) for _ in range(3)]
    now = timezone.now()
    for post in posts:
        start_search(post=post, now=now)

    sent = at_once(*[partial(sweep_waves, now=now)] * 4)

    assert sum(sent) == 3
    for post in posts:
        assert Invitation.objects.filter(post=post).count() == 3
