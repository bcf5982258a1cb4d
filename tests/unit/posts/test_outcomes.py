"""How it went, in the words of both: the one who was helped decides."""

from datetime import UTC, datetime

import pytest

from buurt.residents.models import Resident
from posts import services
from posts.models import Post, Slot
from tests.conftest import AfterCommit
from tests.factories.posts import make_engagement, make_post
from tests.unit.posts.heard import Heard

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _taken(post: Post) -> int:
    return Slot.objects.get(post=post).taken


def test_happened_from_the_asker_makes_it_done_and_closes(
    anna: Resident, bilal: Resident, after_commit: AfterCommit
) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post, state="agreed")

    with Heard() as heard, after_commit():
        assert services.record_outcome(by=anna, engagement=engagement, says="happened", now=NOW)
        assert not services.record_outcome(by=anna, engagement=engagement, says="happened", now=NOW)

    engagement.refresh_from_db()
    post.refresh_from_db()
    assert (engagement.state, engagement.asker_says, engagement.ended_at) == ("done", "happened", NOW)
    assert (post.state, _taken(post)) == ("closed", 1)
    assert sorted(heard.names()) == ["outcome_recorded", "post_closed"]


def test_post_with_more_places_closes_when_all_are_done(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = make_post(author=anna, places=2)
    engagements = [make_engagement(helper=each, post=post, state="agreed") for each in (bilal, dirk)]

    services.record_outcome(by=anna, engagement=engagements[0], says="happened")
    post.refresh_from_db()
    assert post.state == "open"

    services.record_outcome(by=anna, engagement=engagements[1], says="happened")
    post.refresh_from_db()
    assert post.state == "closed"


def test_word_of_the_helper_alone_decides_nothing(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post, state="agreed")

    assert services.record_outcome(by=bilal, engagement=engagement, says="not")

    engagement.refresh_from_db()
    assert (engagement.state, engagement.helper_says) == ("agreed", "not")
    assert services.record_outcome(by=anna, engagement=engagement, says="happened")
    engagement.refresh_from_db()
    assert engagement.state == "done"


def test_helper_may_still_say_it_when_it_is_done(anna: Resident, bilal: Resident) -> None:
    engagement = make_engagement(helper=bilal, post=make_post(author=anna), state="agreed")
    services.record_outcome(by=anna, engagement=engagement, says="happened")

    assert services.record_outcome(by=bilal, engagement=engagement, says="happened")

    engagement.refresh_from_db()
    assert engagement.helper_says == "happened"


def test_not_opens_the_place_again(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post, state="agreed")

    services.record_outcome(by=anna, engagement=engagement, says="not", now=NOW)

    engagement.refresh_from_db()
    assert engagement.state == "not_done"
    assert _taken(post) == 0
    assert services.reserve_place(helper=dirk, post=post) is not None


def test_later_keeps_the_place(anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post, state="agreed")

    assert services.record_outcome(by=anna, engagement=engagement, says="later")

    engagement.refresh_from_db()
    assert (engagement.state, engagement.asker_says, _taken(post)) == ("agreed", "later", 1)


@pytest.mark.parametrize("state", ["cancelled", "no_show"])
def test_place_that_was_given_up_has_no_outcome(anna: Resident, bilal: Resident, state: str) -> None:
    engagement = make_engagement(helper=bilal, post=make_post(author=anna), state=state)

    assert not services.record_outcome(by=anna, engagement=engagement, says="happened")


def test_unknown_outcome_is_a_mistake_of_ours(anna: Resident, bilal: Resident) -> None:
    engagement = make_engagement(helper=bilal, post=make_post(author=anna), state="agreed")

    with pytest.raises(ValueError, match="geweldig"):
        services.record_outcome(by=anna, engagement=engagement, says="geweldig")


def test_on_an_offer_the_neighbour_who_took_it_up_decides(anna: Resident, bilal: Resident) -> None:
    offer = make_post(author=bilal, kind="offer", timing="day")
    engagement = make_engagement(helper=anna, post=offer, state="agreed")

    services.record_outcome(by=bilal, engagement=engagement, says="happened")
    engagement.refresh_from_db()
    assert (engagement.state, engagement.helper_says) == ("agreed", "happened")

    services.record_outcome(by=anna, engagement=engagement, says="happened")
    engagement.refresh_from_db()
    offer.refresh_from_db()
    assert (engagement.state, engagement.asker_says, offer.state) == ("done", "happened", "closed")


def test_standing_offer_can_be_taken_up_again(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    offer = make_post(author=bilal, kind="offer", timing="any")
    engagement = make_engagement(helper=anna, post=offer, state="agreed")

    services.record_outcome(by=anna, engagement=engagement, says="happened")

    offer.refresh_from_db()
    assert (offer.state, _taken(offer)) == ("open", 0)
    assert services.reserve_place(helper=dirk, post=offer) is not None
