"""Acts on what the two agree. Every act is a POST that leads back to the conversation."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurt.residents.requests import ResidentRequest
from chat import access, services
from chat.bodies import opened
from chat.calendar_file import calendar_file
from chat.errors import ChatError, NoPlaceError
from chat.forms import ProposalForm, ThanksForm
from chat.models import Appointment, Conversation
from chat.moments import moment_of


def back(talk: access.Talk, anchor: str = "laatste") -> HttpResponse:
    """Return to the conversation."""
    return redirect(f"{reverse('chat:conversation', args=[talk.conversation.public_id])}#{anchor}")


def act(request: ResidentRequest, talk: access.Talk, do: Callable[[], object], *, done: str = "") -> HttpResponse:
    """Do it and go back; when somebody was faster or a rule says no, say so."""
    try:
        if not do():
            messages.info(request, str(NoPlaceError.words))
        elif done:
            messages.success(request, done)
    except ChatError as error:
        messages.error(request, str(error.words))
    return back(talk)


def place_named(request: ResidentRequest) -> int | None:
    """Return which place of a circle is meant, as its form or address says; None in a talk of two."""
    typed = request.POST.get("plek") or request.GET.get("plek") or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _what(request: ResidentRequest, talk: access.Talk) -> dict[str, Any]:
    """Return what an act is about: the conversation, and in a circle which place."""
    return {"conversation": talk.conversation, "engagement_id": place_named(request)}


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Choose a moment to propose; begins with the moment that stands, or the post's own."""
    talk = access.talk_for(request.user, public_id)
    agreement = access.agreement_of(talk.conversation, place_named(request))
    if talk.conversation.kind == Conversation.Kind.CIRCLE and not access.may_see_place(talk, agreement.engagement):
        raise Http404
    form = ProposalForm(request.POST or None, initial=_suggested(talk, agreement))
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("duration_minutes", "place", "note")}
        try:
            services.propose_appointment(by=request.user, starts_at=form.moment(), **chosen, **_what(request, talk))
            return back(talk)
        except ChatError as error:
            form.add_error(None, str(error.words))
    other = access.other_side(talk, agreement.engagement)
    context = {"form": form, "talk": talk, "other": other, "moves": agreement.agreed is not None, "nav": "talk"}
    return render(request, "chat/propose.html", context, status=422 if form.errors else 200)


def _suggested(talk: access.Talk, agreement: access.Agreement) -> dict[str, object]:
    """Return what the form begins with: the moment that stands, else the one the post asks for."""
    stands = agreement.proposed or agreement.agreed
    starts_at = stands.starts_at if stands else agreement.engagement.slot.starts_at if agreement.engagement else None
    minutes = stands.duration_minutes if stands else talk.conversation.post.duration_minutes
    first: dict[str, object] = {"duration_minutes": minutes if minutes in {30, 60, 90, 120, 180, 240} else 60}
    if stands is not None:
        # Who only changes the hour does not type the rest again.
        first |= {name: opened(talk.conversation, getattr(stands, name)) for name in ("place", "note")}
    if starts_at is not None and starts_at > timezone.now():
        local = localtime(starts_at)
        first |= {"day": local.date(), "at": local.time()}
    return first


def _appointment(talk: access.Talk, pk: int) -> Appointment:
    found = Appointment.objects.filter(conversation=talk.conversation, pk=pk).first()
    if found is None:
        raise Http404
    found.conversation = talk.conversation
    return found


@login_required
@require_POST
def accept(request: ResidentRequest, public_id: str, pk: int) -> HttpResponse:
    """Say yes to what the other proposed."""
    talk = access.talk_for(request.user, public_id)
    appointment = _appointment(talk, pk)
    return act(request, talk, lambda: services.agree_appointment(by=request.user, appointment=appointment))


@login_required
@require_POST
def withdraw(request: ResidentRequest, public_id: str, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    talk = access.talk_for(request.user, public_id)
    appointment = _appointment(talk, pk)
    return act(request, talk, lambda: services.withdraw_proposal(by=request.user, appointment=appointment))


@login_required
@require_POST
def agree(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Agree without a fixed moment."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.agree(by=request.user, **_what(request, talk)))


@login_required
@require_POST
def cancel(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Cancel; the place opens again."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.cancel_appointment(by=request.user, **_what(request, talk)))


@login_required
@require_POST
def decline(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Look for somebody else, kindly."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.decline_kindly(by=request.user, **_what(request, talk)))


@login_required
@require_POST
def no_show(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Say that nobody came; the place opens again."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.report_no_show(by=request.user, **_what(request, talk)))


@login_required
@require_POST
def outcome(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Say in one tap how it went."""
    talk = access.talk_for(request.user, public_id)
    says = str(request.POST.get("says", ""))
    return act(
        request,
        talk,
        lambda: services.record_outcome(by=request.user, says=says, **_what(request, talk)),
        done=_("Dank je wel. We hebben het opgeschreven."),
    )


@login_required
@require_POST
def thanks(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Send a private word of thanks; what was typed is kept when it does not fit."""
    talk = access.talk_for(request.user, public_id)
    form = ThanksForm(request.POST)
    if form.is_valid():
        try:
            services.give_thanks(by=request.user, text=form.cleaned_data["text"], **_what(request, talk))
            messages.success(request, _("Je bedankje is verstuurd."))
            return back(talk, "afspraak")
        except ChatError as error:
            form.add_error(None, str(error.words))
    return render(request, "chat/thanks.html", {"form": form, "talk": talk, "nav": "talk"}, status=422)


@login_required
@require_GET
def calendar(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Give the agreed moment as a calendar file, or the file that takes a cancelled one out again."""
    talk = access.talk_for(request.user, public_id)
    agreement = access.agreement_of(talk.conversation, place_named(request))
    moment = agreement.agreed or agreement.cancelled
    if moment is None or moment.starts_at is None or not access.may_see_place(talk, agreement.engagement):
        raise Http404
    response = HttpResponse(calendar_file(talk, moment), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return response


@login_required
@require_GET
def paper(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Show the agreed moment so that it prints well, for on the refrigerator."""
    talk = access.talk_for(request.user, public_id)
    agreement = access.agreement_of(talk.conversation, place_named(request))
    place = agreement.engagement
    if agreement.agreed is None or place is None or not access.may_see_place(talk, place):
        raise Http404
    moment = moment_of(talk, place, agreement.agreed, now=timezone.now())
    context = {"talk": talk, "other": access.other_side(talk, place), "moment": moment, "nav": "talk"}
    return render(request, "chat/paper.html", context)


@login_required
@require_POST
def on_the_way(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Say that one is on the way."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.say_on_the_way(by=request.user, **_what(request, talk)))
