"""Setting up a second step counts as having shown it: who just typed the code is not asked again."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpResponse


class LinkAppView(ActivateTOTPView):  # type: ignore[misc]
    """Links an app with codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Note that the app's code was shown in this log-in."""
        response: HttpResponse = super().form_valid(form)
        _note(self.request, Authenticator.Type.TOTP)
        return response


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Note that the passkey was used in this log-in."""
        response: HttpResponse = super().form_valid(form)
        _note(self.request, Authenticator.Type.WEBAUTHN)
        return response


def _note(request: Any, kind: str) -> None:
    record_authentication(request, request.user, method="mfa", type=str(kind), reauthenticated=True)
