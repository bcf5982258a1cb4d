"""Steps through the door: ask for a code, read it in the mail."""

import re

from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from buurt.ledger.services import run_due

DOOR = "/account/login/"
CODE = "/account/login/code/confirm/"


def ask_code(client: Client, email: str, next_url: str = "") -> None:
    response = client.post(DOOR, {"login": email, "next": next_url})
    assert response.status_code == 302, response.content.decode()[:2000]
    assert response["Location"].startswith(CODE)


def mails() -> list[EmailMessage]:
    """Let the worker send what waits, and return all mails so far."""
    run_due()
    return mail.outbox


def code_in_mail(number: int = -1) -> str:
    found = re.search(r"^(\d{6})$", str(mails()[number].body), re.MULTILINE)
    assert found, mail.outbox[number].body
    return found[1]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def without_secrets(html: str, email: str) -> str:
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
    return re.sub(r"\d{6}", "CODE", html).replace(email, "ADDRESS")
