"""The figures page of the community manager and the broker."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from buurt.residents.models import Role
from buurt.residents.requests import ResidentRequest
from buurt.residents.roles import role_required
from matching.figures import figures as figures_of


@role_required(Role.Name.BROKER, Role.Name.MANAGER)
@require_GET
def figures(request: ResidentRequest) -> HttpResponse:
    """Show how asking and helping goes, in numbers that point at nobody."""
    if request.community is None:
        raise Http404
    return render(request, "matching/figures.html", figures_of(request.community, now=timezone.now()))
