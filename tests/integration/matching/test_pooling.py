"""One message may carry up to four more asks: one alert, one of the month, at most one yes, called off when all are solved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Block, Resident
from matching.access import asked_this_month
from matching.models import Invitation, Search
from matching.services import answer_invitation, start_search, stop_search, sweep_waves
from posts.models import Post
from tests.conftest import AfterCommit
from tests.factories.matching import make_rules
from tests.factories.posts import make_post
from tests.factories.residents import make_help_preferences, make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(zaanstad: Community) -> Resident:
    resident = make_resident(community=zaanstad, name="Hanna", postcode="1562")
    make_help_preferences(resident=resident, kinds=("transport", "garden"), distance_km=12, asks_a_month=1)
    return resident


def _ask(community: Community, **facts: object) -> Post:
    author = make_resident(community=community)
    return make_post(author=author, deadline=timezone.now() + timedelta(days=3), **facts)  # type: ignore[arg-type]


def _start(*posts: Post) -> None:
    now = timezone.now()
    for number, post in enumerate(posts):
        start_search(post=post, now=now - timedelta(seconds=len(posts) - number))


def _head(helper: Resident) -> Invitation:
    return Invitation.objects.get(helper=helper, carried_by=None)


@pytest.fixture
def posts(zaanstad: Community) -> list[Post]:
    return [_ask(zaanstad) for _ in range(6)]


def test_a_message_carries_four_more_and_counts_once(helper: Resident, posts: list[Post]) -> None:
    _start(*posts)
    sweep_waves()

    head = _head(helper)
    assert head.carried.count() == 4
    assert asked_this_month(helper, now=timezone.now()) == 1
    # The month is used up: nobody asks again, however often the clock strikes.
    sweep_waves(now=timezone.now() + timedelta(hours=20))
    assert Invitation.objects.filter(helper=helper).count() == 5


def test_quiet_blocked_and_own_asks_never_travel(zaanstad: Community, helper: Resident) -> None:
    first, quiet, blocked, fits = (
        _ask(zaanstad),
        _ask(zaanstad, visibility=Post.Visibility.QUIET),
        _ask(zaanstad),
        _ask(zaanstad, category="garden"),
    )
    own = make_post(author=helper, deadline=timezone.now() + timedelta(days=3))
    Block.objects.create(blocker=helper, blocked=blocked.author)
    _start(first, quiet, blocked, fits, own)
    sweep_waves()

    carried = set(_head(helper).carried.values_list("post_id", flat=True))
    assert carried <= {first.pk, fits.pk}
    assert _head(helper).post_id in {first.pk, quiet.pk, fits.pk}


def test_switched_off_nothing_travels(zaanstad: Community, helper: Resident, posts: list[Post]) -> None:
    make_rules(community=zaanstad, pooling=False)
    _start(*posts)
    sweep_waves()

    assert Invitation.objects.filter(carried_by__isnull=False).count() == 0


def test_yes_to_one_lets_go_of_the_others_and_their_searches_go_on(helper: Resident, posts: list[Post]) -> None:
    _start(*posts)
    sweep_waves()
    extra = _head(helper).carried.select_related("helper")[0]

    assert answer_invitation(by=helper, invitation=extra, answer="yes").outcome == "reserved"

    states = dict(Invitation.objects.exclude(pk=extra.pk).values_list("post_id", "state"))
    assert set(states.values()) == {Invitation.State.WITHDRAWN}
    assert Search.objects.get(post=extra.post).state == Search.State.STOPPED
    assert Search.objects.get(post=_head(helper).post).state == Search.State.RUNNING


def test_no_to_the_first_leaves_the_others_open(helper: Resident, posts: list[Post]) -> None:
    _start(*posts)
    sweep_waves()
    head = _head(helper)

    answer_invitation(by=helper, invitation=head, answer="no")

    assert set(head.carried.values_list("state", flat=True)) == {Invitation.State.OPEN}


def test_called_off_only_when_all_it_carried_is_solved(
    helper: Resident, posts: list[Post], after_commit: AfterCommit
) -> None:
    from matching.events import invitation_withdrawn

    _start(*posts)
    sweep_waves()
    head, told = _head(helper), []

    def listener(sender: object, invitation_id: int, **_ids: object) -> None:
        told.append(invitation_id)

    invitation_withdrawn.connect(listener)
    try:
        carried = list(head.carried.select_related("post"))
        for one in [head, *carried[:-1]]:
            with after_commit():
                stop_search(post=one.post, because="reserved")
            assert told == []
        with after_commit():
            stop_search(post=carried[-1].post, because="reserved")
        assert told == [head.pk]
    finally:
        invitation_withdrawn.disconnect(listener)
