"""Two at once: exactly one wins, on both databases, and nobody gets an error page."""

from functools import partial
from uuid import uuid4

import pytest

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts import services
from posts.drafts import PostDraft
from posts.errors import TooManyPostsError
from posts.models import Engagement, Post, Slot
from tests.at_once import at_once
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_resident

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DRAFT = PostDraft(kind="ask", category="transport", text="Wie rijdt mij?")


@pytest.mark.parametrize("places", [1, 1, 2])
def test_last_place_goes_to_exactly_one(zaanstad: Community, anna: Resident, places: int) -> None:
    post = make_post(author=anna, places=places)
    helpers = [make_resident(community=zaanstad) for _ in range(4)]

    got = at_once(*(partial(services.reserve_place, helper=each, post=post) for each in helpers))

    assert sum(engagement is not None for engagement in got) == places
    assert Slot.objects.get(post=post).taken == places
    assert Engagement.objects.filter(slot__post=post).count() == places


def test_yes_pressed_twice_at_once_is_one_place(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, places=3)

    first, second = at_once(*[lambda: services.reserve_place(helper=bilal, post=post)] * 2)

    assert first == second
    assert first is not None
    assert Slot.objects.get(post=post).taken == 1


def test_place_given_back_twice_at_once_is_counted_once(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = make_post(author=anna, places=2)
    make_engagement(helper=dirk, post=post, state="agreed")
    engagement = make_engagement(helper=bilal, post=post)

    released = at_once(
        lambda: services.release_place(
            by=anna, engagement=Engagement.objects.get(pk=engagement.pk), because="declined"
        ),
        lambda: services.release_place(
            by=bilal, engagement=Engagement.objects.get(pk=engagement.pk), because="cancelled"
        ),
    )

    assert sorted(released) == [False, True]
    assert Slot.objects.get(post=post).taken == 1


@pytest.mark.parametrize("again", range(3))
def test_agreement_and_clock_never_both_win(anna: Resident, bilal: Resident, again: int) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post)
    late = engagement.agree_before

    agreed, swept = at_once(
        lambda: services.agree_place(by=anna, engagement=Engagement.objects.get(pk=engagement.pk)),
        lambda: bool(services.sweep_places(late)),
    )

    assert agreed != swept
    engagement.refresh_from_db()
    assert engagement.state == ("agreed" if agreed else "cancelled")
    assert Slot.objects.get(post=post).taken == int(agreed)


@pytest.mark.parametrize("again", range(3))
def test_yes_and_withdrawal_leave_nobody_on_a_withdrawn_post(anna: Resident, bilal: Resident, again: int) -> None:
    post = make_post(author=anna)

    at_once(
        lambda: services.reserve_place(helper=bilal, post=post) is not None,
        lambda: services.withdraw_post(by=anna, post=Post.objects.get(pk=post.pk)),
    )

    assert Post.objects.get(pk=post.pk).state == "withdrawn"
    assert Slot.objects.get(post=post).taken == 0
    assert not Engagement.objects.filter(slot__post=post, state__in=["reserved", "agreed"]).exists()


def test_two_ends_at_once_are_one_end(anna: Resident) -> None:
    post = make_post(author=anna)

    ended = at_once(
        lambda: services.close_post(by=anna, post=Post.objects.get(pk=post.pk)),
        lambda: services.withdraw_post(by=anna, post=Post.objects.get(pk=post.pk)),
    )

    assert sorted(ended) == [False, True]


def test_form_sent_twice_at_once_publishes_once(anna: Resident) -> None:
    key = uuid4()

    first, second = at_once(*[lambda: services.publish_post(by=anna, draft=DRAFT, form_key=key)] * 2)

    assert first == second
    assert Post.objects.count() == Slot.objects.count() == 1


def test_limit_of_a_day_holds_for_two_windows(anna: Resident) -> None:
    for _ in range(9):
        services.publish_post(by=anna, draft=DRAFT)

    def publish() -> bool:
        try:
            return bool(services.publish_post(by=anna, draft=DRAFT).pk)
        except TooManyPostsError:
            return False

    assert sorted(at_once(publish, publish)) == [False, True]
    assert Post.objects.count() == 10
