"""Publishing, changing and copying: what is written, what is announced, and every refusal."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from buurt.ledger.models import Entry
from buurt.moderation.models import Report
from buurt.residents.models import Resident
from posts import errors, events, services
from posts.drafts import PostDraft
from posts.models import Post
from tests.conftest import AfterCommit
from tests.factories.posts import make_engagement, make_post
from tests.unit.posts.heard import Heard

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _draft(**changes: Any) -> PostDraft:
    draft = PostDraft(
        kind="ask",
        category="transport",
        title="Wie rijdt mij?",
        text="Donderdag naar de huisarts.",
        timing="day",
        day=date(2026, 11, 26),
        at=time(9),
        spoken=("nl", "tr"),
    )
    return draft.with_(**changes)


def test_published_post_carries_everything(anna: Resident, after_commit: AfterCommit) -> None:
    with Heard() as heard, after_commit():
        post = services.publish_post(by=anna, draft=_draft(duration_minutes=60, places=2), now=NOW)

    post = Post.objects.get(pk=post.pk)
    slot = post.slots.get()
    assert (post.state, post.published_at, post.created_at) == ("open", NOW, NOW)
    assert (post.community, post.area, post.cell) == (anna.community, anna.area, anna.cell)
    assert (post.title, post.text, post.spoken) == ("Wie rijdt mij?", "Donderdag naar de huisarts.", ["nl", "tr"])
    assert post.deadline == post.expires_at == slot.starts_at
    assert (slot.places, slot.taken, slot.ends_at) == (2, 0, post.deadline + timedelta(hours=1) if post.deadline else 0)
    assert " huisarts " in post.search_stems
    assert heard.names() == ["post_published"]
    assert heard.facts() == [{"post_id": post.pk}]
    entry = Entry.objects.get(subject_kind="posts.post", subject_id=post.pk)
    assert (entry.verb, entry.actor_id) == ("published", anna.pk)
    assert "huisarts" not in str(entry.facts)


def test_weekly_ask_has_one_slot_without_moment(anna: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(timing="weekly", weekday=1), now=NOW)

    assert (post.weekday, post.slots.get().starts_at) == (1, None)


def test_weekday_is_forgotten_when_it_is_not_weekly(anna: Resident) -> None:
    assert services.publish_post(by=anna, draft=_draft(weekday=1), now=NOW).weekday is None


def test_form_sent_twice_publishes_once(anna: Resident, after_commit: AfterCommit) -> None:
    key = uuid4()
    with Heard() as heard, after_commit():
        first = services.publish_post(by=anna, draft=_draft(), form_key=key, now=NOW)
        second = services.publish_post(by=anna, draft=_draft(title="Anders"), form_key=key, now=NOW)

    assert first == second
    assert Post.objects.count() == 1
    assert heard.names() == ["post_published"]


def test_same_form_key_of_somebody_else_is_another_post(anna: Resident, bilal: Resident) -> None:
    key = uuid4()

    services.publish_post(by=anna, draft=_draft(), form_key=key, now=NOW)
    services.publish_post(by=bilal, draft=_draft(), form_key=key, now=NOW)

    assert Post.objects.count() == 2


def test_held_post_waits_for_a_moderator(anna: Resident, dirk: Resident, after_commit: AfterCommit) -> None:
    with Heard() as heard, after_commit():
        post = services.publish_post(by=anna, draft=_draft(hold=True), now=NOW)

    report = Report.objects.get()
    assert (post.state, post.published_at, heard.names()) == ("held", None, [])
    assert (report.subject_kind, report.subject_key, report.reason) == ("post", post.public_id, "held")

    with Heard() as heard, after_commit():
        assert services.release_held(by=dirk, post=post, now=NOW)
    assert not services.release_held(by=dirk, post=post, now=NOW)
    assert Post.objects.get().state == "open"
    assert heard.names() == ["post_published"]


def test_days_of_a_held_post_start_when_it_is_released(anna: Resident, dirk: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(timing="soon", hold=True), now=NOW)

    services.release_held(by=dirk, post=post, now=NOW + timedelta(days=2))

    assert Post.objects.get().deadline == NOW + timedelta(days=9)


def test_title_is_taken_from_the_text_when_there_is_none(anna: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(title="  ", text="Wie hangt mijn lamp op?"), now=NOW)

    assert post.title == "Wie hangt mijn lamp op?"


def test_title_without_usable_words_names_the_kind_of_help(anna: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(title="", text="06 12345678"), now=NOW)

    assert post.title == "Lift"


def test_words_are_cleaned_and_cut(anna: Resident) -> None:
    draft = _draft(title="Een\n\ttitel " + "x" * 200, text="a" * 100_000 + "<script>")
    post = services.publish_post(by=anna, draft=draft, now=NOW)

    assert post.title.startswith("Een titel xx")
    assert len(post.title) <= 80
    assert len(post.text) == 2_000
    Post.objects.get().full_clean()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": "", "text": " \n "}, errors.EmptyPostError),
        ({"day": date(2026, 11, 22)}, errors.WrongMomentError),
        ({"day": None}, errors.WrongMomentError),
        ({"category": "gold"}, errors.ImpossibleDraftError),
        ({"kind": "gift"}, errors.ImpossibleDraftError),
        ({"places": 0}, errors.ImpossibleDraftError),
        ({"category": "pets"}, errors.CategoryOffError),
    ],
)
def test_draft_that_cannot_be_is_refused(
    anna: Resident, changes: dict[str, Any], error: type[errors.PostError]
) -> None:
    assert anna.community is not None
    anna.community.categories_off = ["pets"]
    anna.community.save()

    with pytest.raises(error) as refused:
        services.publish_post(by=anna, draft=_draft(**changes), now=NOW)

    assert str(refused.value)
    assert not Post.objects.exists()


@pytest.mark.parametrize("missing", [{"display_name": ""}, {"rules_accepted_at": None}, {"community": None}])
def test_unfinished_profile_is_refused(anna: Resident, missing: dict[str, Any]) -> None:
    Resident.objects.filter(pk=anna.pk).update(**missing)

    # The object in hand is older than the row: the row counts.
    with pytest.raises(errors.NotReadyError):
        services.publish_post(by=anna, draft=_draft(), now=NOW)


def test_resident_without_an_area_is_refused(anna: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(area=None)

    with pytest.raises(errors.NotReadyError):
        services.publish_post(by=anna, draft=_draft(), now=NOW)


def test_switched_off_account_is_refused(anna: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(is_active=False)

    with pytest.raises(errors.NotReadyError):
        services.publish_post(by=anna, draft=_draft(), now=NOW)


def test_restriction_holds_until_it_ends(anna: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(restricted_until=NOW)

    with pytest.raises(errors.RestrictedError):
        services.publish_post(by=anna, draft=_draft(), now=NOW - timedelta(seconds=1))
    assert services.publish_post(by=anna, draft=_draft(), now=NOW).pk


@pytest.mark.parametrize("category", ["childcare", "care"])
@pytest.mark.parametrize("age_band", ["16-17", ""])
def test_some_help_is_for_adults_only(anna: Resident, category: str, age_band: str) -> None:
    Resident.objects.filter(pk=anna.pk).update(age_band=age_band)

    with pytest.raises(errors.AdultsOnlyError):
        services.publish_post(by=anna, draft=_draft(kind="offer", category=category), now=NOW)


def test_eleventh_post_in_a_day_is_refused(anna: Resident) -> None:
    for _ in range(10):
        services.publish_post(by=anna, draft=_draft(), now=NOW)

    with pytest.raises(errors.TooManyPostsError):
        services.publish_post(by=anna, draft=_draft(), now=NOW + timedelta(hours=23))
    assert services.publish_post(by=anna, draft=_draft(), now=NOW + timedelta(hours=24)).pk


def test_change_rewrites_and_tells(anna: Resident, after_commit: AfterCommit) -> None:
    post = services.publish_post(by=anna, draft=_draft(), now=NOW)
    draft = services.copy_draft(post, now=NOW).with_(title="Rit naar de tandarts", text="", timing="soon", places=3)

    with Heard() as heard, after_commit():
        services.change_post(by=anna, post=post, draft=draft, now=NOW)

    post = Post.objects.get()
    assert (post.title, post.deadline) == ("Rit naar de tandarts", NOW + timedelta(days=7))
    assert (post.slots.get().places, post.slots.get().starts_at) == (3, None)
    assert " tandarts " in post.search_stems
    assert " huisarts " not in post.search_stems
    assert heard.names() == ["post_changed"]


def test_change_keeps_kind_and_place(anna: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(), now=NOW)

    services.change_post(by=anna, post=post, draft=_draft(kind="offer"), now=NOW)

    assert Post.objects.get().kind == "ask"


def test_change_of_a_paused_post_stays_silent(anna: Resident, after_commit: AfterCommit) -> None:
    post = services.publish_post(by=anna, draft=_draft(), now=NOW)
    services.pause_post(by=anna, post=post, now=NOW)

    with Heard() as heard, after_commit():
        services.change_post(by=anna, post=post, draft=_draft(title="Nieuw"), now=NOW)

    assert Post.objects.get().state == "paused"
    assert heard.names() == []


def test_change_never_drops_somebody_who_said_yes(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(places=2), now=NOW)
    for helper in (bilal, dirk):
        services.reserve_place(helper=helper, post=post, now=NOW)

    with pytest.raises(errors.TooFewPlacesError):
        services.change_post(by=anna, post=post, draft=_draft(title="Anders", places=1), now=NOW)

    assert Post.objects.get().title == "Wie rijdt mij?"


def test_change_by_somebody_else_is_refused(anna: Resident, bilal: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(), now=NOW)

    with pytest.raises(errors.NotYoursError):
        services.change_post(by=bilal, post=post, draft=_draft(), now=NOW)


@pytest.mark.parametrize("state", ["closed", "withdrawn", "expired"])
def test_ended_post_cannot_be_changed(anna: Resident, state: str) -> None:
    post = make_post(author=anna, state=state)

    with pytest.raises(errors.EndedError):
        services.change_post(by=anna, post=post, draft=_draft(), now=NOW)


def test_copy_is_the_same_draft_again(anna: Resident) -> None:
    draft = _draft(duration_minutes=30, places=4, visibility="quiet", reach="area", on_behalf_of="other")
    post = services.publish_post(by=anna, draft=draft, now=NOW)

    assert services.copy_draft(post, now=NOW) == draft


def test_copy_leaves_out_a_day_that_is_over(anna: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(), now=NOW)

    copy = services.copy_draft(post, now=NOW + timedelta(days=7))

    assert (copy.timing, copy.day, copy.at) == ("any", None, None)


def test_copy_of_a_weekly_post_keeps_its_day(anna: Resident, bilal: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(timing="weekly", weekday=2, day=None, at=None), now=NOW)
    make_engagement(helper=bilal, post=post)

    copy = services.copy_draft(post)

    assert (copy.timing, copy.weekday, copy.places) == ("weekly", 2, 1)


def test_now_is_the_default(anna: Resident) -> None:
    post = services.publish_post(by=anna, draft=_draft(timing="any"))

    assert post.published_at is not None
    assert timezone.now() - post.published_at < timedelta(minutes=1)
    assert events.post_published is not None
