"""One door for logging in and signing up: an e-mail address, then a code."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from django import forms
from django.utils.translation import gettext_lazy as _

from buurt.residents import services

CODE_HELP = _("Zes cijfers. Plakken mag.")


def _reword(field: forms.Field, label: Any, help_text: Any = "", **attrs: str) -> None:
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class PlainForm:
    """No browser bubbles before anything was typed: the server says what is wrong, next to the field."""

    use_required_attribute = False


class RequestCodeForm(PlainForm, allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for an address; an unknown one gets an account, so that both see and get exactly the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_email(self.fields["email"])

    def clean_email(self) -> str:
        """Count first, then find or make the account."""
        email: str = self.cleaned_data["email"]
        if not ratelimit.consume(context.request, action="request_login_code", key=email.lower()):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = services.find_or_make_account(email)
        return email


class DoorForm(PlainForm, allauth_forms.LoginForm):  # type: ignore[misc]
    """The log-in page's form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_email(self.fields["login"])

    def _clean_without_password(self, email: str | None, phone: str | None) -> Any:
        form = RequestCodeForm({"email": email})
        if form.is_valid():
            self.user = form._user
        for error in form.errors.get("email", []):
            self.add_error("login", error)
        return self.cleaned_data


class PasswordDoorForm(PlainForm, allauth_forms.LoginForm):  # type: ignore[misc]
    """For who chose a password; the code stays the ordinary way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_email(self.fields["login"])
        _reword(self.fields["password"], _("Wachtwoord"))

    def _setup_password_field(self) -> None:
        """Keep the field that allauth takes away when accounts need no password."""


class ConfirmCodeForm(PlainForm, allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    """Asks for the code of the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_code(self.fields["code"])

    def clean_code(self) -> str:
        """Take the code with or without spaces, as a mail program may paste it."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split()).replace("-", "")
        code: str = super().clean_code()
        return code


class ConfirmEmailCodeForm(PlainForm, allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """Asks for the code sent to a new address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_code(self.fields["code"])


class ConfirmResetCodeForm(PlainForm, allauth_forms.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """Asks for the code that opens a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_code(self.fields["code"])


class NewEmailForm(PlainForm, allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Another address for the account; works once its code is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_email(self.fields["email"])
        self.fields["email"].label = _("Nieuw e-mailadres")

    def clean_email(self) -> str:
        """Take away an account that nobody ever opened, which would stand in the way."""
        services.forget_blank_account(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class SetPasswordForm(PlainForm, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_passwords(self)


class ChangePasswordForm(PlainForm, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_passwords(self)


class ResetPasswordForm(PlainForm, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Asks whose password was forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_email(self.fields["email"])


class ResetPasswordKeyForm(PlainForm, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_passwords(self)


class ReauthenticateForm(PlainForm, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["password"], _("Wachtwoord"))


def reword_email(field: forms.Field) -> None:
    """Ask for an e-mail address in our words."""
    _reword(field, _("Je e-mailadres"), autocomplete="email", inputmode="email", autocapitalize="none")
    field.error_messages["required"] = _("Vul je e-mailadres in.")
    field.error_messages["invalid"] = _("Dit is geen e-mailadres. Het lijkt op naam@voorbeeld.nl.")


def reword_code(field: forms.Field) -> None:
    """Ask for a code in our words; a phone offers the number pad and the code it just received."""
    _reword(field, _("Code uit de mail"), CODE_HELP, inputmode="numeric", autocomplete="one-time-code")
    field.error_messages["required"] = _("Vul de code uit de mail in.")


def reword_passwords(form: forms.BaseForm) -> None:
    """Name the password fields in our words."""
    labels = {
        "oldpassword": _("Je wachtwoord van nu"),
        "password1": _("Nieuw wachtwoord"),
        "password2": _("Nog een keer het nieuwe wachtwoord"),
    }
    for name, label in labels.items():
        if name in form.fields:
            _reword(form.fields[name], label)
            form.fields[name].error_messages["required"] = _("Vul dit in.")
    if "password1" in form.fields:
        form.fields["password1"].help_text = _("Minstens 12 tekens. Een zin van een paar woorden is goed te onthouden.")
