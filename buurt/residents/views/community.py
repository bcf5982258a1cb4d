"""Which municipality's platform a visitor wants to see, when the address does not say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from buurt.communities.models import Community
from buurt.residents import services
from buurt.residents.forms.choice import ChoiceForm
from buurt.residents.middleware import CHOICE_KEY


@require_http_methods(["GET", "HEAD", "POST"])
def choose_community(request: HttpRequest) -> HttpResponse:
    """Keep a visitor's choice, by name or by postcode; only then is there a session."""
    communities = list(Community.objects.order_by("name"))
    form = ChoiceForm(request.POST or None, communities=communities)
    onward = services.safe_next(request, reverse("pages:front"))
    if request.method == "POST" and form.is_valid():
        request.session[CHOICE_KEY] = form.chosen().pk
        return redirect(onward)
    context = {"form": form, "communities": communities, "next": onward}
    return render(request, "residents/choose_community.html", context, status=422 if form.errors else 200)
