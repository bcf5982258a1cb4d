"""The door: allauth's own pages, bent where they would lose the way back."""

from typing import Any

from allauth.account import views as allauth_views
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurt.residents.access import missing_for_sending, resident_of
from buurt.residents.forms.door import PasswordDoorForm
from buurt.residents.services import safe_next


def _with_next(request: HttpRequest, name: str) -> str:
    onward = safe_next(request, "")
    return reverse(name) + (f"?{urlencode({'next': onward})}" if onward else "")


class DoorView(allauth_views.LoginView):  # type: ignore[misc]
    """An e-mail address, for old and new people alike. Who mistyped it may simply come back here."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


class PasswordDoorView(DoorView):
    """The same with a password, for who chose one."""

    template_name = "account/login_password.html"

    def get_form_class(self) -> type[PasswordDoorForm]:
        """Ask for the password, too."""
        return PasswordDoorForm


class ConfirmCodeView(allauth_views.ConfirmLoginCodeView):  # type: ignore[misc]
    """Asks for the code; when it is too late or tried too often, the door opens again and `next` comes along."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say so when the code is no longer good, instead of starting over in silence."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        process = getattr(self, "_process", None)
        if request.user.is_authenticated or not isinstance(response, HttpResponse) or response.status_code != 302:
            return response
        if process is None:
            messages.error(request, _("Deze code is verlopen. Vraag hieronder een nieuwe aan."))
            return redirect(_with_next(request, "account_login"))
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on; an account that was removed meanwhile counts as a late code."""
        if self._process.user is None:
            self._process.abort()
            return self._start_over(_("Deze code is verlopen. Vraag hieronder een nieuwe aan."))
        response: HttpResponse = super().form_valid(form)
        if self._action == "resend":
            messages.success(self.request, _("We stuurden je een nieuwe code. De oude werkt niet meer."))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Count the attempt; after the last one, start over with the same way back."""
        if self._process.record_invalid_attempt():
            page: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return page
        return self._start_over(_("Dat waren te veel verkeerde codes. Vraag hieronder een nieuwe aan."))

    def _start_over(self, words: str) -> HttpResponse:
        messages.error(self.request, words)
        return redirect(_with_next(self.request, "account_login"))


@require_safe
def to_the_door(request: HttpRequest) -> HttpResponse:
    """Lead other ways in (sign up, ask a code) to the one door, with the way back."""
    return redirect(_with_next(request, "account_login"))


@require_safe
def after_login(request: HttpRequest) -> HttpResponse:
    """Go where somebody who just logged in wants to be: first what is missing, then the front page."""
    resident = resident_of(request.user)
    if resident is None:
        return redirect("account_login")
    if missing_for_sending(resident):
        return redirect("residents:start")
    return redirect("pages:front")
