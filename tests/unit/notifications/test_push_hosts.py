"""Our server posts to push services only, whatever address somebody calls their browser's."""

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.webpush.hosts import is_push_service

REAL = (
    "https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABk",
    "https://web.push.apple.com/QGx2",
    "https://wns2-db5p.notify.windows.com/w/?token=BQYAAA%3d",
)
FALSE = (
    "",
    "http://fcm.googleapis.com/fcm/send/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil-notify.windows.com/x",
    "https://notify.windows.com/x",
    "https://evil.example/https://fcm.googleapis.com/",
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://127.0.0.1\\@fcm.googleapis.com/x",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/x",
    "https://[::1]/x",
    "https://fcm.googleapis.com\n.evil.example/x",
    "https://fcm.googleapis.com:port/x",
    "ftp://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/" + "x" * 2000,
)


@pytest.mark.parametrize("endpoint", REAL)
def test_push_services_of_browsers_are_known(endpoint: str) -> None:
    assert is_push_service(endpoint)


@pytest.mark.parametrize("endpoint", FALSE)
def test_anything_else_is_refused(endpoint: str) -> None:
    assert not is_push_service(endpoint)


@given(st.text(max_size=80))
def test_no_text_leads_elsewhere(text: str) -> None:
    assert not is_push_service(text)
    assert not is_push_service(f"https://{text.replace('/', '')}evil.example/")


def test_list_is_a_setting(settings: LazySettings) -> None:
    settings.PUSH_SERVICES = ["http://127.0.0.1:8123"]

    assert is_push_service("http://127.0.0.1:8123/a")
    assert not is_push_service("http://127.0.0.1:8124/a")
    assert not is_push_service(REAL[0])
