"""Waves through the services: who is asked, when the next ones are, and what stops it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buurt.communities.models import Community
from buurt.ledger.models import Job
from buurt.residents.models import Block, Resident
from matching.models import Invitation, Search
from matching.services import answer_invitation, plan_wave, resume_search, start_search, stop_search, sweep_waves
from posts.models import Engagement, Post
from posts.services import release_place
from tests.conftest import AfterCommit
from tests.factories.matching import make_invitation, make_rules, make_search, make_wave
from tests.factories.posts import make_post
from tests.factories.residents import make_help_preferences, make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_threes(zaanstad: Community) -> None:
    make_rules(community=zaanstad)


def _helpers(community: Community, count: int, *, postcode: str = "1561") -> list[Resident]:
    made = []
    for number in range(count):
        resident = make_resident(
            community=community, name=f"Buur {number}", email=f"buur{postcode}{number}@example.org", postcode=postcode
        )
        make_help_preferences(resident=resident, kinds=("transport",), distance_km=12)
        made.append(resident)
    return made


def _asked(post: Post) -> set[int]:
    return set(Invitation.objects.filter(post=post).values_list("helper_id", flat=True))


def _search(post: Post) -> Search:
    return Search.objects.get(post=post)


def test_wave_asks_three_at_a_time_and_nobody_twice(zaanstad: Community, anna: Resident) -> None:
    people = _helpers(zaanstad, 7)
    post, now = make_post(author=anna), timezone.now()
    start_search(post=post, now=now)

    sizes = []
    for _ in range(4):
        now = _search(post).next_wave_at or now
        sweep_waves(now=now)
        sizes.append(len(_asked(post)))

    assert sizes[:3] == [3, 6, 7]
    assert _asked(post) == {one.pk for one in people}
    assert Invitation.objects.filter(post=post).count() == 7


def test_letters_of_a_wave_are_written_with_it(zaanstad: Community, anna: Resident) -> None:
    """Nothing of it waits for after the commit, when a process may be killed before it comes to that."""
    _helpers(zaanstad, 3)
    post, now = make_post(author=anna), timezone.now()

    start_search(post=post, now=now)
    sweep_waves(now=now)

    letters = [
        args[1]["invitation"] for args in Job.objects.filter(args__0="invitation").values_list("args", flat=True)
    ]
    assert sorted(letters) == sorted(Invitation.objects.filter(post=post).values_list("pk", flat=True))
    assert len(letters) == 3


def test_wave_does_not_go_out_before_its_clock(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 5)
    post, now = make_post(author=anna), timezone.now()
    start_search(post=post, now=now)
    sweep_waves(now=now)

    assert sweep_waves(now=now + timedelta(minutes=5)) == 0
    assert len(_asked(post)) == 3


def test_wave_claimed_once_by_two_workers(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 7)
    post, now = make_post(author=anna), timezone.now()
    search = start_search(post=post, now=now)
    assert search is not None
    same = Search.objects.get(pk=search.pk)

    first, second = plan_wave(search=search, now=now), plan_wave(search=same, now=now)

    assert first is not None
    assert second is None
    assert len(_asked(post)) == 3


def test_wave_leaves_out_who_does_not_fit(zaanstad: Community, anna: Resident, carla: Resident) -> None:
    fits, blocked, paused, far, other_kind, full = _helpers(zaanstad, 6)
    Block.objects.create(blocker=anna, blocked=blocked)
    paused.help_preferences.paused_until = timezone.localdate() + timedelta(days=3)
    paused.help_preferences.save()
    far.help_preferences.distance_km = 1
    far.help_preferences.save()
    Resident.objects.filter(pk=far.pk).update(
        cell=make_resident(community=zaanstad, email="z@e.nl", postcode="1506").cell
    )
    other_kind.help_preferences.kinds.update(category="garden")
    full.help_preferences.asks_a_month = 1
    full.help_preferences.save()
    earlier = make_post(author=make_resident(community=zaanstad, email="v@e.nl"))
    wave = make_wave(search=make_search(post=earlier, state=Search.State.STOPPED), asked=1)
    make_invitation(post=earlier, helper=full, wave=wave, invited_at=timezone.now() - timedelta(days=2))
    post = make_post(author=anna)

    start_search(post=post)
    sweep_waves()

    assert _asked(post) == {fits.pk}


def test_search_not_started_for_offer_or_hidden_or_paused(anna: Resident) -> None:
    for changes in ({"kind": "offer"}, {"state": "paused"}, {"hidden_at": timezone.now()}):
        assert start_search(post=make_post(author=anna, **changes)) is None


def test_search_goes_to_the_team_when_nobody_is_left(zaanstad: Community, anna: Resident) -> None:
    post = make_post(author=anna)
    Post.objects.filter(pk=post.pk).update(broker_consent=True)
    post.refresh_from_db()

    start_search(post=post)
    sweep_waves()

    assert _search(post).state == Search.State.BROKER


def test_search_ends_honestly_without_consent(anna: Resident) -> None:
    post = make_post(author=anna)

    start_search(post=post)
    sweep_waves()

    assert _search(post).state == Search.State.EXHAUSTED


def test_search_waits_for_those_still_thinking_before_it_gives_up(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 1)
    post, now = make_post(author=anna), timezone.now()
    start_search(post=post, now=now)
    sweep_waves(now=now)
    states = []
    for _ in range(2):
        sweep_waves(now=_search(post).next_wave_at or now)
        states.append(_search(post).state)

    assert states == [Search.State.RUNNING, Search.State.EXHAUSTED]


def test_all_said_no_next_wave_is_due_at_once(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 5)
    post, now = make_post(author=anna), timezone.now()
    start_search(post=post, now=now)
    sweep_waves(now=now)

    for invitation in Invitation.objects.filter(post=post).select_related("helper"):
        answer_invitation(by=invitation.helper, invitation=invitation, answer="no", now=now)

    assert _search(post).next_wave_at == now
    sweep_waves(now=now)
    assert len(_asked(post)) == 5


def test_yes_stops_the_waves_and_withdraws_the_others(
    zaanstad: Community, anna: Resident, after_commit: AfterCommit
) -> None:
    _helpers(zaanstad, 5)
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()
    first = Invitation.objects.filter(post=post).select_related("helper")[0]

    result = answer_invitation(by=first.helper, invitation=first, answer="yes")

    assert result.outcome == "reserved"
    assert _search(post).state == Search.State.STOPPED
    states = set(Invitation.objects.filter(post=post).exclude(pk=first.pk).values_list("state", flat=True))
    assert states == {Invitation.State.WITHDRAWN}
    assert sweep_waves(now=timezone.now() + timedelta(days=1)) == 0


def test_second_yes_is_full_then_reserve_and_asked_first_when_free(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 6)
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()
    first, second = Invitation.objects.filter(post=post).select_related("helper").order_by("pk")[:2]
    answer_invitation(by=first.helper, invitation=first, answer="yes")

    assert answer_invitation(by=second.helper, invitation=second, answer="yes").outcome == "full"
    assert answer_invitation(by=second.helper, invitation=second, answer="reserve").outcome == "reserve"

    engagement = Engagement.objects.get(slot__post=post)
    release_place(by=anna, engagement=engagement, because="declined")
    post.refresh_from_db()
    resume_search(post=post)

    second.refresh_from_db()
    assert second.state == Invitation.State.OPEN
    search = _search(post)
    assert search.state == Search.State.RUNNING
    assert search.next_wave_at is not None
    assert search.next_wave_at > timezone.now() + timedelta(minutes=20)
    assert answer_invitation(by=second.helper, invitation=second, answer="yes").outcome == "reserved"


def test_two_places_keep_searching_after_the_first_yes(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 8)
    post = make_post(author=anna, places=2)
    start_search(post=post)
    sweep_waves()
    first, second = Invitation.objects.filter(post=post).select_related("helper").order_by("pk")[:2]

    answer_invitation(by=first.helper, invitation=first, answer="yes")
    assert _search(post).state == Search.State.RUNNING
    answer_invitation(by=second.helper, invitation=second, answer="yes")

    assert _search(post).state == Search.State.STOPPED


def test_stop_search_tells_only_who_did_not_answer(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 3)
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()
    refused = Invitation.objects.filter(post=post).select_related("helper")[0]
    answer_invitation(by=refused.helper, invitation=refused, answer="no")

    stop_search(post=post, because="withdrawn")

    refused.refresh_from_db()
    assert refused.state == Invitation.State.ANSWERED
    assert Invitation.objects.filter(post=post, state=Invitation.State.WITHDRAWN).count() == 2


def test_deadline_passed_stops_instead_of_asking(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 3)
    now = timezone.now()
    post = make_post(author=anna, deadline=now + timedelta(minutes=5))
    start_search(post=post, now=now)

    sweep_waves(now=now + timedelta(minutes=6))

    assert _asked(post) == set()
    assert _search(post).state == Search.State.STOPPED
