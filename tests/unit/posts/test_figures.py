"""Figures of what really happened, and none under the small-number rule."""

from datetime import UTC, datetime, timedelta

import pytest

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.access import Figures, answer_figures
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_resident

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEEK_AGO = NOW - timedelta(days=7)


def _asks(community: Community, helper: Resident, *, people: int, answered: int, state: str = "closed") -> None:
    for number in range(people):
        post = make_post(author=make_resident(community=community), published_at=WEEK_AGO, state=state)
        if number < answered:
            make_engagement(helper=helper, post=post, reserved_at=WEEK_AGO + timedelta(hours=number + 1))


def test_share_and_median_come_from_what_happened(zaanstad: Community, bilal: Resident) -> None:
    _asks(zaanstad, bilal, people=15, answered=12)

    assert answer_figures(zaanstad, "transport", now=NOW) == Figures(of_ten=8, median_hours=6)


@pytest.mark.parametrize(("people", "answered"), [(0, 0), (9, 9)])
def test_nothing_is_said_about_fewer_than_ten_people(
    zaanstad: Community, bilal: Resident, *, people: int, answered: int
) -> None:
    _asks(zaanstad, bilal, people=people, answered=answered)

    assert answer_figures(zaanstad, "transport", now=NOW) is None


def test_one_active_asker_is_no_statistic(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    for _ in range(30):
        make_engagement(helper=bilal, post=make_post(author=anna, published_at=WEEK_AGO), reserved_at=WEEK_AGO)

    assert answer_figures(zaanstad, "transport", now=NOW) is None


def test_hours_are_kept_back_when_few_were_answered(zaanstad: Community, bilal: Resident) -> None:
    _asks(zaanstad, bilal, people=12, answered=9)

    assert answer_figures(zaanstad, "transport", now=NOW) == Figures(of_ten=8, median_hours=None)


def test_other_kinds_places_and_times_do_not_count(zaanstad: Community, haarlem: Community, bilal: Resident) -> None:
    _asks(zaanstad, bilal, people=12, answered=12)

    assert answer_figures(zaanstad, "pets", now=NOW) is None
    assert answer_figures(haarlem, "transport", now=NOW) is None
    assert answer_figures(zaanstad, "transport", now=NOW + timedelta(days=180)) is None
    assert answer_figures(zaanstad, "transport", now=WEEK_AGO - timedelta(days=1)) is None


def test_ask_of_today_counts_only_when_it_was_answered(zaanstad: Community, bilal: Resident) -> None:
    _asks(zaanstad, bilal, people=10, answered=10)
    for _ in range(10):
        make_post(author=make_resident(community=zaanstad), published_at=NOW - timedelta(hours=1))

    figures = answer_figures(zaanstad, "transport", now=NOW)

    assert figures is not None
    assert figures.of_ten == 10
