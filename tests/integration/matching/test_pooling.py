"""One message may carry up to four more asks: one alert, one of the month, at most one yes, called off when all are solved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.letters import letter_kind
from buurt.residents.models import Block, Resident
from matching.access import asked_this_month
from matching.links import invitation_from, path_for
from matching.models import Invitation, Search
from matching.services import answer_invitation, answer_post, start_search, stop_search, sweep_waves
from posts.models import Post
from tests.conftest import AfterCommit, ClientFor
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


def test_solved_meanwhile_is_never_offered_again(
    client: Client, client_for: ClientFor, zaanstad: Community, helper: Resident, posts: list[Post]
) -> None:
    _start(*posts)
    sweep_waves()
    head = _head(helper)
    carried = list(head.carried.select_related("post", "helper").order_by("pk"))
    gone, stays = carried[0], carried[1]
    answer_post(by=make_resident(community=zaanstad), post=gone.post, answer="yes")
    Post.objects.filter(pk=carried[2].post_id).update(deadline=timezone.now())

    # The row is withdrawn in the same transaction: no page, mail or link asks it any more.
    gone.refresh_from_db()
    assert gone.state == Invitation.State.WITHDRAWN
    page = client_for(helper).get(reverse("matching:invitation", args=[head.public_id])).content.decode()
    assert str(stays.public_id) in page
    for over in (gone, carried[2]):
        assert str(over.public_id) not in page
    own = client_for(helper).get("/helpen").content.decode()
    assert str(stays.public_id) in own
    for over in (gone, carried[2]):
        assert str(over.public_id) not in own

    solved = client.get(path_for(gone)).content.decode()
    assert "Er is al een buur gevonden." in solved
    assert "Hier is nog wel iemand nodig" in solved
    assert 'value="yes"' not in solved
    ended = client.get(path_for(carried[2])).content.decode()
    assert "Deze vraag is niet meer nodig." in ended
    assert 'value="yes"' not in ended
    for over, outcome in ((gone, "full"), (carried[2], "ended")):
        assert answer_invitation(by=helper, invitation=over, answer="yes").outcome == outcome


def test_letter_leaves_out_what_was_solved_before_it_went(
    zaanstad: Community, helper: Resident, posts: list[Post]
) -> None:
    _start(*posts)
    sweep_waves()
    head = _head(helper)
    extra = head.carried.select_related("post")[0]
    for post in (head.post, extra.post):
        answer_post(by=make_resident(community=zaanstad), post=post, answer="yes")

    kind = letter_kind("invitation")
    assert kind is not None
    letter = kind.compose(helper, {"invitation": head.pk})

    assert letter is not None
    asked = {invitation_from(action.path.split("?")[0].rstrip("/").rsplit("/", 1)[1]) for action in letter.actions}
    assert asked == set(head.carried.exclude(pk=extra.pk))
