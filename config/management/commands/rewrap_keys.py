"""Wrap every stored key with today's first service key, so that an old one can be dropped."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand

from buurt.ledger.sealing import rewrap
from buurt.moderation.models import Report
from buurt.residents.models import AccountMail
from chat.models import Conversation

BATCH = 500


class Command(BaseCommand):
    """`manage.py rewrap_keys`: safe to run twice and to stop half-way; no words are opened."""

    help = "Verpakt alle sleutels met de eerste sleutel uit BUURT_SEAL_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through conversations, evidence, second factors and mails that wait."""
        for mail in AccountMail.objects.only("sealed_key").iterator(BATCH):
            AccountMail.objects.filter(pk=mail.pk).update(sealed_key=rewrap(mail.sealed_key))
        conversations = reports = factors = 0
        for conversation in Conversation.objects.only("sealed_key").iterator(BATCH):
            fresh = rewrap(conversation.sealed_key)
            conversations += Conversation.objects.filter(pk=conversation.pk).update(sealed_key=fresh)
        for report in Report.objects.filter(evidence_key__isnull=False).only("evidence_key").iterator(BATCH):
            if report.evidence_key is not None:
                reports += Report.objects.filter(pk=report.pk).update(evidence_key=rewrap(report.evidence_key))
        for factor in Authenticator.objects.filter(type=Authenticator.Type.TOTP).iterator(BATCH):
            key, _, sealed = factor.data["secret"].partition(".")
            factor.data["secret"] = f"{rewrap(key.encode()).decode()}.{sealed}"
            factor.save(update_fields=["data"])
            factors += 1
        self.stdout.write(f"{conversations} gesprekken, {reports} meldingen, {factors} tweede stappen opnieuw verpakt.")
