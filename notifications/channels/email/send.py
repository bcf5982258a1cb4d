"""A letter as an e-mail: plain words first, the same with buttons beside it, never a word from a conversation."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from buurt.residents.letters import Letter
from buurt.residents.models import Resident


def send_letter(resident: Resident, letter: Letter) -> None:
    """Send one letter to one resident. Raises OSError (smtplib's base) when the mail server does not take it."""
    context = {
        "letter": letter,
        "resident": resident,
        "community": resident.community,
        "site": settings.PUBLIC_URL.rstrip("/"),
    }
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=render_to_string("notifications/email/letter.txt", context),
        to=[resident.email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.attach_alternative(render_to_string("notifications/email/letter.html", context), "text/html")
    message.send()
