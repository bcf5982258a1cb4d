"""What a circle shares: the handover, and who comes on which date."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from buurt.residents.requests import ResidentRequest
from chat import access, services
from chat.bodies import opened
from chat.errors import ChatError
from chat.forms import HandoverForm
from chat.models import Conversation
from chat.views.agreement import act, back


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def handover(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Read and change what the next one should know; what was typed is kept when somebody else was faster."""
    talk = access.talk_for(request.user, public_id)
    row = talk.conversation
    if row.kind != Conversation.Kind.CIRCLE or not talk.me.is_party:
        raise Http404
    stands = opened(row, row.handover)
    form = HandoverForm(request.POST or None, initial={"text": stands, "seen": stands})
    if request.method == "POST" and form.is_valid():
        try:
            services.write_handover(by=request.user, conversation=row, **form.cleaned_data)
            return back(talk, "afspraak")
        except ChatError as error:
            form.add_error(None, str(error.words))
    context = {"talk": talk, "form": form, "stands": stands, "nav": "talk"}
    return render(request, "chat/handover.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def turn(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Take a date of a weekly circle, or give it back."""
    talk = access.talk_for(request.user, public_id)
    try:
        day = date.fromisoformat(request.POST.get("dag", ""))
    except ValueError as error:
        raise Http404 from error
    do = services.give_date_back if request.POST.get("doe") == "terug" else services.take_date
    return act(request, talk, lambda: do(by=request.user, conversation=talk.conversation, day=day))
