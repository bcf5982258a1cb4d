"""The second step of logging in: forms in our words."""

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from buurt.residents.forms.door import PlainForm


def _reword_code(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"autocomplete": "one-time-code", "class": "b-input--short"})
    field.error_messages["required"] = _("Vul de code in.")


class AuthenticateForm(PlainForm, base_forms.AuthenticateForm):  # type: ignore[misc]
    """Asks the code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_code(self.fields["code"], _("Code uit je app"), _("Geen app bij de hand? Vul een herstelcode in."))


class ReauthenticateForm(PlainForm, base_forms.ReauthenticateForm):  # type: ignore[misc]
    """Asks the code of the app once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_code(self.fields["code"], _("Code uit je app"), _("Geen app bij de hand? Vul een herstelcode in."))


class ActivateTOTPForm(PlainForm, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """Asks the first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_code(self.fields["code"], _("Code uit je app"), _("Zes cijfers. Ze veranderen elke halve minuut."))


class AddPasskeyForm(PlainForm, passkey_forms.AddWebAuthnForm):  # type: ignore[misc]
    """Adds a passkey: a name to know it by, and whether it opens the door on its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Naam, om hem te herkennen")
        self.fields["name"].initial = self.initial["name"] = _("Mijn telefoon of computer")
        self.fields["passwordless"].label = _("Ik wil hiermee inloggen zonder code")
        self.fields["passwordless"].help_text = _("Je apparaat vraagt dan om je vinger, gezicht of pincode.")
        self.fields["passwordless"].initial = True


class EditPasskeyForm(PlainForm, passkey_forms.EditWebAuthnForm):  # type: ignore[misc]
    """Gives a passkey another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Naam")
        self.fields["name"].error_messages["required"] = _("Vul een naam in.")
