""" "Vraag mij maar": what a helper wants to be asked for."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurt.residents import access, services
from buurt.residents.forms.preferences import SHORTCUTS, PreferencesForm
from buurt.residents.requests import ResidentRequest
from buurt.residents.views.guard import resident_required
from buurt.residents.week import places_of


@resident_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: ResidentRequest) -> HttpResponse:
    """Set what, how far, when and how often; a shortcut only fills the week and keeps the rest."""
    resident = request.user
    if not resident.is_ready:
        return redirect(f"{reverse('residents:start')}?{urlencode({'next': request.path})}")
    shortcut = SHORTCUTS.get(request.POST.get("fill", ""))
    data = _filled(request.POST, shortcut) if shortcut is not None else request.POST or None
    form = PreferencesForm(data, resident=resident, preferences=access.preferences_of(resident))
    if request.method == "POST" and shortcut is None and form.is_valid():
        kept = services.set_preferences(by=resident, wishes=form.wishes())
        messages.success(request, _thanks(active=kept.active))
        # Who switched it on sees at once what fits; that page belongs to a room above, known by its address only.
        return redirect("matching:helping" if kept.active else "residents:preferences")
    refused = request.method == "POST" and shortcut is None
    context = {"form": form, "show_errors": refused, "nav": "help"}
    return render(request, "residents/preferences.html", context, status=422 if refused else 200)


def _filled(post: QueryDict, times: int) -> QueryDict:
    """Return what was typed with the week filled in."""
    data = post.copy()
    data.setlist("times", list(places_of(times)))
    return data


def _thanks(*, active: bool) -> str:
    if active:
        return _("Fijn! We vragen je alleen wat past. Je kunt altijd nee zeggen.")
    return _("We vragen je nu niets. Je kunt het altijd weer aanzetten.")
