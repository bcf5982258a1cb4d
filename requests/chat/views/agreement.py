"""Acts on what the two agree. Every act is a POST that leads back to the conversation."""

from collections.abc import Callable

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
from chat.calendar_file import calendar_file
from chat.errors import ChatError, NoPlaceError
from chat.forms import ProposalForm, ThanksForm
from chat.models import Appointment


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


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Choose a moment to propose; begins with the moment that stands, or the post's own."""
    talk = access.talk_for(request.user, public_id)
    agreement = access.agreement_of(talk.conversation)
    form = ProposalForm(request.POST or None, initial=_suggested(talk, agreement))
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("duration_minutes", "note")}
        try:
            services.propose_appointment(
                by=request.user, conversation=talk.conversation, starts_at=form.moment(), **chosen
            )
            return back(talk)
        except ChatError as error:
            form.add_error(None, str(error.words))
    context = {"form": form, "talk": talk, "moves": agreement.agreed is not None, "nav": "talk"}
    return render(request, "chat/propose.html", context, status=422 if form.errors else 200)


def _suggested(talk: access.Talk, agreement: access.Agreement) -> dict[str, object]:
    """Return what the form begins with: the moment that stands, else the one the post asks for."""
    stands = agreement.proposed or agreement.agreed
    starts_at = stands.starts_at if stands else agreement.engagement.slot.starts_at if agreement.engagement else None
    minutes = stands.duration_minutes if stands else talk.conversation.post.duration_minutes
    first: dict[str, object] = {"duration_minutes": minutes if minutes in {30, 60, 90, 120, 180, 240} else 60}
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
    return act(request, talk, lambda: services.agree(by=request.user, conversation=talk.conversation))


@login_required
@require_POST
def cancel(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Cancel; the place opens again."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.cancel_appointment(by=request.user, conversation=talk.conversation))


@login_required
@require_POST
def decline(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Look for somebody else, kindly."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.decline_kindly(by=request.user, conversation=talk.conversation))


@login_required
@require_POST
def no_show(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Say that nobody came; the place opens again."""
    talk = access.talk_for(request.user, public_id)
    return act(request, talk, lambda: services.report_no_show(by=request.user, conversation=talk.conversation))


@login_required
@require_POST
def outcome(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Say in one tap how it went."""
    talk = access.talk_for(request.user, public_id)
    says = str(request.POST.get("says", ""))
    return act(
        request,
        talk,
        lambda: services.record_outcome(by=request.user, conversation=talk.conversation, says=says),
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
            services.give_thanks(by=request.user, conversation=talk.conversation, text=form.cleaned_data["text"])
            messages.success(request, _("Je bedankje is verstuurd."))
            return back(talk, "afspraak")
        except ChatError as error:
            form.add_error(None, str(error.words))
    return render(request, "chat/thanks.html", {"form": form, "talk": talk, "nav": "talk"}, status=422)


@login_required
@require_GET
def calendar(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Give the agreed moment as a calendar file."""
    talk = access.talk_for(request.user, public_id)
    agreed = access.agreement_of(talk.conversation).agreed
    if agreed is None or agreed.starts_at is None:
        raise Http404
    response = HttpResponse(calendar_file(talk, agreed), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return response
