"""Mails about an account (a code, a changed address, good-bye): a sealed row first, then sent by a worker.

So a page never waits for a mail server, its time does not tell whether an address is known, and a mail server that is
down for a while loses nothing. A code in the row is as secret as in the mail: it is sealed, and the row goes with it.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from buurt.ledger.sealing import CannotOpenError, new_sealed_key, seal, unseal
from buurt.ledger.services import enqueue
from buurt.residents.access import catalogue_of
from buurt.residents.models import AccountMail, Resident

logger = logging.getLogger(__name__)

PLACE = "account-mail"
# A code is worth nothing after half an hour (settings); a notice is still news the next day.
CODE_IS_GOOD_FOR, NOTICE_IS_GOOD_FOR = timedelta(minutes=30), timedelta(days=1)
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5, 300
BATCH = 200


@transaction.atomic
def post(message: EmailMessage, *, good_for: timedelta = NOTICE_IS_GOOD_FOR) -> AccountMail:
    """Keep a mail to one address to be sent at once by a worker; given up after `good_for`."""
    from buurt.residents import tasks

    html = ""
    if isinstance(message, EmailMultiAlternatives):
        html = next((str(part[0]) for part in message.alternatives if part[1] == "text/html"), "")
    parts = {"to": message.to[0], "subject": str(message.subject), "text": str(message.body), "html": html}
    key = new_sealed_key()
    mail = AccountMail.objects.create(
        sealed_key=key,
        sealed=seal(key, json.dumps(parts), place=PLACE),
        good_until=timezone.now() + good_for,
    )
    enqueue(tasks.send_account_mail, mail.pk)
    return mail


def post_words(resident: Resident, name: str, **context: Any) -> AccountMail:
    """Keep a mail to this resident, in their own language, with the words of templates/<name>_{subject,message}.txt."""
    with translation.override(catalogue_of(resident)):
        words = {"community": resident.community, **context}
        subject = " ".join(render_to_string(f"{name}_subject.txt", words).split())
        text = render_to_string(f"{name}_message.txt", words)
        return post(EmailMultiAlternatives(subject, text, to=[resident.email]))


def deliver(mail_id: int, *, now: datetime | None = None) -> bool:
    """Send one mail; returns whether it went. A mail server that does not answer is tried again a little later."""
    from buurt.residents import tasks

    now = now or timezone.now()
    mail = AccountMail.objects.filter(pk=mail_id).first()
    if mail is None:  # it went before
        return False
    if mail.good_until <= now:
        mail.delete()
        return False
    try:
        _message(mail).send()
    except OSError as error:  # smtplib's errors are OSErrors: refused, timed out, not reachable
        logger.warning("account mail will be tried again: %s", type(error).__name__)
        pause = min(FIRST_PAUSE_SECONDS * 2**mail.attempts, LONGEST_PAUSE_SECONDS)
        with transaction.atomic():
            AccountMail.objects.filter(pk=mail.pk).update(attempts=mail.attempts + 1)
            enqueue(tasks.send_account_mail, mail.pk, due_at=now + timedelta(seconds=pause))
        return False
    except CannotOpenError:
        logger.error("account mail cannot be opened: its seal key is gone")
    mail.delete()
    return True


def _message(mail: AccountMail) -> EmailMessage:
    parts = json.loads(unseal(mail.sealed_key, mail.sealed, place=PLACE))
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    message = EmailMultiAlternatives(parts["subject"], parts["text"], to=[parts["to"]], headers=headers)
    if parts["html"]:
        message.attach_alternative(parts["html"], "text/html")
    return message


def sweep_mails(*, now: datetime | None = None) -> int:
    """Remove mails that are no longer worth sending; returns how many."""
    old = AccountMail.objects.filter(good_until__lte=now or timezone.now()).order_by("pk").values_list("pk", flat=True)
    return AccountMail.objects.filter(pk__in=list(old[:BATCH])).delete()[0]
