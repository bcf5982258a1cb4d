"""How a community asks its neighbours: its waves, and the areas it shares over the border. The manager's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurt.communities import border_offers as services
from buurt.communities.borders import unshare_areas
from buurt.communities.models import Area, AreaShare, AreaShareOffer, Community
from buurt.residents.models import Resident, Role
from buurt.residents.requests import ResidentRequest
from buurt.residents.roles import role_required
from config.manage.asking_forms import BorderForm, RulesForm
from matching.services import rules_for, set_rules

Act = Callable[[Resident, Community, str], str]


@role_required(Role.Name.MANAGER)
@require_http_methods(["GET", "POST"])
def asking(request: ResidentRequest) -> HttpResponse:
    """Show how waves go and which areas are shared, and change how waves go."""
    community = community_of(request)
    form = RulesForm.of(rules_for(community), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if set_rules(by=request.user, community=community, **form.wish()):
            messages.success(request, _("Bewaard. Vanaf de volgende ronde gaat het zo."))
        else:
            messages.info(request, _("Er is niets veranderd."))
        return redirect("manage:asking")
    return _page(request, community, form=form)


@role_required(Role.Name.MANAGER)
@require_POST
def offer_border(request: ResidentRequest) -> HttpResponse:
    """Offer another municipality to share two areas; it decides."""
    community = community_of(request)
    form = _border_form(community, request.POST)
    if not form.is_valid():
        return _page(request, community, border_form=form)
    ours, theirs = form.chosen()
    try:
        share = services.offer_share(by=request.user, one=ours, other=theirs)
    except services.TooFarError:
        form.add_error("theirs", _("Deze twee wijken liggen te ver uit elkaar."))
    except services.TooManySharesError:
        form.add_error(None, _("Jullie delen al zo veel wijken als kan. Stop eerst met een andere."))
    if form.errors:
        return _page(request, community, border_form=form)
    if share is not None:
        messages.success(request, _("%(one)s en %(other)s helpen elkaar nu.") % _both(share))
    else:
        town = theirs.community.name
        messages.success(request, _("Je aanbod ligt bij %(town)s. Het gaat pas in als zij ja zeggen.") % {"town": town})
    return redirect("manage:asking")


@role_required(Role.Name.MANAGER)
@require_POST
def answer_border(request: ResidentRequest) -> HttpResponse:
    """Say yes or no to an offer, or take one's own back."""
    act = {"ja": _accept, "nee": _decline, "terug": _withdraw}.get(request.POST.get("doe", ""))
    if act is None:
        raise Http404
    said = act(request.user, community_of(request), request.POST.get("aanbod", ""))
    messages.success(request, said)
    return redirect("manage:asking")


@role_required(Role.Name.MANAGER)
@require_POST
def end_border(request: ResidentRequest) -> HttpResponse:
    """End the sharing of two areas; first asks whether that is meant."""
    community, key = community_of(request), _number(request.POST.get("grens", ""))
    shares = services.borders_of(community).shared
    share = next((one for one in shares if one.pk == key), None)
    if share is None:
        raise Http404
    if request.POST.get("zeker") != "ja":
        return render(request, "manage/end_border.html", {"share": share, "trail": trail()})
    if unshare_areas(by=request.user, one=share.area, other=share.other):
        messages.success(
            request, _("%(one)s en %(other)s delen niets meer. Wat al is afgesproken, gaat door.") % _both(share)
        )
    return redirect("manage:asking")


def community_of(request: ResidentRequest) -> Community:
    """Return the community that this manager manages, as it is stored now."""
    if request.community is None:
        raise Http404
    # Not the remembered one: a manager sees at once what was just saved.
    return Community.objects.get(pk=request.community.pk)


def _accept(by: Resident, community: Community, key: str) -> str:
    offer = _offer(key, other__community=community)
    services.accept_share(by=by, offer=offer)
    return _("%(one)s en %(other)s helpen elkaar nu.") % _both(offer)


def _decline(by: Resident, community: Community, key: str) -> str:
    services.drop_offer(by=by, offer=_offer(key, other__community=community), declined=True)
    return _("Je zei nee. Er verandert niets.")


def _withdraw(by: Resident, community: Community, key: str) -> str:
    services.drop_offer(by=by, offer=_offer(key, area__community=community), declined=False)
    return _("Je aanbod is terug. Er verandert niets.")


def _offer(key: str, **side: Community) -> AreaShareOffer:
    """Return an offer of this side; one of others, or one that is gone, does not exist."""
    rows = AreaShareOffer.objects.select_related("area__community", "other__community")
    offer = rows.filter(pk=_number(key), **side).first()
    if offer is None:
        raise Http404
    return offer


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _border_form(community: Community, data: Any = None) -> BorderForm:
    ours, theirs = list(community.areas.select_related("community")), services.neighbouring_areas(community)
    return BorderForm(data, ours=ours, theirs=theirs, prefix="grens")


def _page(
    request: HttpRequest, community: Community, *, form: RulesForm | None = None, border_form: BorderForm | None = None
) -> HttpResponse:
    borders = services.borders_of(community)
    sent = [{"key": one.pk, "ours": one.area, "theirs": one.other} for one in borders.sent]
    received = [{"key": one.pk, "ours": one.other, "theirs": one.area} for one in borders.received]
    wrong = next((each for each in (form, border_form) if each is not None and each.errors), None)
    border_form = border_form or _border_form(community)
    context = {
        "town": community,
        "rules_form": form or RulesForm.of(rules_for(community)),
        "border_form": border_form,
        "has_neighbours": border_form.has_neighbours,
        "form": wrong,
        "shared": [_as_seen(share, community) for share in borders.shared],
        "sent": sent,
        "received": received,
        "trail": trail(),
    }
    return render(request, "manage/asking.html", context, status=422 if wrong else 200)


def _as_seen(share: AreaShare, community: Community) -> dict[str, int | Area]:
    pair = (share.area, share.other)
    ours, theirs = pair if share.area.community_id == community.pk else pair[::-1]
    return {"key": share.pk, "ours": ours, "theirs": theirs}


def _both(pair: AreaShare | AreaShareOffer) -> dict[str, str]:
    return {"one": pair.area.name, "other": pair.other.name}


def trail() -> list[tuple[str, str]]:
    """Return the way to a page of the manager."""
    return [(reverse("manage:index"), _("Beheer"))]
