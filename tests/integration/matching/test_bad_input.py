"""What goes wrong: nobody, everybody, too late, at night, settings changed meanwhile, workers that die half-way."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurt.communities.models import Community
from buurt.ledger.models import Job
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.services import erase_resident
from matching import waves
from matching.choice import Choice, choose
from matching.models import Invitation, Search, Wave
from matching.services import answer_invitation, plan_wave, start_search, sweep_waves
from notifications.models import Delivery
from posts.models import Engagement, Post
from tests.conftest import AfterCommit, RunJobs
from tests.factories.many import make_many_helpers
from tests.factories.matching import make_rules
from tests.factories.posts import make_post
from tests.factories.residents import make_helper

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def _search(post: Post) -> Search:
    return Search.objects.get(post=post)


def _started(post: Post, now: datetime | None = None) -> Search:
    search = start_search(post=post, now=now)
    assert search is not None
    return search


def test_nobody_fits_ends_honestly_and_asks_no_one(anna: Resident) -> None:
    search = _started(make_post(author=anna))

    assert plan_wave(search=search) is None
    assert _search(search.post).state == Search.State.EXHAUSTED
    assert not Wave.objects.exists()


@pytest.mark.slow
def test_fifty_thousand_who_fit_are_one_plan_of_few_people_and_few_queries(zaanstad: Community, anna: Resident) -> None:
    make_many_helpers(community=zaanstad, count=50_000)
    search = _started(make_post(author=anna))

    with CaptureQueriesContext(connection) as queries:
        wave = plan_wave(search=search)

    assert wave is not None
    assert 1 <= wave.asked <= 8
    assert wave.log["fitting"] == 50_000
    assert len(queries) <= 45


def test_all_on_one_cell_are_drawn_by_lot(zaanstad: Community, anna: Resident) -> None:
    make_rules(community=zaanstad)
    people = {make_helper(community=zaanstad, postcode="1561").pk for _ in range(12)}
    asked = set()
    for seed in range(12):
        post = make_post(author=anna)
        choice = choose(post, _started(post), now=timezone.now(), rng=np.random.default_rng(seed))
        asked |= {term.helper_id for term in choice.plan.chosen}

    assert asked <= people
    assert len(asked) > 3


def test_deadline_in_five_minutes_asks_at_once_and_stops_at_the_deadline(zaanstad: Community, anna: Resident) -> None:
    for _ in range(5):
        make_helper(community=zaanstad)
    now = timezone.now()
    post = make_post(author=anna, deadline=now + timedelta(minutes=5))
    wave = plan_wave(search=_started(post, now), now=now)

    assert wave is not None
    sweep_waves(now=max(now + timedelta(minutes=6), _search(post).next_wave_at or now))
    assert _search(post).state == Search.State.STOPPED
    assert _search(post).stopped_because == "over"
    assert set(Invitation.objects.values_list("state", flat=True)) == {Invitation.State.WITHDRAWN}


def test_deadline_passed_asks_nobody(zaanstad: Community, anna: Resident) -> None:
    make_helper(community=zaanstad)
    now = timezone.now()
    post = make_post(author=anna, deadline=now - timedelta(minutes=1))

    assert plan_wave(search=_started(post, now), now=now) is None
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("night", [date(2026, 10, 24), date(2027, 3, 27)])
def test_night_of_the_clock_change_waits_for_eight_on_the_wall(
    settings: LazySettings, zaanstad: Community, anna: Resident, night: date
) -> None:
    settings.NIGHT_REST = True
    make_helper(community=zaanstad)
    now = datetime.combine(night, time(23, 30), tzinfo=AMSTERDAM)
    with time_machine.travel(now, tick=False):
        post = make_post(author=anna)
        search = _started(post, now)
        morning = search.next_wave_at
        assert morning is not None
        assert timezone.localtime(morning).strftime("%H:%M") == "08:00"
        assert sweep_waves(now=morning - timedelta(minutes=1)) == 0
        assert sweep_waves(now=morning) == 1
        following = _search(post).next_wave_at
    assert following is not None
    assert timezone.localtime(following).strftime("%H:%M") == "12:00"


def test_quiet_hours_of_everybody_are_waited_for(settings: LazySettings, zaanstad: Community, anna: Resident) -> None:
    settings.NIGHT_REST = True
    sleeper = make_helper(community=zaanstad)
    HelpPreferences.objects.filter(resident=sleeper).update(quiet_from="12:00", quiet_until="15:00")
    noon = datetime(2026, 11, 24, 12, 30, tzinfo=AMSTERDAM)
    post = make_post(author=anna, published_at=noon)

    assert plan_wave(search=_started(post, noon), now=noon) is None
    assert _search(post).next_wave_at == noon.replace(hour=15, minute=0)
    assert sweep_waves(now=noon.replace(hour=15, minute=0)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"active": False},
        {"paused_until": timezone.localdate() + timedelta(days=3)},
        {"distance_km": 1},
        {"limits": ["no_stairs"]},
    ],
    ids=str,
)
def test_settings_changed_between_planning_and_sending_are_respected(
    zaanstad: Community, anna: Resident, change: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_rules(community=zaanstad)
    fickle, other = make_helper(community=zaanstad, postcode="1562"), make_helper(community=zaanstad, postcode="1562")
    post = make_post(author=anna)
    Post.objects.filter(pk=post.pk).update(needs=["stairs"])
    plans = 0

    def changed_meanwhile(*args: object, **options: object) -> Choice:
        nonlocal plans
        plans += 1
        choice = choose(*args, **options)  # type: ignore[arg-type]
        HelpPreferences.objects.filter(resident=fickle).update(**change)
        return choice

    monkeypatch.setattr(waves, "choose", changed_meanwhile)
    wave = plan_wave(search=_started(Post.objects.get(pk=post.pk)))

    assert wave is not None
    assert set(Invitation.objects.values_list("helper_id", flat=True)) == {other.pk}


def test_helper_erased_between_planning_and_sending_is_not_asked(
    zaanstad: Community, anna: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = make_helper(community=zaanstad)

    def erased_meanwhile(*args: object, **options: object) -> Choice:
        choice = choose(*args, **options)  # type: ignore[arg-type]
        erase_resident(by=gone, resident=gone)
        return choice

    monkeypatch.setattr(waves, "choose", erased_meanwhile)

    assert plan_wave(search=_started(make_post(author=anna))) is None
    assert not Invitation.objects.exists()


def test_helper_erased_after_being_asked_lets_the_search_go_on(zaanstad: Community, anna: Resident) -> None:
    gone = make_helper(community=zaanstad)
    post = make_post(author=anna)
    plan_wave(search=_started(post))
    erase_resident(by=gone, resident=gone)
    make_helper(community=zaanstad)

    sweep_waves(now=_search(post).next_wave_at)

    assert Invitation.objects.filter(post=post).count() == 2
    assert Invitation.objects.get(helper=gone).reasons == {}


def test_same_yes_twice_and_a_yes_after_filling(zaanstad: Community, anna: Resident) -> None:
    make_rules(community=zaanstad)
    for _ in range(3):
        make_helper(community=zaanstad)
    post = make_post(author=anna)
    plan_wave(search=_started(post))
    first, second = Invitation.objects.select_related("helper").order_by("pk")[:2]

    outcomes = [answer_invitation(by=first.helper, invitation=first, answer="yes").outcome for _ in range(2)]
    late = answer_invitation(by=second.helper, invitation=second, answer="yes").outcome

    assert outcomes == ["reserved", "reserved"]
    assert late == "full"
    assert Engagement.objects.count() == 1


def test_worker_killed_between_writing_and_sending_loses_nothing(
    zaanstad: Community, anna: Resident, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    helper = make_helper(community=zaanstad)
    post = make_post(author=anna)
    with after_commit():
        plan_wave(search=_started(post))
    # Killed here: the wave is written, the letter is a row that nobody has taken, or has taken and lost.
    job = Job.objects.get(task="notifications.write_deliveries")
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, claimed_at=timezone.now(), attempts=1)

    run_jobs(now=timezone.now() + timedelta(minutes=1))
    assert not Delivery.objects.filter(resident=helper).exists()
    run_jobs(now=timezone.now() + timedelta(minutes=6))
    run_jobs(now=timezone.now() + timedelta(minutes=12))

    assert Delivery.objects.filter(resident=helper, kind="invitation", channel="email").count() == 1
    assert Invitation.objects.count() == 1


def test_worker_killed_before_the_commit_leaves_the_wave_due(
    zaanstad: Community, anna: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_helper(community=zaanstad)
    search = _started(make_post(author=anna))

    def dies(*args: object, **options: object) -> Wave:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(waves, "_send_wave", dies)
        with pytest.raises(SystemExit):
            plan_wave(search=search)

    assert _search(search.post).next_wave_at == search.next_wave_at
    assert sweep_waves() == 1


def test_zero_history_asks_by_the_shipped_tables(zaanstad: Community, anna: Resident) -> None:
    make_helper(community=zaanstad)
    wave = plan_wave(search=_started(make_post(author=anna)))

    assert wave is not None
    assert 0.02 < Invitation.objects.get().chance < 0.3  # type: ignore[operator]
