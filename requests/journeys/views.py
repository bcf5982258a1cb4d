"""Pages of the wegwijzers. The player comes with its own issue; this is the way in for somebody whose life changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show where to turn when something changed: people to speak to, and what a neighbour can do."""
    return render(request, "journeys/index.html")
