"""Demo mode's mail: kept in the database and shown on a page of its own, never sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import SentMail

# The page shows the newest; older ones go, so that a demo that runs for weeks stays small.
KEEP = 500


class DemoMailBackend(BaseEmailBackend):
    """Writes each mail to the table of sent mails."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; returns how many."""
        for message in email_messages:
            html = ""
            if isinstance(message, EmailMultiAlternatives):
                html = next((str(part[0]) for part in message.alternatives if part[1] == "text/html"), "")
            for address in message.to:
                SentMail.objects.create(to=address, subject=message.subject[:250], text=str(message.body), html=html)
        newest = SentMail.objects.order_by("-id").values_list("id", flat=True)[KEEP : KEEP + 1]
        SentMail.objects.filter(id__lte=max(newest, default=0)).delete()
        return len(email_messages)
