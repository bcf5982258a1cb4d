"""Nobody of the staff finds a word of a chat: through every page, the admin, exports, mail and log (issue: done-point 4).

The canaries stand in everything two neighbours tell each other. What one of them reported may be read by the moderator,
on the page of that report, and nowhere else.
"""

import io
import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.ledger.models import Entry, Job
from buurt.moderation.models import Decision, Report
from buurt.moderation.services import decide
from buurt.residents.models import Resident, Role
from buurt.residents.services import enrol_totp
from chat import services
from chat.invites import path_for
from chat.models import Appointment, Conversation, GuestInvite
from matching.models import Invitation
from matching.services import answer_post
from notifications.models import Delivery
from posts.drafts import PostDraft
from posts.models import Post
from posts.services import publish_post
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.residents import make_resident, make_role
from tests.integration.privacy.crawl import addresses, patterns

MESSAGE, NUMBER, WHERE, NOTE, THANKS = "kanarie-woord", "0613579246", "kanarie-plek", "kanarie-briefje", "kanarie-dank"
REPORTED, PROBE = "kanarie-gemeld", "de log wordt gelezen"
SECRET = (MESSAGE, NUMBER, WHERE, NOTE, THANKS)
STAFF = [str(name) for name in Role.Name.values]


@dataclass(frozen=True)
class Scene:
    """Two neighbours who told each other everything, and all keys under which something of it lies."""

    talk: Conversation
    report: Report
    keys: dict[str, list[object]]
    log: str
    door_words: list[str]


@pytest.fixture
def scene(
    anna: Resident,
    bilal: Resident,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
    caplog: pytest.LogCaptureFixture,
) -> Scene:
    """Let Anna and Bilal talk, agree, thank and report, with every log line caught."""
    with caplog.at_level(logging.DEBUG), _all_of_django(caplog):
        logging.getLogger("chat").debug(PROBE)
        with after_commit():
            draft = PostDraft(kind="ask", category="transport", text="Naar de oogarts.", title="Wie rijdt mij?")
            post = publish_post(by=anna, draft=draft)
            talk = answer_post(by=bilal, post=post, answer="yes").conversation
            assert talk is not None
            services.send_message(by=anna, conversation=talk, text=f"Mijn {MESSAGE} ligt onder de mat.")
            services.send_message(by=bilal, conversation=talk, text=f"Jij bent een {REPORTED}.")
            services.share_number(by=anna, conversation=talk, number=NUMBER)
        run_jobs()
        with after_commit():
            moment = services.propose_appointment(
                by=bilal,
                conversation=talk,
                starts_at=timezone.now() + timedelta(days=1),
                place=WHERE,
                note=NOTE,
            )
            services.agree_appointment(by=anna, appointment=moment)
            services.record_outcome(by=anna, conversation=talk, says="happened")
            services.give_thanks(by=anna, conversation=talk, text=THANKS)
            invite = services.invite_guest(by=anna, conversation=talk)
        run_jobs(now=timezone.now() + timedelta(hours=23))
        report = _reported(anna, talk)
    assert PROBE in caplog.text
    return Scene(talk, report, _keys(talk, report, invite), caplog.text, _door_words(talk))


def _all_of_django(caplog: pytest.LogCaptureFixture) -> AbstractContextManager[None]:
    return caplog.at_level(logging.DEBUG, logger="django")


def _reported(anna: Resident, talk: Conversation) -> Report:
    """Let Anna report Bilal's unkind words, by the pages."""
    client = Client()
    client.force_login(anna)
    chosen = client.get(reverse("chat:report", args=[talk.public_id]), {"bericht": ["3"], "kies": "1"})
    assert chosen.status_code == 302
    sent = client.post(chosen["Location"], {"reason": "insult", "explanation": ""})
    assert sent.status_code == 200
    return Report.objects.get()


def _door_words(talk: Conversation) -> list[str]:
    from chat.bodies import opened

    return [opened(talk, one.door_words) for one in Appointment.objects.filter(conversation=talk) if one.door_words]


def _keys(talk: Conversation, report: Report, invite: GuestInvite) -> dict[str, list[object]]:
    """Return what fits each place in an address. A new name here means: think of what a crawler should try there."""
    post, invitation = talk.post, Invitation.objects.filter(post=talk.post)[0]
    numbers: set[object] = {report.pk, invite.pk, *Appointment.objects.values_list("pk", flat=True)}
    return {
        "gesprekken/public_id": [talk.public_id],
        "mij/public_id": [post.author.public_id],
        "helpen/public_id": [invitation.public_id],
        "public_id": [post.public_id],
        "pk": list(numbers),
        "token": [path_for(invite).rsplit("/", 1)[1], "x"],
        "kind": ["message"],
        "key": [report.subject_key, f"{talk.public_id}-2", "x"],
        "mail_id": [1],
        "size": [192],
        "slug": ["zaanstad"],
        "version": ["1"],
        "list_id": ["x"],
        "journey_id": ["mantelzorg"],
        "number": [1],
    }


