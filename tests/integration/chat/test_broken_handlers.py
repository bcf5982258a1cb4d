"""When storing, telling or showing a message breaks, its words reach no log, no error page and no report of the error."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings, settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.views.debug import get_exception_reporter_class

from buurt.residents.models import Resident
from chat import services
from chat.models import Conversation, Message
from tests.conftest import ClientFor
from tests.unit.chat.line import Line, run

CANARY = "kanarie-in-de-mijn"
# A function on the way of the words: they are in its arguments, and in the variables of who calls it.
STORING = ("chat.writing.rules.sealed_under", "chat.writing.rules.tag_of")
SHOWING = ("chat.shown.text_of", "chat.views.page.render")

# Its types in django-stubs are not what it takes and gives.
_reporter_class: Any = get_exception_reporter_class

pytestmark = pytest.mark.django_db(transaction=True)


class BrokenError(Exception):
    """Something of ours that does not work."""


@pytest.fixture(autouse=True)
def _admin_gets_mail(settings: LazySettings) -> None:
    settings.ADMINS = [("Beheer", "beheer@example.org")]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Return everything that is logged, at DEBUG."""
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
        yield caplog


def _break(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    def broken(*words: object, **more: object) -> object:
        raise BrokenError(place)

    monkeypatch.setattr(place, broken)


@pytest.fixture
def hers(client_for: ClientFor, anna: Resident) -> Client:
    """Return Anna's browser, which gets the error page as a browser does."""
    client = client_for(anna)
    client.raise_request_exception = False
    return client


def _holds_nothing(page: str, log: pytest.LogCaptureFixture) -> None:
    """Hold the page, the log, the mail to the administrator, and the report at its fullest to having no words."""
    failures = [record for record in log.records if record.exc_info and record.exc_info[0] is BrokenError]
    assert failures, "nothing broke"
    for record in failures:
        request = getattr(record, "request", None)
        assert record.exc_info
        report = _reporter_class(request)(request, *record.exc_info)
        for told in (report.get_traceback_html(), report.get_traceback_text()):
            assert "BrokenError" in told
            assert CANARY not in told
    assert mail.outbox[-1].to == ["beheer@example.org"]
    letters = "".join(one.message().as_string() for one in mail.outbox)
    assert [CANARY in one for one in (page, log.text, letters)] == [False] * 3


@pytest.mark.parametrize("place", STORING)
def test_breaking_while_storing_a_form(
    place: str, hers: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    _break(monkeypatch, place)
    address = reverse("chat:conversation", args=[talk.public_id])

    answer = hers.post(address, {"text": f"Mijn {CANARY} zingt.", "client_key": str(uuid4())})

    assert answer.status_code == 500
    _holds_nothing(answer.content.decode(), log)
    assert not Message.objects.exists()


@pytest.mark.parametrize("place", SHOWING)
@pytest.mark.parametrize("debug", [False, True])
def test_breaking_while_showing(
    place: str,
    *,
    debug: bool,
    hers: Client,
    talk: Conversation,
    bilal: Resident,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    log: pytest.LogCaptureFixture,
) -> None:
    """At DEBUG the page is the report; the mail goes out as well here, so that it is looked at in both."""
    services.send_message(by=bilal, conversation=talk, text=f"Mijn {CANARY} zingt.")
    _break(monkeypatch, place)
    settings.DEBUG = debug

    answer = hers.get(reverse("chat:conversation", args=[talk.public_id]))

    assert answer.status_code == 500
    if debug:
        settings.DEBUG = False
        hers.get(reverse("chat:conversation", args=[talk.public_id]))
    _holds_nothing(answer.content.decode(), log)


def test_breaking_while_telling_loses_nothing(
    hers: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    """The message stands by then, so its sender is not told otherwise; pages that are open find it by its number."""
    _break(monkeypatch, "chat.writing.rules.message_parcel")
    address = reverse("chat:conversation", args=[talk.public_id])

    answer = hers.post(address, {"text": f"Mijn {CANARY} zingt.", "client_key": str(uuid4())})

    assert answer.status_code == 302
    assert Message.objects.count() == 1
    assert "BrokenError" in log.text
    assert CANARY not in log.text


@pytest.mark.parametrize("place", ["chat.writing.rules.sealed_under", "chat.writing.rules.message_parcel"])
def test_breaking_behind_a_socket(
    place: str,
    client_for: ClientFor,
    anna: Resident,
    talk: Conversation,
    monkeypatch: pytest.MonkeyPatch,
    log: pytest.LogCaptureFixture,
) -> None:
    cookie = str(client_for(anna).cookies[settings.SESSION_COOKIE_NAME].value)
    _break(monkeypatch, place)
    key = str(uuid4())

    async def story() -> None:
        line = Line(cookie)
        await line.open()
        frame = {"type": "message", "conversation": talk.public_id, "key": key, "text": f"Mijn {CANARY} zingt."}
        await line.say(frame)
        if place.endswith("sealed_under"):
            answer = await line.hear("refused")
            assert answer["key"] == key
            assert answer["error"]
            assert CANARY not in str(answer)
        await line.say({"type": "ping"})
        await line.hear("pong")
        await line.close()

    run(story())
    assert "BrokenError" in log.text
    assert CANARY not in log.text
