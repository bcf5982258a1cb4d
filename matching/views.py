"""Pages of matching: a helper's page, an invitation, and answers by one tap."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurt.ledger.limits import TooOftenError, count_or_refuse
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.requests import ResidentRequest
from buurt.residents.services import note_seen
from matching import access, pages, services
from matching.errors import CannotAnswerError
from matching.links import invitation_from
from matching.models import Invitation
from matching.order import helps_most_first
from matching.week import spoken_moments
from posts.access import post_for_reader
from posts.errors import PostError

ANSWERS = ("yes", "no", "later", "question", "reserve")
# Answers about the helper's own week, beside those about the ask.
WEEK_ANSWERS = ("never", "after_all")


@require_GET
def helping(request: HttpRequest) -> HttpResponse:
    """Show a helper what they are asked, what fits, and how much of their budget is used; explain it to others."""
    if not isinstance(request.user, Resident):
        return render(request, "matching/helping_intro.html", {"nav": "help"})
    now = timezone.now()
    preferences = (
        HelpPreferences.objects.select_related("resident__community", "resident__area")
        .filter(resident=request.user, active=True)
        .first()
    )
    if preferences is None:
        return render(request, "matching/helping_intro.html", {"nav": "help"})
    fitting, by_need = access.fitting_posts(preferences, now=now), request.GET.get("volgorde") == "meeste"
    if by_need:
        fitting = helps_most_first(fitting, preferences, now=now)
    page = Paginator(fitting, 20).get_page(request.GET.get("page"))
    context = {
        "nav": "help",
        "preferences": preferences,
        "paused": bool(preferences.paused_until and preferences.paused_until > timezone.localdate()),
        "asked": access.asked_this_month(request.user, now=now),
        "invitations": [pages.small_card(one, now) for one in access.open_invitations(request.user, now=now)],
        "page": page,
        "orders": pages.orders(by_need=by_need) if page.paginator.count > 1 else [],
        "why": pages.why_this_order(by_need=by_need),
        "cards": [pages.fitting_card(post, request.user, now) for post in page.object_list],
        "note": pages.spoken_note(preferences, now) if not page.paginator.count else None,
    }
    return render(request, "matching/helping.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def how_we_choose(request: ResidentRequest) -> HttpResponse:
    """Explain whom we ask and in which order, show the helper's own number, and let them begin anew."""
    if request.method == "POST":
        services.begin_anew(by=request.user)
        messages.success(request, _("Je begint opnieuw. We tellen alleen wat vanaf nu gebeurt."))
        return redirect("matching:how_we_choose")
    return render(request, "matching/how_we_choose.html", {"nav": "help", **pages.own_number(request.user)})