@pytest.fixture
def crawler(
    request: pytest.FixtureRequest, scene: Scene, zaanstad: Community, client_for: ClientFor, fatma: Resident
) -> tuple[str, Client]:
    """Return who crawls and their browser: each staff role, a third neighbour, a visitor."""
    who = str(request.param)
    if who == "visitor":
        return who, Client(raise_request_exception=False)
    if who == "broker":
        person = fatma
    else:
        person = make_resident(community=zaanstad, name="Derde", email="derde@example.org", postcode="1506")
        if who in STAFF:
            make_role(resident=person, name=who)
            enrol_totp(person)
    client = client_for(person)
    client.raise_request_exception = False
    return who, client


@pytest.mark.parametrize("crawler", [*STAFF, "neighbour", "visitor"], indirect=True)
def test_no_page_shows_a_word_of_a_chat(
    crawler: tuple[str, Client], scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    who, client = crawler
    found: dict[str, list[str]] = {}
    reached = 0
    with caplog.at_level(logging.DEBUG), _all_of_django(caplog):
        for path in addresses(scene.keys):
            response = client.get(path)
            page = _words_of(response)
            reached += response.status_code == 200
            assert response.status_code < 500 or path == "/readyz", f"{who} broke {path}"
            for word in (*SECRET, REPORTED, *scene.door_words):
                if word in page:
                    found.setdefault(word, []).append(path)

    where_it_belongs = reverse("moderation:report_detail", args=[scene.report.pk])
    expected = {REPORTED: [where_it_belongs]} if who == Role.Name.MODERATOR else {}
    assert found == expected
    assert reached > 15
    assert not [word for word in (*SECRET, REPORTED) if word in caplog.text]


def _words_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{body.decode(errors='replace')}"


def test_the_two_themselves_do_find_it(
    scene: Scene, client_for: ClientFor, anna: Resident, bilal: Resident, caplog: pytest.LogCaptureFixture
) -> None:
    """The crawl means nothing when the canaries could not be found at all; nor do their own visits leave any."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django")
    for person, words in ((anna, (MESSAGE, NUMBER, REPORTED)), (bilal, (MESSAGE, NUMBER, THANKS))):
        client = client_for(person)
        own = [path for path in addresses(scene.keys) if path.startswith(("/gesprekken", "/mij/gegevens"))]
        seen = "".join(_words_of(client.get(path)) for path in own)
        assert [word for word in words if word not in seen] == []
    assert not [word for word in (*SECRET, REPORTED, *scene.door_words) if word in caplog.text]


@pytest.mark.parametrize("name", ["django.template", "django.db.backends", "uvicorn.error", "websockets"])
def test_loggers_that_would_write_it_down_never_do(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)


def test_every_pattern_is_filled_in(scene: Scene) -> None:
    assert len(addresses(scene.keys)) > len(list(patterns())) - 10


def test_no_mail_no_log_no_row_carries_it(scene: Scene) -> None:
    assert mail.outbox
    letters = "".join(f"{one.subject} {one.message().as_string()}" for one in mail.outbox)
    rows = "".join(str(list(model.objects.values())) for model in (Entry, Job, Delivery, Post, Report, Decision))

    for word in (*SECRET, REPORTED, *scene.door_words):
        assert word not in letters
        assert word not in scene.log
        assert word not in rows


def test_letter_about_a_decision_repeats_nothing(
    scene: Scene, dirk: Resident, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    mail.outbox.clear()
    with after_commit():
        decide(by=dirk, report=scene.report, action="hide", reasons="Dit is beledigend.")
    run_jobs(now=timezone.now() + timedelta(hours=23))

    assert mail.outbox
    assert not [one for one in mail.outbox if REPORTED in one.message().as_string()]


def test_admin_knows_no_chat() -> None:
    if apps.is_installed("django.contrib.admin"):
        from django.contrib import admin

        known = {model._meta.app_label for model in admin.site._registry}
        assert "chat" not in known


def test_commands_that_read_conversations_say_no_word(
    scene: Scene, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only one command of ours opens the room chat: the one that wraps keys anew."""
    reads = [
        path.stem
        for path in project.glob("*/**/management/commands/*.py")
        if ".venv" not in path.parts and "chat" in path.read_text()
    ]
    assert set(reads) <= {"rewrap_keys"}
    out = io.StringIO()
    call_command("rewrap_keys", stdout=out)
    printed = out.getvalue() + capsys.readouterr().out

    assert not [word for word in SECRET if word in printed]
