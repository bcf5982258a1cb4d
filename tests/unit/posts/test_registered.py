"""What posts offer to moderation, to letters and to "my data"."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from buurt.communities.models import Community
from buurt.moderation.subjects import label_of, subject_of
from buurt.residents.letters import letter_kind
from buurt.residents.models import Resident
from buurt.residents.registry import personal_data
from posts.models import Engagement, Post
from tests.factories.posts import make_engagement, make_post

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


# -- moderation ---------------------------------------------------------------------------------------------------


def test_post_can_be_found_by_who_reads_it(anna: Resident, bilal: Resident, carla: Resident) -> None:
    subject = subject_of("post")
    assert subject is not None
    post = make_post(author=anna)

    for_bilal, for_visitor = subject.find(post.public_id, viewer=bilal), subject.find(post.public_id, viewer=None)

    assert label_of("post") == "bericht op het prikbord"
    assert for_bilal is not None
    assert (for_bilal.title, for_bilal.text, for_bilal.author) == (post.title, post.text, anna)
    assert for_bilal.url == f"/prikbord/{post.public_id}"
    assert for_visitor is not None
    assert for_visitor.text == ""
    assert "huisarts" not in for_visitor.title
    assert "Krommenie" in for_visitor.title
    assert subject.find(post.public_id, viewer=carla) is None


@pytest.mark.parametrize("key", ["", "bestaat niet", "AAAAAAAA"])
def test_nothing_is_found_under_a_wrong_key(anna: Resident, dirk: Resident, key: str) -> None:
    subject = subject_of("post")
    assert subject is not None

    assert subject.find(key, viewer=anna) is None
    assert subject.show(key) is None
    assert subject.evidence(key, RequestFactory().get("/"), reporter=anna) == ""
    subject.hide(key, by=dirk)
    subject.restore(key, by=dirk)


def test_moderator_sees_public_and_held_words_but_no_quiet_ones(anna: Resident) -> None:
    subject = subject_of("post")
    assert subject is not None

    for state, visibility, words in (
        ("open", "public", True),
        ("held", "quiet", True),
        ("open", "quiet", False),
        ("open", "circle", False),
    ):
        shown = subject.show(make_post(author=anna, state=state, visibility=visibility).public_id)
        assert shown is not None
        assert bool(shown.text) == words
        assert ("huisarts" in shown.title) == words
        assert shown.author == anna


def test_words_of_a_quiet_post_travel_with_the_report_of_its_reader(anna: Resident, bilal: Resident) -> None:
    subject = subject_of("post")
    assert subject is not None
    request = RequestFactory().get("/")
    quiet, public = make_post(author=anna, visibility="quiet"), make_post(author=anna)

    assert subject.evidence(quiet.public_id, request, reporter=bilal) == ""  # he cannot read it
    make_engagement(helper=bilal, post=quiet)
    assert subject.evidence(quiet.public_id, request, reporter=bilal) == f"{quiet.title}\n{quiet.text}"
    assert subject.evidence(public.public_id, request, reporter=bilal) == ""


def test_hide_and_restore_may_come_twice(anna: Resident, dirk: Resident) -> None:
    subject = subject_of("post")
    assert subject is not None
    post = make_post(author=anna, state="paused")

    for _ in range(2):
        subject.hide(post.public_id, by=dirk)
    shown = subject.show(post.public_id)
    assert shown is not None
    assert shown.hidden
    for _ in range(2):
        subject.restore(post.public_id, by=dirk)

    post.refresh_from_db()
    assert (post.state, post.hidden_at) == ("paused", None)


def test_restoring_a_held_post_puts_it_on_the_board(anna: Resident, dirk: Resident) -> None:
    subject = subject_of("post")
    assert subject is not None
    post = make_post(author=anna, state="held")

    subject.hide(post.public_id, by=dirk)
    subject.restore(post.public_id, by=dirk)

    post.refresh_from_db()
    assert (post.state, post.hidden_at) == ("open", None)


# -- letters ------------------------------------------------------------------------------------------------------


def test_letter_before_the_end_leads_to_renewal(anna: Resident) -> None:
    kind = letter_kind("expiring")
    assert kind is not None
    post = make_post(author=anna, expires_at=NOW + timedelta(days=3))
    Post.objects.update(warned_at=NOW)
    facts = {"post": post.pk, "round": 1}

    assert kind.receivers(facts) == [anna]
    letter = kind.compose(anna, facts)
    assert letter is not None
    assert letter.subject == "Zoek je nog hulp?"
    assert "Wie rijdt mij naar de huisarts?” staat op het prikbord tot donderdag 26 november" in letter.lines[0]
    assert [action.path for action in letter.actions] == [f"/mijn/{post.public_id}"]
    assert letter.reason


def test_letter_about_an_offer_asks_whether_it_still_holds(bilal: Resident) -> None:
    kind = letter_kind("expiring")
    assert kind is not None
    post = make_post(author=bilal, kind="offer", expires_at=NOW)
    Post.objects.update(warned_at=NOW)

    letter = kind.compose(bilal, {"post": post.pk})

    assert letter is not None
    assert letter.subject == "Wil je dit nog doen?"


@pytest.mark.parametrize("change", [{"warned_at": None}, {"state": "closed"}, {"expires_at": None}])
def test_letter_is_not_written_any_more_when_it_is_not_needed(anna: Resident, change: dict[str, object]) -> None:
    kind = letter_kind("expiring")
    assert kind is not None
    post = make_post(author=anna, expires_at=NOW)
    Post.objects.update(**{"warned_at": NOW, **change})

    assert kind.compose(anna, {"post": post.pk}) is None
    assert kind.compose(anna, {"post": 0}) is None
    assert kind.receivers({"post": 0}) == []


# -- my data ------------------------------------------------------------------------------------------------------


def test_export_holds_own_words_and_nobody_elses(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    make_engagement(helper=bilal, post=make_post(author=anna, title="Annas woorden"))
    make_post(author=bilal, title="Bilals woorden", expires_at=NOW)

    kinds = personal_data()
    told = json.dumps({name: kinds[name].export(bilal) for name in ("posts", "places")})

    assert "Bilals woorden" in told
    assert "Annas" not in told
    assert "Anna" not in told
    assert "reserved" in told


def test_erasure_withdraws_gives_back_and_removes_every_word(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    taken, closed = make_post(author=anna), make_post(author=anna, state="closed")
    make_engagement(helper=bilal, post=taken)
    make_engagement(helper=bilal, post=closed, state="agreed")
    Post.objects.update(search_stems=" huisarts ", spoken=["tr"])
    elsewhere = make_post(author=dirk)
    make_engagement(helper=anna, post=elsewhere, state="agreed")
    done = make_engagement(helper=anna, post=make_post(author=dirk), state="done")

    for name in ("posts", "places"):
        personal_data()[name].erase(anna)

    for post in Post.objects.filter(author=anna):
        assert (post.title, post.text, post.spoken) == ("", "", [])
        assert "huisarts" not in post.search_stems
    taken.refresh_from_db()
    closed.refresh_from_db()
    assert (taken.state, closed.state) == ("withdrawn", "closed")
    assert not Engagement.objects.filter(state__in=["reserved", "agreed"]).exists()
    assert elsewhere.slots.get().taken == 0
    done.refresh_from_db()
    assert done.state == "done"
    for name in ("posts", "places"):
        personal_data()[name].erase(anna)  # safe to run twice