@login_required
@require_http_methods(["GET", "POST"])
def invitation(request: ResidentRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show an invitation to the helper it was sent to, and take the answer."""
    found = access.invitation_of(request.user, public_id)
    if request.method == "POST":
        return _take(request, found, by_link=False)
    return _show(request, found, by_link=False)


@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link in a mail: looking changes nothing, one button answers; "no" needs no login."""
    found = invitation_from(token)
    if found is None:
        return render(request, "matching/link_gone.html", {"nav": "help"}, status=410)
    if request.method == "POST":
        return _take(request, found, by_link=True)
    return _show(request, found, by_link=True)


def _show(request: HttpRequest, found: Invitation, *, by_link: bool) -> HttpResponse:
    """Show an invitation; note that it was seen once."""
    Invitation.objects.filter(pk=found.pk, seen_at=None).update(seen_at=timezone.now())
    now, first = timezone.now(), request.GET.get("a", "")
    context = pages.invitation_page(found, now)
    others = pages.other_cards(found, now, by_link=by_link) if context["stage"] != "mine" else []
    response = render(
        request,
        "matching/invitation.html",
        {
            **context,
            "nav": "help",
            "action": request.path,
            "first": first if first in ANSWERS else "",
            "others": others,
        },
    )
    # The address itself is the key, so it leaves our site nowhere. Not "no-referrer": a browser then posts with the
    # origin "null", and the csrf check refuses the answer.
    response["Referrer-Policy"] = "same-origin"
    return response


def _take(request: HttpRequest, found: Invitation, *, by_link: bool) -> HttpResponse:
    """Take an answer to the ask, or one about the helper's own week."""
    answer = request.POST.get("answer", "")
    if answer in WEEK_ANSWERS:
        return _answer_about_week(request, found, answer, by_link=by_link)
    return _answer(request, found, by_link=by_link)


def _answer(request: HttpRequest, found: Invitation, *, by_link: bool) -> HttpResponse:
    """Take one answer to an invitation; whoever holds the link speaks for the helper it was sent to."""
    answer, back = request.POST.get("answer", ""), request.path
    if answer not in ANSWERS:
        messages.error(request, _("Kies een van de knoppen."))
        return redirect(back)
    try:
        count_or_refuse("answer", str(found.helper_id), times=40, seconds=3600)
        result = services.answer_invitation(by=found.helper, invitation=found, answer=answer)
    except TooOftenError:
        messages.error(request, _("Dat ging te snel achter elkaar. Probeer het over een uur nog eens."))
        return redirect(back)
    except (CannotAnswerError, PostError) as refusal:
        messages.error(request, pages.spoken_refusal(refusal))
        return redirect(back)
    note_seen(found.helper)
    if result.conversation is not None:
        return pages.to_conversation(request, found.helper, result)
    if result.outcome == "noted":
        return _thank(request, found, answer, by_link=by_link)
    return redirect(back)


def _answer_about_week(request: HttpRequest, found: Invitation, answer: str, *, by_link: bool) -> HttpResponse:
    """ "Dan kan ik nooit" says no and changes the helper's own week, "toch wel" puts it back; both can be undone."""
    try:
        count_or_refuse("answer", str(found.helper_id), times=40, seconds=3600)
    except TooOftenError:
        messages.error(request, _("Dat ging te snel achter elkaar. Probeer het over een uur nog eens."))
        return redirect(request.path)
    if answer == "never":
        services.answer_invitation(by=found.helper, invitation=found, answer="no")
        taken = services.never_then(by=found.helper, invitation=found)
        return _thank(request, found, "no", by_link=by_link, taken=taken, asked_never=True)
    added = services.then_after_all(by=found.helper, invitation=found)
    return _thank(request, found, "no", by_link=by_link, added=added)


def _thank(
    request: HttpRequest,
    found: Invitation,
    answer: str,
    *,
    by_link: bool,
    taken: int = 0,
    added: int = 0,
    asked_never: bool = False,
) -> HttpResponse:
    """Thank for a no, show what it changed and what else was in the same message."""
    context = {
        "nav": "help",
        "answer": answer,
        "action": request.path,
        "taken": spoken_moments(taken),
        "added": spoken_moments(added),
        "last_part": asked_never and not taken,
        "others": pages.other_cards(found, timezone.now(), by_link=by_link),
    }
    return render(request, "matching/answered.html", context)


@login_required
@require_POST
def answer_post(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Answer a post from the board: yes, or first a question."""
    resident = request.user
    post = post_for_reader(resident, request.community, public_id)
    answer = request.POST.get("answer", "")
    here = reverse("posts:detail", args=[post.public_id])
    if answer not in {"yes", "question", "reserve"}:
        messages.error(request, _("Kies een van de knoppen."))
        return redirect(here)
    if not resident.is_ready:
        return redirect(f"{reverse('residents:start')}?next={here}")
    try:
        count_or_refuse("answer", str(resident.pk), times=40, seconds=3600)
        result = services.answer_post(by=resident, post=post, answer=answer)
    except TooOftenError:
        messages.error(request, _("Dat ging te snel achter elkaar. Probeer het over een uur nog eens."))
        return redirect(here)
    except (CannotAnswerError, PostError) as refusal:
        messages.error(request, pages.spoken_refusal(refusal))
        return redirect(here)
    if result.conversation is not None:
        return pages.to_conversation(request, resident, result)
    if result.outcome == "full":
        messages.info(request, _("Iemand was je net voor. Dank je wel dat je wilde helpen."))
    elif result.outcome == "reserve":
        messages.success(request, _("Je staat reserve. Komt de plek vrij, dan vragen we jou als eerste."))
    return redirect(here)
