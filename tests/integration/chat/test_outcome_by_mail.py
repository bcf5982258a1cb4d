"""How it went, answered from a mail: it needs a press and no log-in."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.residents.models import Resident
from chat import services
from chat.models import Appointment, Conversation
from chat.outcome_links import path_for
from posts.models import Engagement
from tests.conftest import AfterCommit, RunJobs


def _agreed(
    talk: Conversation, anna: Resident, bilal: Resident, starts_at: datetime, now: datetime | None = None
) -> Appointment:
    made = services.propose_appointment(
        by=bilal, conversation=talk, starts_at=starts_at, place="bij de achterdeur", note="met koffie", now=now
    )
    assert services.agree_appointment(by=anna, appointment=made, now=now)
    made.refresh_from_db()
    return made


# -- how it went, by mail -------------------------------------------------------------------------------------------


def test_outcome_by_mail_needs_a_press_and_no_log_in(
    anna: Resident,
    bilal: Resident,
    talk: Conversation,
    place: Engagement,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
) -> None:
    start = timezone.now() + timedelta(hours=1)
    _agreed(talk, anna, bilal, start)
    later = start + timedelta(hours=4)
    with time_machine.travel(later, tick=True), after_commit():
        services.ask_for_outcomes(timezone.now())
    run_jobs(now=later + timedelta(hours=14))
    letter = next(one for one in mail.outbox if one.subject.startswith("Hoe ging het") and one.to == [anna.email])
    path = urlsplit(next(iter(re.findall(r"http\S+hoe-ging-het\S+zegt=happened", str(letter.body))))).path

    visitor = Client()
    page = visitor.get(path, {"zegt": "happened"}).content.decode()
    place.refresh_from_db()
    assert "Hoe ging het met Bilal?" in page
    assert place.asker_says == ""
    done = visitor.post(path, {"says": "happened"}).content.decode()

    place.refresh_from_db()
    assert "Dank je wel" in done
    assert place.state == Engagement.State.DONE


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1u:zzz"])
def test_forged_outcome_link_is_a_404(talk: Conversation, token: str) -> None:
    assert Client().get(reverse("chat:outcome_by_mail", args=[token])).status_code == 404


def test_outcome_link_of_a_stranger_changes_nothing(
    carla: Resident, bilal: Resident, anna: Resident, talk: Conversation, place: Engagement
) -> None:
    _agreed(talk, anna, bilal, timezone.now() + timedelta(days=1))

    response = Client().post(path_for(place, carla), {"says": "happened"})

    assert response.status_code == 422
    place.refresh_from_db()
    assert place.asker_says + place.helper_says == ""


@pytest.mark.parametrize("says", ["", "wonderful"])
def test_odd_answer_by_mail_is_refused(
    anna: Resident, bilal: Resident, talk: Conversation, place: Engagement, says: str
) -> None:
    _agreed(talk, anna, bilal, timezone.now() + timedelta(days=1))

    assert Client().post(path_for(place, anna), {"says": says}).status_code == 422
