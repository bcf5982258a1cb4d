"""Settings that hold in every conversation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurt.residents.requests import ResidentRequest
from chat import services
from chat.forms import MannersForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manners(request: ResidentRequest) -> HttpResponse:
    """Choose whether others see that one reads and types."""
    now = services.manners_of(request.user)
    # An unticked box sends nothing at all, so an empty form is an answer too.
    typed = request.POST if request.method == "POST" else None
    form = MannersForm(typed, initial={"shows_reading": now.shows_reading, "shows_typing": now.shows_typing})
    if typed is not None and form.is_valid():
        services.set_manners(by=request.user, **form.cleaned_data)
        messages.success(request, _("Dat is bewaard."))
        return redirect("chat:list")
    return render(request, "chat/manners.html", {"form": form, "nav": "talk"}, status=422 if form.errors else 200)
