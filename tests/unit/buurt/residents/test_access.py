"""Who may be asked, and who does not meet whom."""

from datetime import UTC, datetime, timedelta

import pytest

from buurt.communities.categories import Category
from buurt.communities.models import Community
from buurt.residents import access
from buurt.residents.models import Resident
from buurt.residents.services import block_resident
from buurt.residents.week import ALL_TIMES, bit_of, places_of, times_of
from tests.factories.residents import make_block, make_help_preferences, make_helper, make_resident

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def asked(community: Community, category: str = Category.TRANSPORT) -> list[int]:
    return [
        found.resident.pk for found in access.eligible_helpers(community_id=community.pk, category=category, now=NOW)
    ]


def test_eligible_helpers_have_the_kind_on_and_live_here(zaanstad: Community, bilal: Resident, carla: Resident) -> None:
    make_helper(community=zaanstad, kinds=(Category.GARDEN,))

    assert asked(zaanstad) == [bilal.pk]


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"erased_at": NOW},
        {"restricted_until": NOW + timedelta(hours=1)},
        {"display_name": ""},
        {"rules_accepted_at": None},
        {"cell": None},
    ],
)
def test_eligible_helpers_leaves_out_who_cannot_be_asked(
    zaanstad: Community, bilal: Resident, change: dict[str, object]
) -> None:
    Resident.objects.filter(pk=bilal.pk).update(**change)

    assert asked(zaanstad) == []


def test_eligible_helpers_come_back_after_a_restriction(zaanstad: Community, bilal: Resident) -> None:
    Resident.objects.filter(pk=bilal.pk).update(restricted_until=NOW - timedelta(minutes=1))

    assert asked(zaanstad) == [bilal.pk]


@pytest.mark.parametrize(("days", "found"), [(1, 0), (0, 1), (-1, 1)])
def test_eligible_helpers_respect_a_pause_until_its_day(
    zaanstad: Community, bilal: Resident, days: int, found: int
) -> None:
    bilal.help_preferences.paused_until = NOW.date() + timedelta(days=days)
    bilal.help_preferences.save()

    assert len(asked(zaanstad)) == found


def test_eligible_helpers_leave_out_the_switched_off(zaanstad: Community) -> None:
    make_help_preferences(resident=make_resident(community=zaanstad), active=False)

    assert asked(zaanstad) == []


def test_eligible_helpers_with_children_are_adults(zaanstad: Community) -> None:
    kinds = (Category.CHILDCARE, Category.TRANSPORT)
    young = make_resident(community=zaanstad, age_band=Resident.AgeBand.YOUNG)
    make_help_preferences(resident=young, kinds=kinds)
    adult = make_helper(community=zaanstad, kinds=kinds)

    assert asked(zaanstad, Category.CHILDCARE) == [adult.pk]
    assert asked(zaanstad, Category.TRANSPORT) == [young.pk, adult.pk]


def test_eligible_helpers_cost_one_query(
    zaanstad: Community, bilal: Resident, django_assert_num_queries: object
) -> None:
    make_helper(community=zaanstad)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(asked(zaanstad)) == 2


def test_fits_times_by_the_dutch_clock(bilal: Resident) -> None:
    preferences = bilal.help_preferences
    preferences.times = bit_of(1, 2)  # Tuesday evening

    assert access.fits_times(preferences, None)
    assert access.fits_times(preferences, datetime(2026, 11, 24, 17, 30, tzinfo=UTC))
    assert not access.fits_times(preferences, datetime(2026, 11, 24, 16, 30, tzinfo=UTC))
    assert not access.fits_times(preferences, datetime(2026, 11, 25, 17, 30, tzinfo=UTC))


def test_week_reads_what_it_wrote() -> None:
    assert times_of(places_of(ALL_TIMES)) == ALL_TIMES
    assert places_of(times_of(["0-0", "6-2"])) == ["0-0", "6-2"]


def test_blocked_ids_count_both_ways(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    third = make_resident(community=zaanstad)
    block_resident(by=anna, other=bilal)
    make_block(blocker=third, blocked=anna)

    assert access.blocked_ids(anna) == {bilal.pk, third.pk}
    assert access.blocked_ids(bilal) == {anna.pk}
    assert not access.meet_each_other(bilal, anna)
    assert access.meet_each_other(bilal, third)
