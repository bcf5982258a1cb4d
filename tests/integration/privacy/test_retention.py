"""Each kind of data goes at its time, and not a day earlier."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from buurt.ledger.models import Entry
from buurt.ledger.services import record
from buurt.moderation.models import Decision, Report
from buurt.moderation.services import decide
from buurt.residents.checks import privacy_rules
from buurt.residents.models import Resident
from buurt.residents.registry import forgetters
from buurt.residents.services import sweep_retention
from chat.models import Appointment, Conversation, GuestInvite, Message, Participant, Thanks
from chat.services import agree, give_thanks, invite_guest, open_conversation, send_message
from matching.models import Invitation
from matching.services import answer_post
from notifications.models import Delivery
from notifications.services import write_deliveries
from posts.models import Engagement, Post
from posts.services import close_post, record_outcome
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db


def _after(days: int, start: datetime) -> dict[str, int]:
    return sweep_retention(now=start + timedelta(days=days))


@pytest.fixture
def helped(anna: Resident, bilal: Resident) -> Post:
    """An ask that was helped with, talked about and closed today."""
    post = make_post(author=anna, title="Wie rijdt mij?", text="Naar de oogarts.")
    answer_post(by=bilal, post=post, answer="yes")
    talk = open_conversation(post=post, helper=bilal)
    send_message(by=bilal, conversation=talk, text="Dat doe ik graag.")
    agree(by=anna, conversation=talk)
    record_outcome(by=anna, engagement=Engagement.objects.get(), says="happened")
    close_post(by=anna, post=post)
    return Post.objects.get(pk=post.pk)


def test_every_rule_with_days_has_a_broom() -> None:
    rules: dict[str, Any] = privacy_rules()["rules"]

    # The ledger sweeps its own jobs (forget_old_jobs).
    assert {name for name, rule in rules.items() if rule.get("days")} - {"jobs"} == set(forgetters())


def test_words_of_a_post_go_after_90_days(helped: Post) -> None:
    assert helped.ended_at is not None
    _after(89, helped.ended_at)
    assert Post.objects.get().text == "Naar de oogarts."

    _after(91, helped.ended_at)
    gone = Post.objects.get()
    assert (gone.title, gone.text, gone.state) == ("", "", Post.State.CLOSED)
    assert "oogarts" not in gone.search_stems


def test_open_posts_keep_their_words(anna: Resident) -> None:
    make_post(author=anna, text="Staat er nog.")

    _after(400, timezone.now())

    assert Post.objects.get().text == "Staat er nog."


def test_invitations_go_after_90_days(helped: Post) -> None:
    now = timezone.now()
    _after(89, now)
    assert Invitation.objects.count() == 1

    _after(91, now)
    assert Invitation.objects.count() == 0


def test_nothing_of_a_conversation_stays_behind(helped: Post, anna: Resident) -> None:
    talk = Conversation.objects.get()
    give_thanks(by=anna, conversation=talk, text="Dank je wel.")
    invite_guest(by=anna, conversation=talk)
    mine = (Conversation, Participant, Message, Appointment, Thanks, GuestInvite)
    assert all(model._default_manager.exists() for model in mine)

    for _ in range(2):
        _after(183, timezone.now())

    assert [model.__name__ for model in mine if model._default_manager.exists()] == []


def test_conversation_goes_half_a_year_after_the_last_message_and_the_place_with_it(helped: Post) -> None:
    now = timezone.now()
    _after(181, now)
    assert Message.objects.count() > 0

    _after(183, now)
    _after(183, now)
    assert (Conversation.objects.count(), Message.objects.count(), Engagement.objects.count()) == (0, 0, 0)


def test_deliveries_go_after_90_days(helped: Post) -> None:
    write_deliveries("place_reserved", {"engagement": Engagement.objects.get().pk})
    now = timezone.now()
    assert Delivery.objects.exists()
    _after(89, now)
    assert Delivery.objects.exists()

    _after(91, now)
    assert not Delivery.objects.exists()


def test_decided_report_is_emptied_after_half_a_year_and_the_decision_goes_after_one(
    anna: Resident, bilal: Resident, dirk: Resident
) -> None:
    post = make_post(author=anna)
    report = Report.objects.create(
        community=post.community,
        subject_kind="post",
        subject_key=post.public_id,
        reason="other",
        explanation="Dit klopt niet.",
        reporter=bilal,
    )
    now = timezone.now()
    _after(400, now)
    report.refresh_from_db()
    assert report.explanation == "Dit klopt niet.", "an open report is kept until it is decided"

    decide(by=dirk, report=report, action="keep", reasons="Dit mag.")
    _after(183, now)
    report.refresh_from_db()
    assert (report.explanation, report.reporter) == ("", None)
    assert Decision.objects.count() == 1
    _after(366, now)
    assert Decision.objects.count() == 0


def test_trail_goes_after_a_year(anna: Resident) -> None:
    record("tested", anna, by=anna)
    now = timezone.now()
    _after(364, now)
    assert Entry.objects.filter(verb="tested").exists()

    _after(366, now)
    assert not Entry.objects.exists()


def test_sessions_that_ended_go(anna: Resident) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))

    _after(0, timezone.now())

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_one_failing_room_stops_nobody(helped: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(edge: datetime) -> int:
        raise RuntimeError

    monkeypatch.setitem(__import__("buurt.residents.registry", fromlist=["x"])._forgetters, "deliveries", broken)

    gone = _after(91, timezone.now())

    assert "deliveries" not in gone
    assert gone["posts"] == 1
