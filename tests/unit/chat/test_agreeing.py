"""From a reserved place to an agreed moment, and every way it may end; for asks and for offers."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from buurt.residents.models import Resident
from chat import errors, events, services
from chat.access import agreement_of, talk_for
from chat.bodies import line_of, opened
from chat.calendar_file import calendar_file
from chat.cards import card_for
from chat.models import Appointment, Conversation, Message, Thanks
from posts.models import Engagement, Post, Slot
from posts.services import release_place
from tests.conftest import AfterCommit
from tests.factories.chat import make_conversation
from tests.factories.posts import make_engagement, make_post


def _tomorrow() -> datetime:
    return timezone.now().replace(microsecond=0) + timedelta(days=1, hours=1)


def _lines(talk: Conversation) -> list[str]:
    rows = Message.objects.filter(conversation=talk, kind=Message.Kind.SYSTEM)
    return [line_of(talk, message)[0] for message in rows]


def _state(place: Engagement) -> str:
    return Engagement.objects.values_list("state", flat=True).get(pk=place.pk)


def _agreed(talk: Conversation, anna: Resident, bilal: Resident, starts_at: datetime | None = None) -> Appointment:
    proposed = services.propose_appointment(by=bilal, conversation=talk, starts_at=starts_at or _tomorrow())
    assert services.agree_appointment(by=anna, appointment=proposed)
    return Appointment.objects.get(pk=proposed.pk)


def test_moment_is_proposed_and_agreed(talk: Conversation, place: Engagement, anna: Resident, bilal: Resident) -> None:
    appointment = _agreed(talk, anna, bilal)

    assert appointment.state == Appointment.State.AGREED
    assert _state(place) == Engagement.State.AGREED
    assert len(opened(talk, appointment.door_words).split()) == 2
    assert _lines(talk) == ["proposed", "agreed"]


def test_who_proposed_cannot_agree(talk: Conversation, place: Engagement, bilal: Resident) -> None:
    proposed = services.propose_appointment(by=bilal, conversation=talk, starts_at=_tomorrow())

    with pytest.raises(errors.NotYoursToDoError):
        services.agree_appointment(by=bilal, appointment=proposed)
    assert _state(place) == Engagement.State.RESERVED


@pytest.mark.parametrize("offset", [timedelta(minutes=-1), timedelta(days=400)])
def test_moment_must_come_within_a_year(talk: Conversation, bilal: Resident, offset: timedelta) -> None:
    with pytest.raises(errors.WrongMomentError):
        services.propose_appointment(by=bilal, conversation=talk, starts_at=timezone.now() + offset)


def test_moving_keeps_the_old_moment_until_the_new_one_is_agreed(
    talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    old = _agreed(talk, anna, bilal)

    new = services.propose_appointment(by=anna, conversation=talk, starts_at=_tomorrow() + timedelta(days=1))
    both = agreement_of(talk)
    assert (both.agreed, both.proposed) == (old, new)
    services.agree_appointment(by=bilal, appointment=new)

    now = agreement_of(talk)
    assert now.agreed == new
    assert now.proposed is None
    new.refresh_from_db()
    assert new.sequence == old.sequence + 1
    assert opened(talk, new.door_words) == opened(talk, old.door_words)
    assert _lines(talk)[-1] == "moved"


def test_new_proposal_replaces_the_old_one(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    first = services.propose_appointment(by=bilal, conversation=talk, starts_at=_tomorrow())
    services.propose_appointment(by=anna, conversation=talk, starts_at=_tomorrow() + timedelta(hours=2))

    assert not services.agree_appointment(by=anna, appointment=first)
    first.refresh_from_db()
    assert first.state == Appointment.State.REPLACED


def test_agree_without_a_moment(talk: Conversation, place: Engagement, anna: Resident) -> None:
    assert services.agree(by=anna, conversation=talk)
    assert not services.agree(by=anna, conversation=talk)

    agreed = agreement_of(talk).agreed
    assert agreed is not None
    assert agreed.starts_at is None
    assert _state(place) == Engagement.State.AGREED


def test_place_that_was_given_back_cannot_be_agreed(
    talk: Conversation, place: Engagement, anna: Resident, bilal: Resident
) -> None:
    proposed = services.propose_appointment(by=bilal, conversation=talk, starts_at=_tomorrow())
    release_place(by=bilal, engagement=place, because="cancelled")

    assert not services.agree_appointment(by=anna, appointment=proposed)
    assert not services.agree(by=anna, conversation=talk)
    with pytest.raises(errors.NoPlaceError):
        services.propose_appointment(by=anna, conversation=talk, starts_at=_tomorrow())


def test_decline_kindly_gives_the_place_back_and_closes(
    talk: Conversation, place: Engagement, anna: Resident, bilal: Resident
) -> None:
    with pytest.raises(errors.NotYoursToDoError):
        services.decline_kindly(by=bilal, conversation=talk)

    assert services.decline_kindly(by=anna, conversation=talk)
    assert not services.decline_kindly(by=anna, conversation=talk)

    assert _state(place) == Engagement.State.CANCELLED
    assert Slot.objects.get(pk=place.slot_id).taken == 0
    assert _lines(talk) == ["declined"]
    with pytest.raises(errors.EndedError):
        services.send_message(by=bilal, conversation=talk, text="waarom?")


@pytest.mark.parametrize(("hours", "because"), [(2, "late_cancel"), (72, "cancelled")])
def test_cancelling_opens_the_place_again(
    talk: Conversation,
    place: Engagement,
    anna: Resident,
    bilal: Resident,
    after_commit: AfterCommit,
    hours: int,
    because: str,
) -> None:
    heard: list[str] = []

    def listen(sender: object, because: str, **rest: object) -> None:
        heard.append(because)

    from posts.events import place_released

    _agreed(talk, anna, bilal, timezone.now() + timedelta(hours=hours))
    place_released.connect(listen)
    try:
        with after_commit():
            assert services.cancel_appointment(by=bilal, conversation=talk)
    finally:
        place_released.disconnect(listen)

    assert heard == [because]
    assert _state(place) == Engagement.State.CANCELLED
    assert agreement_of(talk).agreed is None
    assert not services.cancel_appointment(by=bilal, conversation=talk)


def test_no_show_only_by_who_waited_and_only_when_it_was_time(
    talk: Conversation, place: Engagement, anna: Resident, bilal: Resident
) -> None:
    moment = _tomorrow()
    _agreed(talk, anna, bilal, moment)

    with pytest.raises(errors.NotYoursToDoError):
        services.report_no_show(by=bilal, conversation=talk, now=moment + timedelta(minutes=5))
    with pytest.raises(errors.NoPlaceError):
        services.report_no_show(by=anna, conversation=talk)
    assert services.report_no_show(by=anna, conversation=talk, now=moment + timedelta(minutes=5))

    assert _state(place) == Engagement.State.NO_SHOW
    assert _lines(talk)[-1] == "no_show"


def test_outcome_and_thanks(talk: Conversation, place: Engagement, anna: Resident, bilal: Resident) -> None:
    with pytest.raises(errors.NoPlaceError):
        services.record_outcome(by=anna, conversation=talk, says="happened")
    services.agree(by=anna, conversation=talk)
    with pytest.raises(errors.NoPlaceError):
        services.record_outcome(by=anna, conversation=talk, says="wonderful")

    assert services.record_outcome(by=bilal, conversation=talk, says="happened")
    assert services.record_outcome(by=anna, conversation=talk, says="happened")
    assert not services.record_outcome(by=anna, conversation=talk, says="happened")
    assert _state(place) == Engagement.State.DONE

    with pytest.raises(errors.NotYoursToDoError):
        services.give_thanks(by=bilal, conversation=talk, text="Graag gedaan")
    services.give_thanks(by=anna, conversation=talk, text="Dank je wel, Bilal!")
    with pytest.raises(errors.NoPlaceError):
        services.give_thanks(by=anna, conversation=talk, text="Nog eens")
    assert Thanks.objects.count() == 1


def test_thanks_are_read_by_the_receiver_only(
    talk: Conversation, place: Engagement, anna: Resident, bilal: Resident
) -> None:
    services.agree(by=anna, conversation=talk)
    services.record_outcome(by=anna, conversation=talk, says="happened")
    services.give_thanks(by=anna, conversation=talk, text="Dank je wel!")
    now = timezone.now()

    for_bilal = card_for(talk_for(bilal, talk.public_id), agreement_of(talk), now=now)
    for_anna = card_for(talk_for(anna, talk.public_id), agreement_of(talk), now=now)

    assert for_bilal.thanks == "Dank je wel!"
    assert for_anna.thanks == ""
    assert for_anna.thanked


def test_on_an_offer_the_author_helps(anna: Resident, bilal: Resident) -> None:
    offer = make_post(author=bilal, kind=Post.Kind.OFFER, title="Ik kan rijden")
    place = make_engagement(helper=anna, post=offer)
    talk = make_conversation(post=offer, helper=anna)
    services.agree(by=anna, conversation=talk)

    with pytest.raises(errors.NotYoursToDoError):
        services.report_no_show(by=bilal, conversation=talk)
    services.record_outcome(by=anna, conversation=talk, says="happened")
    services.give_thanks(by=anna, conversation=talk, text="Fijn!")

    assert _state(place) == Engagement.State.DONE
    assert card_for(talk_for(bilal, talk.public_id), agreement_of(talk), now=timezone.now()).thanks == "Fijn!"


def test_release_elsewhere_shows_once(talk: Conversation, place: Engagement, bilal: Resident, anna: Resident) -> None:
    services.propose_appointment(by=bilal, conversation=talk, starts_at=_tomorrow())
    release_place(by=None, engagement=place, because="clock", now=timezone.now() + timedelta(days=2))
    place.refresh_from_db()

    services.place_was_released(engagement=place)
    services.place_was_released(engagement=place)

    assert _lines(talk) == ["proposed", "released"]
    assert agreement_of(talk).proposed is None


def test_release_in_the_conversation_is_not_told_twice(talk: Conversation, place: Engagement, bilal: Resident) -> None:
    services.cancel_appointment(by=bilal, conversation=talk)
    place.refresh_from_db()

    services.place_was_released(engagement=place)

    assert _lines(talk) == ["cancelled"]


def test_calendar_keeps_its_uid_and_counts_up(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    winter = timezone.make_aware(datetime(timezone.now().year + 1, 1, 15, 9, 0))  # noqa: DTZ001
    if winter > timezone.now() + timedelta(days=360):
        winter = timezone.make_aware(datetime(timezone.now().year, 12, 15, 9, 0))  # noqa: DTZ001
    first = _agreed(talk, anna, bilal, winter)
    old = Calendar.from_ical(calendar_file(talk_for(anna, talk.public_id), first)).events[0]
    moved = _agreed(talk, anna, bilal, winter + timedelta(hours=1))

    text = calendar_file(talk_for(anna, talk.public_id), moved)
    new = Calendar.from_ical(text).events[0]

    assert new["uid"] == old["uid"]
    assert (old["sequence"], new["sequence"]) == (0, 1)
    assert b"DTSTART;TZID=Europe/Amsterdam" in text
    assert b"BEGIN:VTIMEZONE" in text
    assert isinstance(new.start, datetime)
    assert new.start.hour == 10
    assert opened(talk, moved.door_words).split()[0].encode() not in text


def test_events_follow_the_commit(
    talk: Conversation, anna: Resident, bilal: Resident, after_commit: AfterCommit
) -> None:
    heard: list[int] = []

    def listen(sender: object, appointment_id: int, **rest: object) -> None:
        heard.append(appointment_id)

    events.appointment_agreed.connect(listen)
    try:
        with after_commit():
            appointment = _agreed(talk, anna, bilal)
            assert heard == []
    finally:
        events.appointment_agreed.disconnect(listen)

    assert heard == [appointment.pk]
