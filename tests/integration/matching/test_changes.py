"""What changes while a search runs: the ask, the helper's week, a block; and what the pages say about it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from buurt.communities.borders import share_areas
from buurt.communities.models import Area, Community
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.services import Wishes, block_resident, pause_asking, set_preferences
from buurt.residents.week import ALL_TIMES, bit_at
from matching.links import path_for
from matching.models import Invitation, Search
from matching.services import answer_invitation, ask_changed, resume_search, start_search, sweep_waves
from notifications.models import Delivery
from posts.models import Post, Slot
from posts.services import change_post, copy_draft
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.matching import make_invitation, make_rules, make_search, make_wave
from tests.factories.posts import make_post
from tests.factories.residents import make_helper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_threes(zaanstad: Community) -> None:
    make_rules(community=zaanstad)


def _helpers(community: Community, count: int, **facts: object) -> list[Resident]:
    return [make_helper(community=community, distance_km=12, **facts) for _ in range(count)]  # type: ignore[arg-type]


def _search(post: Post) -> Search:
    return Search.objects.get(post=post)


def test_edit_of_words_asks_nobody_sooner(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 5)
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()
    before = _search(post).next_wave_at

    change_post(by=anna, post=post, draft=copy_draft(post).with_(text="Met een komma, erbij."))
    post.refresh_from_db()
    assert not ask_changed(post=post)

    assert _search(post).next_wave_at == before


def test_edit_to_another_kind_calls_off_who_does_not_fit_and_asks_anew(zaanstad: Community, anna: Resident) -> None:
    drivers, gardeners = _helpers(zaanstad, 3), _helpers(zaanstad, 2, kinds=("garden",))
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()

    change_post(by=anna, post=post, draft=copy_draft(post).with_(category="garden"))
    post.refresh_from_db()
    assert ask_changed(post=post)
    sweep_waves()

    states = dict(Invitation.objects.filter(post=post).values_list("helper_id", "state"))
    assert {states[each.pk] for each in drivers} == {Invitation.State.WITHDRAWN}
    assert {states[each.pk] for each in gardeners} == {Invitation.State.OPEN}


def test_block_calls_off_silently_and_the_search_goes_on(
    zaanstad: Community, anna: Resident, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    [helper] = _helpers(zaanstad, 1)
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()

    with after_commit():
        block_resident(by=anna, other=helper)
    run_jobs()

    assert Invitation.objects.get(helper=helper).state == Invitation.State.WITHDRAWN


def test_somebody_who_comes_forward_is_asked_for_what_found_nobody(
    zaanstad: Community, anna: Resident, dirk: Resident, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()
    assert _search(post).state == Search.State.EXHAUSTED

    with after_commit():
        set_preferences(by=dirk, wishes=Wishes(active=True, kinds=["transport"], distance_km=12))
    run_jobs()

    assert Invitation.objects.filter(post=post, helper=dirk).count() == 1


def test_pause_calls_off_without_a_letter_and_the_search_goes_on_at_once(
    zaanstad: Community, anna: Resident, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    [tired] = _helpers(zaanstad, 1)
    post = make_post(author=anna)
    with after_commit():
        start_search(post=post)
        sweep_waves()
    [rested] = _helpers(zaanstad, 1)

    with after_commit():
        pause_asking(by=tired, until=timezone.localdate() + timedelta(days=9))
    run_jobs()

    assert Invitation.objects.get(helper=tired).state == Invitation.State.WITHDRAWN
    assert Invitation.objects.get(helper=rested).state == Invitation.State.OPEN
    assert not Delivery.objects.filter(resident=tired, kind="somebody_found").exists()


def test_search_widens_before_it_gives_up(zaanstad: Community, anna: Resident) -> None:
    near_kind = make_helper(community=zaanstad, kinds=("groceries",), distance_km=12)
    far = make_helper(community=zaanstad, postcode="1544", distance_km=3)
    post = make_post(author=anna)
    start_search(post=post)
    sweep_waves()
    first = _search(post)
    answer_invitation(by=far, invitation=Invitation.objects.get(helper=far), answer="no")
    sweep_waves()

    assert (first.widened, _search(post).widened) == (1, 2)
    assert Invitation.objects.get(helper=far).reasons["further"] is True
    assert Invitation.objects.get(helper=near_kind).reasons["near_kind"] == "groceries"


def test_helpers_over_a_shared_border_are_asked_and_may_say_yes(
    zaanstad: Community, haarlem: Community, anna: Resident
) -> None:
    over_there = make_helper(community=haarlem, postcode="2011", distance_km=25)
    post = make_post(author=anna)
    share_areas(by=None, one=post.area, other=Area.objects.get(slug="haarlem-centrum"))
    start_search(post=post)
    sweep_waves()

    invitation = Invitation.objects.get(helper=over_there)
    assert answer_invitation(by=over_there, invitation=invitation, answer="yes").outcome == "reserved"


def test_helpers_limits_are_respected(zaanstad: Community, anna: Resident) -> None:
    [careful, other] = _helpers(zaanstad, 2)
    HelpPreferences.objects.filter(resident=careful).update(limits=["no_stairs"])
    post = make_post(author=anna)
    Post.objects.filter(pk=post.pk).update(needs=["stairs"])

    start_search(post=post)
    sweep_waves()

    assert set(Invitation.objects.values_list("helper_id", flat=True)) == {other.pk}


def _tuesday_evening() -> datetime:
    """Return half past seven on a Tuesday that is at least a week away, whenever this runs."""
    now = datetime.now(ZoneInfo("Europe/Amsterdam"))
    day = now + timedelta(days=7 + (1 - now.weekday()) % 7)
    return day.replace(hour=19, minute=30, second=0, microsecond=0)


TUESDAY_EVENING = _tuesday_evening()


@pytest.fixture
def evening(anna: Resident, bilal: Resident) -> Invitation:
    post = make_post(author=anna)
    Slot.objects.filter(post=post).update(starts_at=TUESDAY_EVENING)
    invitation = make_invitation(post=post, helper=bilal, wave=make_wave(search=make_search(post=post)))
    Invitation.objects.update(reasons={"starts_at": TUESDAY_EVENING.isoformat()})
    return invitation


def test_never_then_says_no_changes_the_week_and_can_be_undone(
    client: Client, bilal: Resident, evening: Invitation
) -> None:
    path = path_for(evening)
    assert "Op dinsdagavond kan ik nooit" in client.get(path).content.decode()

    page = client.post(path, {"answer": "never"}).content.decode()
    assert "We vragen je niet meer op dinsdagavond." in page
    times = HelpPreferences.objects.get(resident=bilal).times
    assert times == ALL_TIMES & ~bit_at(TUESDAY_EVENING)
    evening.refresh_from_db()
    assert evening.answer == "no"

    page = client.post(path, {"answer": "after_all"}).content.decode()
    assert "We vragen je weer op dinsdagavond." in page
    assert HelpPreferences.objects.get(resident=bilal).times == ALL_TIMES


def test_never_then_keeps_the_last_part_of_a_week(client: Client, bilal: Resident, evening: Invitation) -> None:
    HelpPreferences.objects.filter(resident=bilal).update(times=bit_at(TUESDAY_EVENING))

    page = client.post(path_for(evening), {"answer": "never"}).content.decode()

    assert "Dit is het enige moment in je week." in page
    assert HelpPreferences.objects.get(resident=bilal).times == bit_at(TUESDAY_EVENING)


def test_page_shows_the_other_asks_of_the_message(
    client: Client, client_for: ClientFor, bilal: Resident, dirk: Resident, evening: Invitation
) -> None:
    other = make_post(author=dirk, category="groceries")
    carried = make_invitation(post=other, helper=bilal, wave=evening.wave)
    Invitation.objects.filter(pk=carried.pk).update(carried_by=evening)

    page = client.get(path_for(evening)).content.decode()
    assert "Past dit niet? Misschien een van deze" in page
    assert path_for(carried).split("?")[0].rsplit("/", 1)[0] in page
    own = client_for(bilal).get(f"/helpen/gevraagd/{evening.public_id}").content.decode()
    assert f"/helpen/gevraagd/{carried.public_id}" in own

    after_no = client.post(path_for(evening), {"answer": "no"}).content.decode()
    assert "Misschien een van deze" in after_no


def test_released_place_goes_to_the_reserve_before_a_new_wave(zaanstad: Community, anna: Resident) -> None:
    _helpers(zaanstad, 5)
    post, now = make_post(author=anna), timezone.now()
    start_search(post=post, now=now)
    sweep_waves(now=now)
    reserve = Invitation.objects.filter(post=post)[0]
    Invitation.objects.filter(pk=reserve.pk).update(state=Invitation.State.RESERVE, answer="yes", answered_at=now)
    Search.objects.filter(post=post).update(state=Search.State.STOPPED, next_wave_at=None)

    resume_search(post=post, now=now)

    assert Invitation.objects.get(pk=reserve.pk).state == Invitation.State.OPEN
    assert sweep_waves(now=now + timedelta(minutes=30)) == 0
