"""Settings that would lose or leak are named; the embedded village is a legal set."""

import pytest
from django.conf import LazySettings

from config.checks import settings_that_hold_together

DEMO = "notifications.channels.email.demo.DemoMailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def live(settings: LazySettings) -> LazySettings:
    settings.IS_DEMO = False
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["buurt.example.nl"]
    settings.PUBLIC_URL = "https://buurt.example.nl"
    settings.EMAIL_BACKEND = SMTP
    settings.DEFAULT_FROM_EMAIL = "Buurt <buurt@example.nl>"
    settings.REDIS_URL = ""
    settings.WEB_PROCESSES = 1
    return settings


def _ids() -> set[str | None]:
    return {message.id for message in settings_that_hold_together(None)}


def test_village_on_sqlite_with_smtp_is_fine(live: LazySettings) -> None:
    assert _ids() == set()


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("IS_DEMO", True, "buurt.E001"),
        ("DEBUG", True, "buurt.E002"),
        ("ALLOWED_HOSTS", ["*"], "buurt.E003"),
        ("ALLOWED_HOSTS", [], "buurt.E010"),
        ("PUBLIC_URL", "", "buurt.E011"),
        ("EMAIL_BACKEND", DEMO, "buurt.E012"),
        ("DEFAULT_FROM_EMAIL", "", "buurt.E013"),
        ("WEB_PROCESSES", 2, "buurt.E014"),
    ],
)
def test_each_dangerous_set_is_named(live: LazySettings, name: str, value: object, error: str) -> None:
    setattr(live, name, value)

    assert error in _ids()


def test_two_processes_with_redis_are_fine(live: LazySettings) -> None:
    live.WEB_PROCESSES = 2
    live.REDIS_URL = "redis://localhost"

    assert _ids() == set()


def test_demo_on_this_machine_needs_nothing(live: LazySettings) -> None:
    live.IS_DEMO = True
    live.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    live.EMAIL_BACKEND = DEMO
    live.PUBLIC_URL = ""

    assert _ids() == set()
