"""Letters of this room: who gets which, when, and never a word of what was said."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.dispatch import Signal
from django.utils import timezone

from buurt.residents.letters import Letter, letter_kind
from buurt.residents.models import Resident
from chat import events, services
from chat.models import Appointment, Conversation, Participant
from posts.models import Engagement
from tests.conftest import AfterCommit

SECRET = "de sleutel ligt onder de mat"


class Ear:
    """Remembers what an event said."""

    def __init__(self, event: Signal) -> None:
        self.heard: list[dict[str, Any]] = []
        self._event = event
        event.connect(self._listen)

    def _listen(self, sender: object, **ids: Any) -> None:
        ids.pop("signal", None)
        self.heard.append(ids)


def _letter(name: str, resident: Resident, /, **facts: Any) -> Letter | None:
    kind = letter_kind(name)
    assert kind is not None
    if resident not in kind.receivers(facts):
        return None
    return kind.compose(resident, facts)


def _words(letter: Letter | None) -> str:
    assert letter is not None
    return " ".join((letter.subject, *letter.lines, letter.reason, *(action.path for action in letter.actions)))


def _later(minutes: float) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def test_unread_message_is_told_once_until_read(
    talk: Conversation, anna: Resident, bilal: Resident, after_commit: AfterCommit
) -> None:
    ear = Ear(events.message_unread)
    services.send_message(by=bilal, conversation=talk, text=SECRET)

    with after_commit():
        assert services.tell_of_unread(timezone.now()) == 0  # somebody may be reading along
        assert services.tell_of_unread(_later(3)) == 1
        services.send_message(by=bilal, conversation=talk, text="nog iets")
        assert services.tell_of_unread(_later(6)) == 0
    services.mark_read(by=anna, conversation=talk, seq=2)
    services.send_message(by=bilal, conversation=talk, text="en nu weer")
    with after_commit():
        assert services.tell_of_unread(_later(9)) == 1

    assert [one["resident_id"] for one in ear.heard] == [anna.pk, anna.pk]


def test_live_reader_silent_reader_and_writer_get_no_letter(
    talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    services.send_message(by=bilal, conversation=talk, text=SECRET)
    services.mark_read(by=anna, conversation=talk, seq=1)
    assert services.tell_of_unread(_later(3)) == 0

    services.set_silent(by=anna, conversation=talk, silent=True)
    services.send_message(by=bilal, conversation=talk, text=SECRET)
    assert services.tell_of_unread(_later(3)) == 0


def test_system_lines_alone_are_no_message(talk: Conversation, bilal: Resident) -> None:
    services.add_system_line(conversation=talk, name="said_yes", who=bilal.pk)

    assert services.tell_of_unread(_later(3)) == 0


def test_message_letter_says_nothing_of_the_message(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    services.send_message(by=bilal, conversation=talk, text=SECRET)
    facts = {"conversation": talk.pk, "resident": anna.pk, "seq": 1}

    letter = _letter("message", anna, **facts)

    assert "Bilal stuurde je een bericht" in _words(letter)
    assert "mat" not in _words(letter)
    assert _letter("message", bilal, **facts) is None
    assert _letter("message", anna, conversation=talk.pk, seq=1) is None
    services.mark_read(by=anna, conversation=talk, seq=1)
    assert _letter("message", anna, **facts) is None


def _agreed(talk: Conversation, anna: Resident, bilal: Resident, starts_at: datetime, now: datetime) -> Appointment:
    proposed = services.propose_appointment(
        by=bilal, conversation=talk, starts_at=starts_at, duration_minutes=60, note=SECRET, now=now
    )
    assert services.agree_appointment(by=anna, appointment=proposed, now=now)
    return Appointment.objects.get(pk=proposed.pk)


def test_agreed_letter_goes_to_both_without_door_word_and_note(
    talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    from chat.bodies import opened

    made = _agreed(talk, anna, bilal, _later(60 * 72), timezone.now())

    for person, other in ((anna, "Bilal"), (bilal, "Anna")):
        words = _words(_letter("appointment_agreed", person, appointment=made.pk))
        assert other in words
        assert "afspraak.ics" in words
        assert "mat" not in words
        assert opened(talk, made.door_words) not in words
    assert _letter("appointment_proposed", anna, appointment=made.pk) is None


def test_proposal_goes_to_the_other(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    made = services.propose_appointment(by=bilal, conversation=talk, starts_at=_later(600))

    assert "Past dit?" in _words(_letter("appointment_proposed", anna, appointment=made.pk))
    assert _letter("appointment_proposed", bilal, appointment=made.pk) is None


def test_cancelled_letter(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    made = _agreed(talk, anna, bilal, _later(60 * 72), timezone.now())
    assert _letter("appointment_cancelled", anna, appointment=made.pk) is None

    services.cancel_appointment(by=bilal, conversation=talk)

    assert "gaat niet door" in _words(_letter("appointment_cancelled", anna, appointment=made.pk))


def test_reminders_come_once_a_day_and_an_hour_before(
    talk: Conversation, anna: Resident, bilal: Resident, after_commit: AfterCommit
) -> None:
    ear, now = Ear(events.appointment_near), timezone.now()
    moment = now + timedelta(days=3)
    made = _agreed(talk, anna, bilal, moment, now)

    with after_commit():
        assert services.remind_of_appointments(now) == 0
        for before in (timedelta(hours=23), timedelta(hours=20), timedelta(minutes=50), timedelta(minutes=20)):
            services.remind_of_appointments(moment - before)
        assert services.remind_of_appointments(moment + timedelta(minutes=1)) == 0

    assert ear.heard == [
        {"appointment_id": made.pk, "when": "day"},
        {"appointment_id": made.pk, "when": "hour"},
    ]
    assert "Denk aan je afspraak" in _words(_letter("reminder", anna, appointment=made.pk))
    with time_machine.travel(moment + timedelta(hours=1), tick=False):
        assert _letter("reminder", anna, appointment=made.pk) is None


def test_cancelled_appointment_reminds_nobody(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    now = timezone.now()
    moment = now + timedelta(days=3)
    _agreed(talk, anna, bilal, moment, now)
    services.cancel_appointment(by=anna, conversation=talk, now=now)

    assert services.remind_of_appointments(moment - timedelta(hours=20)) == 0


def test_outcome_is_asked_once_after_the_end(
    talk: Conversation, anna: Resident, bilal: Resident, after_commit: AfterCommit
) -> None:
    ear, now = Ear(events.outcome_due), timezone.now()
    moment = now + timedelta(days=1)
    made = _agreed(talk, anna, bilal, moment, now)

    with after_commit():
        assert services.ask_for_outcomes(moment + timedelta(hours=2)) == 0  # an hour of help, and two of rest
        assert services.ask_for_outcomes(moment + timedelta(hours=3, minutes=1)) == 1
        assert services.ask_for_outcomes(moment + timedelta(hours=9)) == 0

    assert ear.heard == [{"appointment_id": made.pk}]
    assert "Hoe ging het met Bilal?" in _words(_letter("outcome_question", anna, appointment=made.pk))


def test_outcome_without_a_moment_is_asked_after_three_days(talk: Conversation, anna: Resident) -> None:
    services.agree(by=anna, conversation=talk)

    assert services.ask_for_outcomes(timezone.now() + timedelta(days=2)) == 0
    assert services.ask_for_outcomes(timezone.now() + timedelta(days=3, minutes=1)) == 1


def test_nobody_is_asked_what_they_said_already(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    services.agree(by=anna, conversation=talk)
    made = Appointment.objects.get()
    services.record_outcome(by=anna, conversation=talk, says="happened")

    assert services.ask_for_outcomes(timezone.now() + timedelta(days=9)) == 0
    assert _letter("outcome_question", bilal, appointment=made.pk) is None


def test_thanks_letter_goes_to_who_helped(
    talk: Conversation, place: Engagement, anna: Resident, bilal: Resident
) -> None:
    services.agree(by=anna, conversation=talk)
    services.record_outcome(by=anna, conversation=talk, says="happened")
    services.give_thanks(by=anna, conversation=talk, text=SECRET)

    words = _words(_letter("thanks", bilal, engagement=place.pk))
    assert "Anna bedankt je" in words
    assert "mat" not in words
    assert _letter("thanks", anna, engagement=place.pk) is None


@pytest.mark.parametrize(
    "name", ["appointment_proposed", "appointment_agreed", "appointment_cancelled", "reminder", "outcome_question"]
)
def test_letter_about_nothing_is_not_written(talk: Conversation, anna: Resident, name: str) -> None:
    assert _letter(name, anna, appointment=99_999) is None
    kind = letter_kind(name)
    assert kind is not None
    assert kind.compose(anna, {"appointment": 99_999}) is None


def test_who_left_is_not_written_to(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    services.send_message(by=bilal, conversation=talk, text=SECRET)
    Participant.objects.filter(resident=anna).update(left_at=timezone.now())

    assert services.tell_of_unread(_later(3)) == 0
    assert _letter("message", anna, conversation=talk.pk, resident=anna.pk, seq=1) is None
