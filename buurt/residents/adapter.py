"""The one place where django-allauth is bent to our ways."""

import base64
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from buurt.ledger.sealing import new_sealed_key, seal, unseal
from buurt.residents.access import catalogue_of
from buurt.residents.models import Resident
from buurt.residents.post import CODE_IS_GOOD_FOR, NOTICE_IS_GOOD_FOR, post
from buurt.residents.services import choose_language, note_seen

WRONG_CODE = _("Deze code klopt niet. Kijk nog eens in de mail en typ de zes cijfers over.")
WRONG_PASSWORD = _("Het e-mailadres of het wachtwoord klopt niet.")
TOO_OFTEN = _("Dat waren te veel pogingen. Wacht even en probeer het dan opnieuw.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts by e-mail code, in plain Dutch."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account staat uit."),
        "cannot_remove_primary_email": _("Dit adres kun je niet weghalen: je logt ermee in."),
        "duplicate_email": _("Dit adres hoort al bij jouw account."),
        "email_password_mismatch": WRONG_PASSWORD,
        "email_taken": _("Dit adres kun je niet gebruiken."),
        "enter_current_password": _("Typ je wachtwoord van nu."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "invalid_or_expired_key": _("Deze link is verlopen. Vraag een nieuwe aan."),
        "invalid_login": _("Zo kun je niet inloggen. Kijk je e-mailadres na."),
        "invalid_password_reset": _("Deze code is verlopen. Vraag een nieuwe aan."),
        "max_email_addresses": _("Je kunt niet meer dan %d adressen hebben."),
        "too_many_login_attempts": TOO_OFTEN,
        "unverified_primary_email": _("Bevestig eerst je e-mailadres."),
        "select_only_one": _("Kies er één."),
        "same_as_current": _("Dit is hetzelfde als nu."),
        "rate_limited": TOO_OFTEN,
    }

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is: no host name in front of it."""
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Keep a mail to be sent by a worker at once: no page waits for a mail server, or fails with it."""
        request = _request()
        words = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, {**words, **context, "community": _community()})
        post(message, good_for=CODE_IS_GOOD_FOR if "code" in context else NOTICE_IS_GOOD_FOR)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address, in their own language, that somebody wanted to use it."""
        login_url = _request().build_absolute_uri(reverse("account_login"))
        owner = Resident.objects.filter(email__iexact=email).select_related("community").first()
        with override(catalogue_of(owner) if owner else get_language()):
            self.send_mail("account/email/account_already_exists", email, {"login_url": login_url})

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Show a notice of allauth, but not on the way in: the pages themselves say what happens."""
        template = args[0] if args else kwargs.get("message_template")
        if template and not request.user.is_authenticated:
            return
        super().add_message(request, level, *args, **kwargs)

    def post_login(self, request: HttpRequest, user: Resident, **kwargs: Any) -> HttpResponse:
        """Note the day (retention counts from it) and, the first time, the language: mails come in it from then on."""
        note_seen(user)
        if not user.language:
            choose_language(by=user, language=(get_language() or "")[:2])
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the passkey first to who has no app with codes."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists():
            return methods
        return sorted(methods, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the person's own page."""
        return reverse("residents:me")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Go back to the page of the address that was just confirmed."""
        return reverse("account_email")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets sealed at rest, passkeys bound to the one host people log in on."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Je kunt nu geen adres toevoegen."),
        "cannot_delete_authenticator": _("Deze tweede stap kun je niet weghalen."),
        "cannot_generate_recovery_codes": _("Zet eerst een tweede stap aan."),
        "incorrect_code": _("Deze code klopt niet. Neem de code die nu in je app staat."),
        "unverified_email": _("Bevestig eerst je e-mailadres."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with a key of its own, wrapped by the service key."""
        key = new_sealed_key()
        return f"{key.decode()}.{base64.b64encode(seal(key, text, place='second-factor')).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        key, _dot, sealed = encrypted_text.partition(".")
        return unseal(key.encode(), base64.b64decode(sealed), place="second-factor")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the host a passkey belongs to: the public one, or on a demo the one in the address bar."""
        host = "" if settings.IS_DEMO else urlsplit(settings.PUBLIC_URL).hostname or ""
        return {"id": host or _request().get_host().partition(":")[0], "name": "Buurt"}


def _request() -> HttpRequest:
    request: HttpRequest = context.request
    return request


def _community() -> Any:
    return getattr(context.request, "community", None)
