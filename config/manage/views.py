"""Where the manager's pages begin, and the house style of a community: a theme, a logo, a name."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from buurt.communities import house_style as services
from buurt.communities.border_offers import borders_of
from buurt.communities.models import Community
from buurt.communities.themes.contrast import pairs_of
from buurt.communities.themes.shelf import OWN, shelved
from buurt.communities.themes.tokens import Theme, ThemeError
from buurt.residents.models import Resident, Role
from buurt.residents.requests import ResidentRequest
from buurt.residents.roles import role_required
from config.manage.asking import community_of, trail
from config.manage.desks import missing_words
from config.manage.forms import HouseStyleForm
from journeys.filling import missing_slots

SHOWN = (
    "brand",
    "brand-dark",
    "brand-tint",
    "sun",
    "sun-tint",
    "brick",
    "sky",
    "danger",
    "paper",
    "card",
    "ink",
    "muted",
)


@role_required(Role.Name.MANAGER)
@require_GET
def index(request: ResidentRequest) -> HttpResponse:
    """Lead to everything a manager manages."""
    community = community_of(request)
    offered = len(borders_of(community).received)
    waits = ngettext("%(count)s aanbod wacht op jou.", "%(count)s keer aanbod wacht op jou.", offered)
    plain = _("Rondes, berichten en wijken over de grens")
    context = {
        "town": community,
        "asking_words": waits % {"count": offered} if offered else plain,
        "desk_words": missing_words(len(missing_slots(community))),
    }
    return render(request, "manage/index.html", context)


@role_required(Role.Name.MANAGER)
@require_http_methods(["GET", "POST"])
def house_style(request: ResidentRequest) -> HttpResponse:
    """Show what the platform wears, and change it."""
    community = community_of(request)
    style = services.style_of(community)
    initial = {"theme": community.theme, "site_name": community.site_name, "formal": community.formal}
    form = HouseStyleForm(request.POST or None, request.FILES or None, initial=initial, style=style)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request.user, community, form)
        except ThemeError as error:
            form.add_error("theme", error.problems)
        else:
            messages.success(request, _("De huisstijl is bewaard. Bezoekers zien hem binnen een minuut."))
            return redirect("manage:house_style")
    worn = _worn(community)
    swatches = [(name, worn.schemes["light"][name], worn.schemes["dark"][name]) for name in SHOWN]
    context = {
        "form": form,
        "style": style,
        "shown_community": community,
        "swatches": swatches,
        "trail": trail(),
        "pairs": sorted(pairs_of(worn), key=lambda pair: pair.ratio / pair.needed)[:12],
    }
    return render(request, "manage/house_style.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _save(by: Resident, community: Community, form: HouseStyleForm) -> None:
    wish = form.cleaned_data
    if wish["theme_file"]:
        services.keep_own_theme(by=by, community=community, text=wish["theme_file"])
    elif wish["theme"] != community.theme:
        services.wear_theme(by=by, community=community, key=wish["theme"])
    if wish["logo"]:
        services.keep_logo(by=by, community=community, data=wish["logo"])
    elif wish["drop_logo"]:
        services.drop_logo(by=by, community=community)
    if wish["site_name"] != community.site_name:
        services.name_site(by=by, community=community, name=wish["site_name"])
    if wish["formal"] != community.formal:
        services.say_formally(by=by, community=community, formal=wish["formal"])


def _worn(community: Community) -> Theme:
    """Return the theme that the community wears, Buurt's own when its file is gone."""
    style = services.style_of(community)
    if community.theme == OWN and style is not None:
        return services.theme_of(style)
    found = shelved(community.theme)
    return found.theme if found else Theme("Buurt")
