"""The appointment by its pages: where and when, the calendar, paper, on the way, and how it went by mail."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from buurt.residents.models import Resident
from chat import services
from chat.bodies import line_of, opened
from chat.models import Appointment, Conversation, Message
from posts.models import Engagement, Post
from posts.services import close_post
from tests.conftest import AfterCommit, ClientFor, RunJobs

DUTCH = ZoneInfo("Europe/Amsterdam")


def _url(name: str, talk: Conversation, *more: object) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id, *more])


def _agreed(
    talk: Conversation, anna: Resident, bilal: Resident, starts_at: datetime, now: datetime | None = None
) -> Appointment:
    made = services.propose_appointment(
        by=bilal, conversation=talk, starts_at=starts_at, place="bij de achterdeur", note="met koffie", now=now
    )
    assert services.agree_appointment(by=anna, appointment=made, now=now)
    made.refresh_from_db()
    return made


def _form(**changed: str) -> dict[str, str]:
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    return {"day": day, "at": "9:00", "duration_minutes": "60", "place": "", "note": "", **changed}


# -- proposing -----------------------------------------------------------------------------------------------------


def test_place_is_proposed_and_kept_sealed(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    client_for(bilal).post(_url("propose", talk), _form(place="bij de achterdeur", note="met koffie"))

    made = Appointment.objects.get()
    assert b"achterdeur" not in bytes(made.place or b"")
    page = client_for(anna).get(_url("conversation", talk)).content.decode()
    assert "bij de achterdeur · met koffie · ongeveer een uur" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "2027-03-28", "at": "02:30"}, "de klok gaat dan een uur vooruit"),
        ({"duration_minutes": "-60"}, "Kies hoe lang."),
        ({"duration_minutes": "61"}, "Kies hoe lang."),
        ({"place": "x" * 121}, "Maak dit korter"),
        ({"day": "2199-01-01"}, "binnen een jaar"),
    ],
)
def test_moment_that_cannot_be_is_explained(
    client_for: ClientFor, bilal: Resident, talk: Conversation, changed: dict[str, str], said: str
) -> None:
    response = client_for(bilal).post(_url("propose", talk), _form(**changed))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Appointment.objects.exists()


def test_hour_that_comes_twice_is_the_first(client_for: ClientFor, bilal: Resident, talk: Conversation) -> None:
    night = datetime(2027, 10, 31, 2, 30, tzinfo=DUTCH)
    with time_machine.travel(night - timedelta(days=3), tick=True):
        client_for(bilal).post(_url("propose", talk), _form(day="2027-10-31", at="02:30"))

    starts_at = Appointment.objects.get().starts_at
    assert starts_at is not None
    assert starts_at.isoformat() == "2027-10-31T00:30:00+00:00"


def test_proposal_that_was_changed_meanwhile_is_not_agreed(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    soon = timezone.now() + timedelta(days=1)
    first = services.propose_appointment(by=bilal, conversation=talk, starts_at=soon)
    services.propose_appointment(by=bilal, conversation=talk, starts_at=soon + timedelta(hours=3))

    page = client_for(anna).post(_url("accept", talk, first.pk), follow=True).content.decode()

    assert "Dat kan nu niet meer." in page
    assert not Appointment.objects.filter(state=Appointment.State.AGREED).exists()


def test_accepting_twice_agrees_once(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    made = services.propose_appointment(by=bilal, conversation=talk, starts_at=timezone.now() + timedelta(days=1))
    client = client_for(anna)

    client.post(_url("accept", talk, made.pk))
    client.post(_url("accept", talk, made.pk))

    assert Appointment.objects.filter(state=Appointment.State.AGREED).count() == 1
    assert Message.objects.filter(kind="system").count() == 2  # proposed, agreed


def test_ended_ask_takes_no_moment(
    client_for: ClientFor, anna: Resident, bilal: Resident, ask: Post, talk: Conversation
) -> None:
    close_post(by=anna, post=ask)

    response = client_for(bilal).post(_url("propose", talk), _form())

    assert response.status_code == 422
    assert "Dat kan nu niet meer." in response.content.decode()


def test_held_back_person_slips_no_words_into_a_proposal(
    client_for: ClientFor, bilal: Resident, talk: Conversation
) -> None:
    Resident.objects.filter(pk=bilal.pk).update(restricted_until=timezone.now() + timedelta(days=1))

    assert client_for(bilal).post(_url("propose", talk), _form(note="toch nog even")).status_code == 422


def test_cancelling_twice_says_it_once(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, place: Engagement
) -> None:
    _agreed(talk, anna, bilal, timezone.now() + timedelta(days=1))
    client = client_for(bilal)

    client.post(_url("cancel", talk))
    again = client.post(_url("cancel", talk), follow=True).content.decode()

    assert "Dat kan nu niet meer." in again
    assert again.count("Je zei af.") == 1


def test_forms_sent_twice_say_it_once(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, place: Engagement
) -> None:
    for client, name, typed in (
        (client_for(bilal), "propose", _form(note="met koffie")),
        (client_for(anna), "number", {"number": "0612345678", "client_key": str(uuid4())}),
        (client_for(anna), "conversation", {"text": "Ik kom eraan", "client_key": str(uuid4())}),
    ):
        answers = [client.post(_url(name, talk), typed).status_code for _ in range(2)]
        assert answers == [302, 302], name
    services.agree(by=anna, conversation=talk)
    services.record_outcome(by=anna, conversation=talk, says="happened")
    thanks = [client_for(anna).post(_url("thanks", talk), {"text": "Dank!"}).status_code for _ in range(2)]

    assert thanks == [302, 302]
    names = [line_of(talk, one)[0] for one in Message.objects.filter(kind="system")]
    assert sorted(names) == ["agreed", "contact", "outcome", "proposed", "thanks"]
    assert Message.objects.filter(kind="text").count() == 1


# -- calendar and paper ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "utc_hour"), [("2027-03-27", 8), ("2027-03-28", 7), ("2027-10-30", 7), ("2027-10-31", 8)]
)
def test_calendar_keeps_dutch_time_when_the_clock_changes(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, day: str, utc_hour: int
) -> None:
    moment = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=DUTCH)
    with time_machine.travel(moment - timedelta(days=20), tick=True):
        _agreed(talk, anna, bilal, moment)
        text = client_for(bilal).get(_url("calendar", talk)).content

    file: Any = Calendar.from_ical(text)
    event = file.events[0]
    zone = next(iter(file.timezones)).to_tz()  # by the file's own rules, not by what this machine knows
    start = event["dtstart"].dt.replace(tzinfo=zone)
    assert (start.hour, start.utctimetuple().tm_hour) == (9, utc_hour)
    assert event["dtend"].dt.replace(tzinfo=zone) - start == timedelta(hours=1)
    assert b"achterdeur" not in text
    assert b"koffie" not in text


def test_cancelled_moment_leaves_the_calendar(
    client_for: ClientFor,
    anna: Resident,
    bilal: Resident,
    talk: Conversation,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
) -> None:
    client = client_for(anna)
    _agreed(talk, anna, bilal, timezone.now() + timedelta(days=2))
    old: Any = Calendar.from_ical(client.get(_url("calendar", talk)).content)
    with after_commit():
        client_for(bilal).post(_url("cancel", talk))
    run_jobs(now=timezone.now() + timedelta(hours=12))

    new: Any = Calendar.from_ical(client.get(_url("calendar", talk)).content)

    assert (old["method"], new["method"]) == ("PUBLISH", "CANCEL")
    assert new.events[0]["uid"] == old.events[0]["uid"]
    assert (old.events[0]["sequence"], new.events[0]["sequence"]) == (0, 1)
    assert new.events[0]["status"] == "CANCELLED"
    assert "Haal de afspraak uit mijn agenda" in client.get(_url("conversation", talk)).content.decode()
    assert any(_url("calendar", talk) in str(one.body) for one in mail.outbox)


def test_paper_has_what_one_needs_at_the_door(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    assert client_for(anna).get(_url("paper", talk)).status_code == 404
    made = _agreed(talk, anna, bilal, timezone.now() + timedelta(days=2))

    page = client_for(anna).get(_url("paper", talk)).content.decode()

    for words in ("bij de achterdeur", "met koffie", opened(talk, made.door_words), "075 123 45 67"):
        assert words in page


# -- on the way -----------------------------------------------------------------------------------------------------


def test_on_the_way_is_said_once_and_heard_at_once(
    client_for: ClientFor,
    anna: Resident,
    bilal: Resident,
    talk: Conversation,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
) -> None:
    _agreed(talk, anna, bilal, timezone.now() + timedelta(hours=1))
    client = client_for(bilal)
    assert "Ik ben onderweg" in client.get(_url("conversation", talk)).content.decode()

    with after_commit():
        client.post(_url("on_the_way", talk))
        client.post(_url("on_the_way", talk))
    run_jobs()

    page = client_for(anna).get(_url("conversation", talk)).content.decode()
    assert page.count("Bilal is onderweg.") == 1
    letters = [one for one in mail.outbox if one.subject.startswith("Bilal is onderweg")]
    assert [one.to for one in letters] == [[anna.email]]


def test_on_the_way_too_early_is_not_offered(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    _agreed(talk, anna, bilal, timezone.now() + timedelta(days=2))
    client = client_for(bilal)

    assert "Ik ben onderweg" not in client.get(_url("conversation", talk)).content.decode()
    assert "Dat kan nu niet meer." in client.post(_url("on_the_way", talk), follow=True).content.decode()
