""" "Meer": share a number, report, block, silence, leave."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurt.communities.undo import say_with_undo
from buurt.residents.requests import ResidentRequest
from buurt.residents.services import block_resident
from chat import access, services
from chat.cards import card_for
from chat.errors import ChatError
from chat.forms import NumberForm
from chat.reporting import MOST_DIGITS, MOST_TICKED, key_of
from chat.shown import items_of
from chat.views.agreement import act, back


@login_required
@require_GET
def more(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Show what else one can do here, each with what it means."""
    talk = access.talk_for(request.user, public_id)
    agreement = access.agreement_of(talk.conversation)
    card = card_for(talk, agreement, now=timezone.now())
    context = {"talk": talk, "card": card, "is_live": agreement.is_live, "nav": "talk"}
    return render(request, "chat/more.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def number(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Type one's telephone number and share it here; it is kept nowhere else."""
    talk = access.talk_for(request.user, public_id)
    form = NumberForm(request.POST or None, initial={"client_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            services.share_number(by=request.user, conversation=talk.conversation, **form.cleaned_data)
            return back(talk)
        except ChatError as error:
            form.add_error("number", str(error.words))
    context = {"form": form, "talk": talk, "nav": "talk"}
    return render(request, "chat/number.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def silence(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Set a conversation to silent, or let it be heard again."""
    talk = access.talk_for(request.user, public_id)
    silent = request.POST.get("silent") == "1"
    services.set_silent(by=request.user, conversation=talk.conversation, silent=silent)
    said = _("Je krijgt geen bericht meer over dit gesprek.") if silent else _("Je krijgt weer bericht.")
    say_with_undo(request, said, action=request.path, silent="0" if silent else "1")
    return back(talk)


@login_required
@require_POST
def block(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Keep the two apart from now on; the other is not told."""
    talk = access.talk_for(request.user, public_id)
    chosen = request.POST.get("who", "")
    other = next((one.resident for one in talk.others if one.resident.public_id == chosen), talk.other.resident)
    block_resident(by=request.user, other=other)
    name = str(other)
    said = _("%(name)s kan je niet meer schrijven, en jij %(name)s niet.") % {"name": name}
    say_with_undo(request, said, action=reverse("residents:unblock", args=[other.public_id]))
    return redirect("chat:list")


@login_required
@require_POST
def leave(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Leave the conversation for good."""
    talk = access.talk_for(request.user, public_id)
    try:
        services.leave(by=request.user, conversation=talk.conversation)
    except ChatError:
        return act(request, talk, lambda: services.leave(by=request.user, conversation=talk.conversation))
    messages.success(request, _("Je hebt het gesprek verlaten."))
    return redirect("chat:list")


@login_required
@require_GET
def report(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Tick the messages to report, newest first; the next page shows exactly what the moderator will get."""
    talk = access.talk_for(request.user, public_id)
    ticked = sorted({number for number in map(_number_in, request.GET.getlist("bericht")) if number})
    found = access.messages_named(talk, ticked[: MOST_TICKED + 1]) if ticked else []
    theirs = [message for message in found if message.sender_id not in {None, request.user.pk}]
    error = ""
    if "kies" in request.GET:
        if theirs and len(found) <= MOST_TICKED:
            return redirect(
                "moderation:report", kind="message", key=key_of(talk.conversation, found, reporter=request.user)
            )
        error = _("Kies 1 tot %(most)d berichten, en minstens één van de ander.") % {"most": MOST_TICKED}
    before = _number_in(request.GET.get("before", ""))
    page, older = access.messages_before(talk, before or None)
    items = [item for item in reversed(items_of(talk, page, now=timezone.now())) if item.seq]
    on_page = {item.seq for item in items}
    context = {
        "talk": talk,
        "items": items,
        "ticked": ticked,
        # Ticked on another page of the list: they come along.
        "elsewhere": [seq for seq in ticked if seq not in on_page],
        "before": before,
        "older": page[0].seq if older else 0,
        "most": MOST_TICKED,
        "error": error,
        "nav": "talk",
    }
    return render(request, "chat/report.html", context, status=422 if error else 200)


def _number_in(typed: str) -> int:
    """Return the number of a message as an address names it; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0
