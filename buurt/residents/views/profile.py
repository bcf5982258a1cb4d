"""A resident's own pages: start, profile, moving, blocks, and the menu that leads to them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurt.residents import access, services
from buurt.residents.access import catalogue_of
from buurt.residents.forms.profile import UNDER_SIXTEEN, MoveForm, ProfileForm, StartForm
from buurt.residents.requests import ResidentRequest
from buurt.residents.views.guard import resident_required

GET_OR_POST = ["GET", "HEAD", "POST"]


@resident_required
@require_http_methods(GET_OR_POST)
def start(request: ResidentRequest) -> HttpResponse:
    """Ask what is missing before the first sending, then go where the resident was going."""
    resident = request.user
    missing = access.missing_for_sending(resident)
    onward = services.safe_next(request, reverse("pages:front"))
    if not missing:
        return redirect(onward)
    form = StartForm(
        request.POST or None,
        missing=missing,
        rules_url=reverse("pages:house_rules"),
        languages=_community_languages(request),
    )
    if request.POST.get("age_band") == UNDER_SIXTEEN and "age_band" in missing:
        services.erase_resident(by=resident, resident=resident)
        logout(request)
        return redirect("residents:young")
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in missing if name != "rules"}
        services.complete_start(by=resident, accepts_rules=form.cleaned_data.get("rules", False), **answers)
        return redirect(onward)
    return render(request, "residents/start.html", {"form": form, "next": onward}, status=_status(form))


@require_safe
def young(request: HttpRequest) -> HttpResponse:
    """Tell somebody under sixteen kindly where help is to be had without an account."""
    return render(request, "residents/young.html")


@resident_required
@require_safe
def me(request: ResidentRequest) -> HttpResponse:
    """Show the menu of a resident's own pages."""
    preferences = access.preferences_of(request.user)
    return render(request, "residents/me.html", {"preferences": preferences})


@resident_required
@require_http_methods(GET_OR_POST)
def profile(request: ResidentRequest) -> HttpResponse:
    """Change what neighbours may read."""
    form = ProfileForm(request.POST or None, resident=request.user, languages=_community_languages(request))
    if request.method == "POST" and form.is_valid():
        services.change_profile(by=request.user, **form.cleaned_data)
        with override(catalogue_of(request.user)):
            messages.success(request, _("Je profiel is bewaard."))
        response = redirect("residents:me")
        # The choice of a device goes before the resident's own: what was just chosen must be seen.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return response
    return render(request, "residents/profile.html", {"form": form}, status=_status(form))


@resident_required
@require_http_methods(GET_OR_POST)
def move(request: ResidentRequest) -> HttpResponse:
    """Settle at another postcode."""
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = services.move_house(by=request.user, postcode=form.cleaned_data["postcode"])
        messages.success(request, _("Je woont nu in %(area)s.") % {"area": moved.area})
        return redirect("residents:me")
    return render(request, "residents/move.html", {"form": form}, status=_status(form))


@resident_required
@require_safe
def blocks(request: ResidentRequest) -> HttpResponse:
    """Show whom this resident keeps away."""
    return render(request, "residents/blocks.html", {"blocks": access.blocks_of(request.user)})


@resident_required
@require_POST
def unblock(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Take a block away."""
    other = access.resident_for_block(public_id)
    if services.unblock_resident(by=request.user, other=other):
        messages.success(request, _("De blokkade is weg. Jullie kunnen elkaar weer tegenkomen."))
    return redirect("residents:blocks")


def _community_languages(request: ResidentRequest) -> list[str]:
    return list(request.community.languages) if request.community else []


def _status(form: StartForm | ProfileForm | MoveForm) -> int:
    return 422 if form.errors else 200
