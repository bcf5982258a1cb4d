"""How a person wants to hear of things: the page where they choose, and what a browser says about itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from buurt.ledger.limits import TooOftenError, count_or_refuse
from buurt.residents.letters import letter_kinds
from buurt.residents.requests import ResidentRequest
from buurt.residents.services import safe_next
from notifications import access, reach
from notifications.channels.webpush.keys import public_key
from notifications.families import FAMILIES

# From the name a browser gives itself to one a person knows; the first that fits.
BROWSERS = (("Edg/", "Edge"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: ResidentRequest) -> HttpResponse:
    """Choose per heading: by mail, on the telephone, or only in Buurt; what must reach somebody is mailed anyway."""
    if request.method == "POST":
        reach.set_wishes(by=request.user, mail=request.POST.getlist("mail"), push=request.POST.getlist("push"))
        messages.success(request, _("Bewaard. Zo houden we je op de hoogte."))
        return redirect("notifications:settings")
    wishes = access.wishes_of(request.user)
    known = {kind.family for kind in letter_kinds().values()}
    rows = [
        {
            "slug": slug,
            "title": title,
            "text": text,
            "mail": slug not in wishes.mail_off,
            "push": slug not in wishes.push_off,
        }
        for slug, (title, text) in FAMILIES.items()
        if slug in known
    ]
    always = [kind.label for kind in letter_kinds().values() if kind.must_mail]
    context = {"rows": rows, "always": always, "browsers": access.browsers_of(request.user), "key": public_key()}
    return render(request, "notifications/settings.html", context)


@login_required
@require_POST
def subscribe(request: ResidentRequest) -> HttpResponse:
    """Take what a browser says about itself: from now on it shows messages for this person."""
    try:
        count_or_refuse("push_subscribe", str(request.user.pk), times=30, seconds=3600)
        reach.subscribe(
            by=request.user,
            endpoint=request.POST.get("endpoint", ""),
            p256dh=request.POST.get("p256dh", ""),
            auth=request.POST.get("auth", ""),
            session_key=request.session.session_key,
            device=device_name(request.headers.get("User-Agent", "")),
        )
    except TooOftenError:
        return JsonResponse(
            {"error": _("Dat ging te snel achter elkaar. Probeer het over een uur nog eens.")}, status=429
        )
    except reach.SubscriptionError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return HttpResponse(status=204)


@login_required
@require_POST
def unsubscribe(request: ResidentRequest) -> HttpResponse:
    """Stop this browser (by its address, from the script) or another one of mine (by its number, from the page)."""
    endpoint, number = request.POST.get("endpoint", ""), request.POST.get("toestel", "")
    if endpoint:
        reach.unsubscribe(by=request.user, endpoint=endpoint)
        return HttpResponse(status=204)
    if (
        number.isascii()
        and number.isdigit()
        and len(number) < 19
        and reach.unsubscribe(by=request.user, pk=int(number))
    ):
        messages.success(request, _("Daar laten we niets meer zien."))
    return redirect("notifications:settings")


@csrf_exempt  # a service worker has no token; the old address is the proof, and nobody but that browser knows it
@require_POST
def replace(request: HttpRequest) -> HttpResponse:
    """Take the new address that a browser made by itself for an old one."""
    try:
        count_or_refuse("push_replace", request.META.get("REMOTE_ADDR", ""), times=60, seconds=3600)
    except TooOftenError:
        return HttpResponse(status=429)
    fields = {name: request.POST.get(name, "") for name in ("old_endpoint", "endpoint", "p256dh", "auth")}
    return HttpResponse(status=204 if fields["old_endpoint"] and reach.replace(**fields) else 404)


@login_required
@require_POST
def refuse(request: ResidentRequest) -> HttpResponse:
    """Never ask again; the page with settings remains the way back."""
    reach.refuse_push(by=request.user)
    messages.info(request, _("Goed, we vragen het niet meer. Je krijgt gewoon mail."))
    return redirect(safe_next(request, "/meldingen/instellingen"))


def device_name(user_agent: str) -> str:
    """Return a name a person knows their device by: "Chrome, Android"; empty when nothing is recognised."""
    found = [next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS)]
    if not found[0] and "Safari/" in user_agent:
        found[0] = "Safari"
    return ", ".join(part for part in found if part)
