"""The living style page: every part that pages are built from, in every state, in the theme and language one picks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from buurt.communities.themes.shelf import BUURT, all_shelved
from buurt.communities.tiles import CheckboxTiles, RadioTiles
from buurt.residents.models import Role
from buurt.residents.roles import role_required


class SampleForm(forms.Form):
    """One field of every kind; empty it comes back with every error."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Hoe noemen buren je?"), help_text=gettext_lazy("Een voornaam is genoeg.")
    )
    text = forms.CharField(
        label=gettext_lazy("Waar kun je hulp bij gebruiken?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    day = forms.DateField(label=gettext_lazy("Dag"), widget=forms.DateInput(attrs={"type": "date"}))
    duration = forms.ChoiceField(
        label=gettext_lazy("Hoe lang duurt het?"),
        choices=[("", gettext_lazy("Dat weet ik niet")), ("60", gettext_lazy("ongeveer een uur"))],
        required=False,
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Wie mag het zien?"),
        choices=[("public", gettext_lazy("Op het prikbord")), ("quiet", gettext_lazy("Stil"))],
        widget=RadioTiles(
            hints={"quiet": gettext_lazy("Alleen de paar buren die wij vragen. Het staat nergens anders.")},
            icons={"public": "layout-list", "quiet": "eye-off"},
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Wat voor hulp is het?"),
        choices=[("cooking", gettext_lazy("koken en eten")), ("garden", gettext_lazy("tuin"))],
        widget=CheckboxTiles,
    )
    rules = forms.BooleanField(label=gettext_lazy("Ik houd me aan de huisregels"))


def _for_staff_or_debug(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    guarded = role_required(*Role.Name.values)(view)

    def choose(request: HttpRequest) -> HttpResponse:
        return view(request) if settings.DEBUG else guarded(request)

    return choose


@_for_staff_or_debug
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Show every part. `?thema=` picks a theme; the language is that of the page."""
    themes = [(BUURT, _("Buurt")), *((each.key, each.theme.name) for each in all_shelved())]
    worn = request.GET.get("thema", "")
    now = timezone.now()
    context = {
        "worn_theme": worn if worn in dict(themes) else "",
        "themes": [{"href": f"?thema={key}", "label": name, "current": key == (worn or BUURT)} for key, name in themes],
        "form": SampleForm({}, prefix="fout"),
        "empty_form": SampleForm(prefix="leeg"),
        "trail": [(reverse("pages:front"), _("Voorpagina")), (reverse("residents:me"), _("Mijn pagina"))],
        "page": Paginator(range(30), 10).page(2),
        "now": now,
        "soon": now + timedelta(days=2),
        **_samples(now),
    }
    return render(request, "manage/style.html", context)


def _samples(now: datetime) -> dict[str, Any]:
    """Return what the parts are filled with."""
    return {
        "tabs": [
            {"href": "#", "label": _("Buren vragen"), "count": 38, "current": True},
            {"href": "#", "label": _("Buren bieden aan"), "count": 112, "current": False},
        ],
        "chips": [
            {"href": "#", "label": _("Alles"), "icon": "layout-grid", "current": True},
            {"href": "#", "label": _("koken en eten"), "icon": "cooking-pot", "current": False},
            {"href": "#", "label": _("tuin"), "icon": "sprout", "current": False},
        ],
        "timeline": [
            {"state": "done", "icon": "send", "title": _("Je vraag staat op het prikbord"), "when": "16:40"},
            {"state": "now", "icon": "users", "title": _("zoekt nog iemand"), "when": "10:00"},
            {"state": "next", "icon": "clock", "title": _("Nog geen ja"), "when": "14:00"},
        ],
        "facts": [
            {"icon": "calendar", "term": _("Wanneer"), "value": "26-11"},
            {"icon": "map-pin", "term": _("Waar"), "value": "Krommenie"},
        ],
        "reasons": [_("Vraag mij maar"), _("Op het prikbord")],
        "tones": ("", "sun", "brand", "brick", "sky", "danger"),
    }
