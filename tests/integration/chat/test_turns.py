"""Who of a weekly circle comes on which date: taken and given back, read by the circle and by nobody else."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from buurt.communities.models import Community
from buurt.ledger.models import Entry
from buurt.residents.models import Resident
from buurt.residents.registry import personal_data
from chat import errors, services
from chat.access import talk_for
from chat.models import Conversation, Turn
from chat.personal import forget_conversations
from chat.services.turns import DATES, coming_dates
from chat.turns import days_of
from posts.models import Engagement, Post
from posts.services import release_place, reserve_place
from tests.at_once import at_once
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.posts import make_post
from tests.factories.residents import make_resident

# A Thursday; the next four Tuesdays are 1, 8, 15 and 22 December.
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
FIRST = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _thursday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def talk(weekly: Post, bilal: Resident, els: Resident) -> Conversation:
    for helper in (bilal, els):
        assert reserve_place(helper=helper, post=weekly)
        services.open_conversation(post=weekly, helper=helper)
    return Conversation.objects.get()


def _page(client: Client, talk: Conversation) -> str:
    return client.get(reverse("chat:conversation", args=[talk.public_id])).content.decode()


def _turn(client: Client, talk: Conversation, day: object = FIRST, doe: str = "") -> int:
    return client.post(reverse("chat:turn", args=[talk.public_id]), {"dag": str(day), "doe": doe}).status_code


def test_a_date_is_taken_read_by_all_and_given_back(
    client_for: ClientFor, talk: Conversation, anna: Resident, bilal: Resident, els: Resident
) -> None:
    mine = client_for(bilal)
    page = _page(mine, talk)
    assert "Wie komt wanneer" in page
    assert page.count(">Ik kom<") == DATES
    assert "dinsdag 1 december" in page

    assert _turn(mine, talk) == 302
    assert _turn(mine, talk) == 302  # twice is once
    assert "Je komt op dinsdag 1 december." in _page(mine, talk)
    for reader in (anna, els):
        page = _page(client_for(reader), talk)
        assert "Bilal komt op dinsdag 1 december." in page
        assert '<b>dinsdag 1 december</b> · <span dir="auto">Bilal</span>' in page
    assert Entry.objects.filter(verb="turn_taken", actor_id=bilal.pk).count() == 1

    assert _turn(mine, talk, doe="terug") == 302
    assert not Turn.objects.exists()
    page = _page(client_for(els), talk)
    assert "Bilal kan niet op dinsdag 1 december. Die dag is weer vrij." in page
    assert page.count(">Ik kom<") == DATES


def test_who_gets_help_reads_and_takes_nothing(client_for: ClientFor, talk: Conversation, anna: Resident) -> None:
    client = client_for(anna)

    page = _page(client, talk)
    assert "Wie komt wanneer" in page
    assert ">Ik kom<" not in page
    _turn(client, talk)
    assert not Turn.objects.exists()


@pytest.mark.parametrize("who", ["dirk", "fatma", "mila", "carla", None])
def test_nobody_outside_the_circle_reads_or_takes(
    who: str | None, request: pytest.FixtureRequest, client_for: ClientFor, talk: Conversation
) -> None:
    client = client_for(request.getfixturevalue(who)) if who else Client()

    assert client.get(reverse("chat:conversation", args=[talk.public_id])).status_code in {302, 404}
    assert _turn(client, talk) in {302, 404}
    assert not Turn.objects.exists()


def test_guest_takes_nothing_and_reads_no_dates(
    client_for: ClientFor, talk: Conversation, anna: Resident, zaanstad: Community
) -> None:
    guest = make_resident(community=zaanstad, name="Gast")
    services.join_as_guest(by=guest, invite=services.invite_guest(by=anna, conversation=talk))
    client = client_for(guest)

    assert "Wie komt wanneer" not in _page(client, talk)
    _turn(client, talk)
    assert not Turn.objects.exists()


def test_a_taken_date_is_nobody_else_s(talk: Conversation, bilal: Resident, els: Resident) -> None:
    services.take_date(by=bilal, conversation=talk, day=FIRST)

    with pytest.raises(errors.NoPlaceError):
        services.take_date(by=els, conversation=talk, day=FIRST)
    assert not services.give_date_back(by=els, conversation=talk, day=FIRST)
    assert Turn.objects.get().helper == bilal


def test_dates_of_who_stops_helping_are_free_again(
    talk: Conversation, anna: Resident, bilal: Resident, els: Resident
) -> None:
    services.take_date(by=bilal, conversation=talk, day=FIRST)
    release_place(by=bilal, engagement=Engagement.objects.get(helper=bilal), because="cancelled")

    (first, *_rest) = days_of(talk_for(els, talk.public_id), now=NOW)
    assert first.who == ""
    assert first.may_take
    with pytest.raises(errors.NotYoursToDoError):
        services.take_date(by=bilal, conversation=talk, day=FIRST + timedelta(weeks=1))
    assert services.take_date(by=els, conversation=talk, day=FIRST)
    assert Turn.objects.get().helper == els


def test_who_said_that_a_week_went_well_takes_the_next(talk: Conversation, bilal: Resident) -> None:
    Engagement.objects.filter(helper=bilal).update(state=Engagement.State.DONE)

    assert services.take_date(by=bilal, conversation=talk, day=FIRST)


@pytest.mark.parametrize("day", ["2026-12-02", "2026-11-24", "2026-12-29", "2126-12-03"])
def test_only_the_next_four_dates_of_that_day_can_be_taken(
    client_for: ClientFor, talk: Conversation, bilal: Resident, day: str
) -> None:
    assert _turn(client_for(bilal), talk, day) == 302
    assert not Turn.objects.exists()


@pytest.mark.parametrize("day", ["", "dinsdag", "9" * 400, "2026-13-01"])
def test_nonsense_is_no_date(client_for: ClientFor, talk: Conversation, bilal: Resident, day: str) -> None:
    assert _turn(client_for(bilal), talk, day) == 404


def test_a_closed_talk_takes_no_dates(talk: Conversation, bilal: Resident) -> None:
    Conversation.objects.update(ended_at=NOW)

    with pytest.raises(errors.EndedError):
        services.take_date(by=bilal, conversation=talk, day=FIRST)


def test_other_circles_have_no_dates(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, places=2)
    assert reserve_place(helper=bilal, post=post)
    talk = services.open_conversation(post=post, helper=bilal)

    assert days_of(talk_for(bilal, talk.public_id), now=NOW) == ()
    with pytest.raises(errors.NotYoursToDoError):
        services.take_date(by=bilal, conversation=talk, day=FIRST)


def test_dates_cost_two_queries(
    talk: Conversation, els: Resident, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for week in range(DATES):
        services.take_date(by=els, conversation=talk, day=FIRST + timedelta(weeks=week))
    mine = talk_for(els, talk.public_id)

    with django_assert_num_queries(2):
        days = days_of(mine, now=NOW)
    assert [day.mine for day in days] == [True] * DATES


def test_dates_are_exported_and_go_with_the_account_and_the_talk(
    talk: Conversation, bilal: Resident, els: Resident
) -> None:
    services.take_date(by=bilal, conversation=talk, day=FIRST)
    services.take_date(by=els, conversation=talk, day=FIRST + timedelta(weeks=1))

    export, erase = personal_data()["conversations"].export, personal_data()["conversations"].erase
    assert export(bilal)[0]["your_dates"] == ["2026-12-01"]
    erase(bilal)
    assert Turn.objects.get().helper == els
    assert forget_conversations(NOW + timedelta(days=1)) >= 1
    assert not Turn.objects.exists()


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.times(), st.integers(0, 6))
def test_dates_are_four_weeks_from_today_on(today: date, clock: time, weekday: int) -> None:
    now = datetime.combine(today, clock, ZoneInfo("Europe/Amsterdam"))
    post = Post(kind=Post.Kind.ASK, timing=Post.Timing.WEEKLY, weekday=weekday)

    dates = coming_dates(post, now=now)

    assert len(dates) == DATES
    assert {day.weekday() for day in dates} == {weekday}
    assert 0 <= (dates[0] - today).days < 7
    assert {(after - before).days for before, after in pairwise(dates)} == {7}


@pytest.mark.django_db(transaction=True)
def test_of_three_who_want_the_same_date_one_gets_it(weekly: Post, zaanstad: Community, bilal: Resident) -> None:
    helpers = [bilal, *(make_resident(community=zaanstad) for _ in range(2))]
    for helper in helpers:
        assert reserve_place(helper=helper, post=weekly)
        services.open_conversation(post=weekly, helper=helper)
    talk = Conversation.objects.get()

    def takes(helper: Resident) -> bool:
        try:
            return services.take_date(by=helper, conversation=talk, day=FIRST)
        except errors.NoPlaceError:
            return False

    answers = at_once(*(partial(takes, helper) for helper in helpers))

    assert sorted(answers) == [False, False, True]
    assert Turn.objects.get().helper == helpers[answers.index(True)]


class TestReminder:
    """The day before, by letter, to who comes."""

    @pytest.fixture(autouse=True)
    def _taken(self, talk: Conversation, bilal: Resident) -> None:
        services.take_date(by=bilal, conversation=talk, day=FIRST)

    def _swept(self, moment: datetime, after_commit: AfterCommit, run_jobs: RunJobs) -> list[str]:
        """Let the clock go round at this moment; return who was written to."""
        mail.outbox.clear()
        with time_machine.travel(moment, tick=False), after_commit():
            services.remind_of_turns(moment)
        with time_machine.travel(moment.replace(hour=12), tick=False):
            run_jobs()
            run_jobs(now=moment.replace(hour=12))
        return [one.to[0] for one in mail.outbox if "Denk aan je beurt: dinsdag 1 december" in one.subject]

    def test_who_comes_tomorrow_hears_it_once(
        self, bilal: Resident, after_commit: AfterCommit, run_jobs: RunJobs
    ) -> None:
        assert self._swept(NOW + timedelta(days=3), after_commit, run_jobs) == []
        assert self._swept(NOW + timedelta(days=4), after_commit, run_jobs) == [bilal.email]
        assert self._swept(NOW + timedelta(days=4, hours=1), after_commit, run_jobs) == []

    def test_who_stopped_or_gave_it_back_hears_nothing(
        self, talk: Conversation, bilal: Resident, after_commit: AfterCommit, run_jobs: RunJobs
    ) -> None:
        release_place(by=bilal, engagement=Engagement.objects.get(helper=bilal), because="cancelled")
        assert self._swept(NOW + timedelta(days=4), after_commit, run_jobs) == []

    def test_what_was_taken_just_now_needs_no_reminder(
        self, talk: Conversation, els: Resident, bilal: Resident, after_commit: AfterCommit, run_jobs: RunJobs
    ) -> None:
        services.give_date_back(by=bilal, conversation=talk, day=FIRST)
        eve = NOW + timedelta(days=4)
        with time_machine.travel(eve - timedelta(hours=1), tick=False):
            services.take_date(by=els, conversation=talk, day=FIRST)

        assert self._swept(eve, after_commit, run_jobs) == []
