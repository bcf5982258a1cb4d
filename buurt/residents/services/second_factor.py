"""The second factor of the demo's staff: enrolled by command, shown by command, in demo mode only."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from buurt.ledger.services import record
from buurt.residents.errors import NotADemoError
from buurt.residents.models import Resident


@transaction.atomic
def enrol_totp(resident: Resident) -> str:
    """Give the resident an authenticator app's secret and return it; who has one keeps it."""
    found = Authenticator.objects.filter(user=resident, type=Authenticator.Type.TOTP).first()
    if found is not None:
        return str(decrypt(found.data["secret"]))
    secret = str(generate_totp_secret())
    TOTP.activate(resident, secret)
    record("second_factor_enrolled", resident, by=None)
    return secret


def current_code(resident: Resident, *, now: float | None = None) -> str:
    """Return the code the authenticator app would show now; in demo mode only, where there is no app."""
    if not settings.IS_DEMO:
        raise NotADemoError
    found = Authenticator.objects.get(user=resident, type=Authenticator.Type.TOTP)
    counter = int(now if now is not None else time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(decrypt(found.data["secret"]), counter)))
