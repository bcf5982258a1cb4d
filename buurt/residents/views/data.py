"""What we keep about you: look at it, take it along, or leave."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buurt.residents import export, services
from buurt.residents.forms.profile import EraseForm
from buurt.residents.requests import ResidentRequest
from buurt.residents.views.guard import resident_required


@resident_required
@require_safe
def data(request: ResidentRequest) -> HttpResponse:
    """Show everything we keep, under headings a person can read."""
    return render(request, "residents/data.html", {"parts": export.readable_parts(request.user)})


@resident_required
@require_safe
def download(request: ResidentRequest) -> HttpResponse:
    """Give everything as a JSON file."""
    content = {"made_at": timezone.now(), "data": export.everything_about(request.user)}
    response = JsonResponse(content, encoder=DjangoJSONEncoder, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="buurt-{timezone.localdate().isoformat()}.json"'
    return response


@resident_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: ResidentRequest) -> HttpResponse:
    """Erase the account after the typed word; then there is nothing left to be logged in to."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        resident = request.user
        logout(request)
        services.erase_resident(by=resident, resident=resident)
        messages.success(request, _("Je account is verwijderd. Dank je wel dat je buur was."))
        return redirect("pages:front")
    return render(request, "residents/erase.html", {"form": form}, status=422 if form.errors else 200)
