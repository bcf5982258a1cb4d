"""A real browser against the real server: uvicorn in a thread of the test process, so sockets work too.

pytest-django's own live_server speaks no WebSocket. Settings and patches of a test reach this server.
"""

import asyncio
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any, Protocol

import pytest
import uvicorn
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from playwright.sync_api import BrowserContext, ConsoleMessage, WebError, expect
from pytest_django import DjangoDbBlocker

from buurt.residents.models import Resident
from chat.writing.writer import writer
from config import embedded
from tests.conftest import ClientFor
from tools.needs import chromium
from tools.services import free_port

# Playwright's sync API keeps an event loop in the main thread; Django would take our queries for async ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A machine that does more than this is slow; nothing is quicker for it, and a fault still comes to light.
PATIENCE = 30.0
expect.set_options(timeout=PATIENCE * 1000)


class ContextFor(Protocol):
    """Opens a browser for a resident (or a visitor), at a width, with or without JavaScript."""

    def __call__(
        self, resident: Resident | None = None, *, width: int = 1280, javascript: bool = True
    ) -> BrowserContext: ...


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the browser of the machine; Playwright's own download is never needed."""
    return {**browser_type_launch_args, "executable_path": chromium()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Let the browser be one from around here."""
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


class UnderWay:
    """The site, and how many requests and lines it is busy with."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.count = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request or one line (ASGI)."""
        self.count += 1
        try:
            await self._application(scope, receive, send)
        finally:
            self.count -= 1


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> UnderWay:
    """Return the site with its static files, as the server serves it."""
    from config.asgi import application

    return UnderWay(ASGIStaticFilesHandler(application))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def base_url(site: UnderWay, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Serve pages, static files and sockets on a free port; the worker is a fixture of its own."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        site,
        log_level="warning",
        lifespan="off",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    with django_db_blocker.unblock():
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield f"http://localhost:{listener.getsockname()[1]}"
        server.should_exit = server.force_exit = True
        thread.join(PATIENCE)
        writer.stop()


@pytest.fixture
def asgi_server(base_url: str, site: UnderWay, transactional_db: None, settings: LazySettings) -> Iterator[str]:
    """Return the address of the server, with a database that it sees and that is empty afterwards."""
    settings.PUBLIC_URL = base_url
    yield base_url
    # The pages are closed. What they asked last must not meet the emptying of the database, or the next test.
    wait_until(lambda: site.count == 0)
    writer.stop()


@pytest.fixture
def context_for(
    asgi_server: str, new_context: Callable[..., BrowserContext], client_for: ClientFor
) -> Iterator[ContextFor]:
    """Return a function that opens a browser, logged in; a script error or a blocked script fails the test."""
    problems: list[str] = []

    def on_error(error: WebError) -> None:
        problems.append(f"script error: {error.error}")

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            problems.append(message.text)

    def open_context(resident: Resident | None = None, *, width: int = 1280, javascript: bool = True) -> BrowserContext:
        context = new_context(viewport={"width": width, "height": 800}, java_script_enabled=javascript)
        context.on("weberror", on_error)
        context.on("console", on_console)
        if resident is not None:
            cookie = client_for(resident).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": asgi_server}])
        return context

    yield open_context
    assert problems == []


@pytest.fixture
def no_js_context(context_for: ContextFor) -> BrowserContext:
    """Return a visitor's browser with JavaScript switched off."""
    return context_for(javascript=False)


class MailSink:
    """Receives mail over real SMTP and keeps it."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self._came = threading.Condition()

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        """Keep one message (the name is aiosmtpd's)."""
        message = message_from_bytes(envelope.content, policy=modern)
        with self._came:
            self.messages.append(message)
            self._came.notify_all()
        return "250 OK"

    def wait_for(self, to: str, containing: str = "", *, after: int = 0) -> EmailMessage:
        """Return the first message to this address with these words, waiting until it comes.

        `after` leaves out the first so many messages: `after=len(mail_sink.messages)` before the act.
        """
        with self._came:
            self._came.wait_for(lambda: bool(self._find(to, containing, after)), PATIENCE)
            found = self._find(to, containing, after)
        came = [(each["To"], each["Subject"]) for each in self.messages]
        assert found, f"no mail to {to} with {containing!r}; came: {came}"
        return found[0]

    def _find(self, to: str, containing: str, after: int) -> list[EmailMessage]:
        return [
            each
            for each in self.messages[after:]
            if to in str(each["To"]) and containing in f"{each['Subject']}\n{text_of(each)}"
        ]


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until something is true that another thread brings about; fail when it stays untrue."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def text_of(message: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""


def code_in(message: EmailMessage) -> str:
    """Return the six digits of a log-in mail."""
    found = re.search(r"\b\d{6}\b", text_of(message))
    assert found, f"no code in: {text_of(message)}"
    return found[0]


def links_in(message: EmailMessage) -> list[str]:
    """Return the addresses in a mail's plain text, in order."""
    return re.findall(r"https?://\S+", text_of(message))


@pytest.fixture
def mail_sink(settings: LazySettings) -> Iterator[MailSink]:
    """Receive this test's mail over real SMTP."""
    sink = MailSink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    controller.stop()


@pytest.fixture
def worker(
    asgi_server: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[embedded.EmbeddedWorker]:
    """Run jobs and the schedule beside the server, in a hurry, as the embedded default does."""
    settings.SCHEDULE = dict.fromkeys(settings.SCHEDULE, 0.3)
    monkeypatch.setattr(embedded, "TICK_SECONDS", 0.1)
    running = embedded.EmbeddedWorker()
    running.start()
    yield running
    running.stop()
