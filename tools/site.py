"""A site of its own for tools that look at pages: a fresh database, the scene of the browser tests, a server.

Everything lives in a temporary folder and in this process; afterwards nothing of it is left. The people are the cast
of the tests (Anna, Bilal, Dirk, Fatma), on request among the neighbours of the demo.
"""

import asyncio
import logging
import os
import shutil
import socket
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.needs import chromium

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, BrowserContext

    from buurt.residents.models import Resident

# A developer's own settings must not reach the site.
OURS = ("BUURT_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE")
START_SECONDS = 20.0


@dataclass(frozen=True)
class Site:
    """Where the site is, who lives there, and the parts of addresses by name (`/prikbord/{ask}`)."""

    base: str
    people: dict[str, "Resident"]
    names: dict[str, str] = field(default_factory=dict)

    def cookies(self, who: str, language: str = "nl") -> list[Any]:
        """Return the cookies of somebody logged in (a name without a person: a visitor) who reads a language."""
        found = [{"name": "django_language", "value": language, "url": self.base}]
        if who in self.people:
            found.append({"name": "sessionid", "value": _session_of(self.people[who]), "url": self.base})
        return found

    def client(self, who: str, language: str = "nl") -> "Client":
        """Return Django's own client, logged in as somebody (a name without a person is a visitor)."""
        from django.test import Client

        client = Client(headers={"host": "localhost"})
        client.cookies["django_language"] = language
        if who in self.people:
            client.cookies["sessionid"] = _session_of(self.people[who])
        return client

    def dress(self, theme: str) -> None:
        """Give every community this theme."""
        from django.core.cache import cache

        from buurt.communities.models import Community

        Community.objects.update(theme=theme)
        cache.clear()


@contextmanager
def site(*, demo: bool = False) -> Iterator[Site]:
    """Serve a site on a free port; with `demo` among the neighbours of the demo, else with the cast alone."""
    folder = Path(tempfile.mkdtemp(prefix="buurt-site-"))
    try:
        _set_up(folder)
        people, names = _fill(demo=demo)
        with _serving() as base:
            yield Site(base, people, names)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def quiet_site() -> Iterator[Site]:
    """Make the same site without a server, for Django's own client."""
    folder = Path(tempfile.mkdtemp(prefix="buurt-site-"))
    try:
        _set_up(folder)
        people, names = _fill(demo=False)
        yield Site("http://localhost", people, names)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def browser() -> Iterator["Browser"]:
    """Open the browser of the machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium())
        yield opened
        opened.close()


def context_of(opened: "Browser", where: Site, who: str, **options: Any) -> "BrowserContext":
    """Open a window for somebody; `language` and Playwright's own options (viewport, color_scheme ...) may be given."""
    language = options.pop("language", "nl")
    context = opened.new_context(locale=language, timezone_id="Europe/Amsterdam", base_url=where.base, **options)
    context.add_cookies(where.cookies(who, language))
    return context


def _set_up(folder: Path) -> None:
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the main thread
        "BUURT_MODE": "demo",
        "BUURT_VAR": str(folder),
        "BUURT_LOG_LEVEL": "ERROR",
    }
    (folder / "static").mkdir()
    import django
    from django.core.management import call_command

    django.setup()
    logging.getLogger("django").setLevel(logging.ERROR)  # a page that is rightly refused is no news here
    call_command("migrate", verbosity=0, interactive=False)


def _fill(*, demo: bool) -> tuple[dict[str, "Resident"], dict[str, str]]:
    from tests.browser.looks import all_languages, make_people
    from tests.browser.scene import set_scene

    people = _people_of_the_demo() if demo else make_people()
    community = people["anna"].community
    if community is None:
        raise RuntimeError("the cast lives nowhere")
    # Every language: else a page in one of the others quietly comes in Dutch.
    community.languages = all_languages()
    community.save(update_fields=["languages"])
    names = set_scene(
        zaanstad=community,
        anna=people["anna"],
        bilal=people["bilal"],
        dirk=people["dirk"],
    )
    return people, names


def _people_of_the_demo() -> dict[str, "Resident"]:
    from django.core.management import call_command

    from buurt.residents.models import Resident
    from config.demo.build import build_demo

    call_command("import_postcodes", verbosity=0)
    return {**build_demo().people, "new": Resident.objects.create_user("nieuw@example.org")}


def _session_of(resident: "Resident") -> str:
    """Log somebody in, staff with their second factor, and return the key of their session."""
    from allauth.account.internal.flows.login import record_authentication
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest
    from django.test import Client

    client = Client()
    client.force_login(resident)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, resident, method="code", email=resident.email)
    if Authenticator.objects.filter(user=resident).exists():
        record_authentication(request, resident, method="mfa", type="totp")
    request.session.save()
    return str(client.cookies["sessionid"].value)


@contextmanager
def _serving() -> Iterator[str]:
    import uvicorn

    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    from config.asgi import application

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, log_level="error", lifespan="off", ws="websockets-sansio", ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    edge = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > edge:
            message = "the site's own server did not start"
            raise RuntimeError(message)
        time.sleep(0.02)
    try:
        yield f"http://localhost:{listener.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(5)
