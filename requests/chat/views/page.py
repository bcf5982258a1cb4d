"""The list of conversations, one conversation, and what came after a number."""

from datetime import date
from functools import partial
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from buurt.residents.requests import ResidentRequest
from chat import access, services
from chat.bodies import text_of
from chat.cards import card_for
from chat.errors import ChatError, ReusedKeyError
from chat.forms import MessageForm, ThanksForm
from chat.models import Message
from chat.rows import rows_of
from chat.shown import items_of

LIST_PAGE = 20
# What a browser may ask for: a number that fits the database.
MAX_SEQ = 2**62


@login_required
@require_GET
@never_cache
def list_conversations(request: ResidentRequest) -> HttpResponse:
    """Show the resident's conversations: unread first, then by the last message."""
    page = _number(request, "page", default=1, most=1_000)
    parts = list(access.talks_of(request.user)[(page - 1) * LIST_PAGE : page * LIST_PAGE + 1])
    context = {
        "nav": "talk",
        "rows": rows_of(request.user, parts[:LIST_PAGE], now=timezone.now()),
        "previous": page - 1,
        "next": page + 1 if len(parts) > LIST_PAGE else 0,
    }
    return render(request, "chat/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def conversation(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Show a conversation and mark it read; a POST adds a message."""
    talk = access.talk_for(request.user, public_id)
    if request.method == "GET":
        return show(request, talk)
    form = MessageForm(request.POST)
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    typed = str(request.POST.get("text", ""))
    try:
        key = form.cleaned_data.get("client_key") if form.is_valid() else None
        message = _send(request, talk, typed, key, keep_other=not wants_json)
    except ChatError as error:
        if wants_json:
            return JsonResponse({"error": str(error.words), "code": error.code}, status=422)
        return show(request, talk, error=str(error.words), typed=typed)
    if wants_json:
        return JsonResponse({"seq": message.seq, "text": text_of(talk.conversation, message)})
    return redirect(f"{reverse('chat:conversation', args=[public_id])}#laatste")


def _send(request: ResidentRequest, talk: access.Talk, typed: str, key: UUID | None, *, keep_other: bool) -> Message:
    """Store what was typed. A page that came back with its old key and new words (`keep_other`) is a new message."""
    send = partial(services.send_message, by=request.user, conversation=talk.conversation, text=typed)
    try:
        return send(client_key=key)
    except ReusedKeyError:
        if keep_other:
            return send()
        raise


def show(request: ResidentRequest, talk: access.Talk, *, error: str = "", typed: str = "") -> HttpResponse:
    """Show the page of a conversation, with what was typed and why it was not sent."""
    now = timezone.now()
    before = _number(request, "before", default=0)
    found, has_older = access.messages_before(talk, before or None)
    if not before and talk.me.read_seq < talk.conversation.last_seq:
        services.mark_opened(talk)
    context = {
        "nav": "talk",
        "talk": talk,
        "card": card_for(talk, access.agreement_of(talk.conversation), now=now),
        "items": items_of(talk, found, now=now),
        "older": found[0].seq if has_older else 0,
        "before": before,
        "last_seq": found[-1].seq if found else 0,
        "last_day": localtime(found[-1].created_at).date().isoformat() if found else "",
        "now": now,
        "key": uuid4(),
        "error": error,
        "typed": typed,
        "thanks_form": ThanksForm(),
    }
    return render(request, "chat/conversation.html", context, status=422 if error else 200)


@login_required
@require_GET
@never_cache
def after(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Give a page that is open what came after the last number it has without a gap."""
    talk = access.talk_for(request.user, public_id)
    now = timezone.now()
    since = _number(request, "after", default=0)
    known: date | None = None
    found = access.messages_after(talk, since)
    if found and found[0].seq == since:
        known = localtime(found.pop(0).created_at).date()
    items = items_of(talk, found, now=now, last_day=known)
    card = card_for(talk, access.agreement_of(talk.conversation), now=now)
    context = {"items": items, "talk": talk, "card": card, "now": now, "thanks_form": ThanksForm()}
    return JsonResponse(
        {
            "html": render_to_string("chat/_items.html", context, request=request),
            "card": render_to_string("chat/_card.html", context, request=request),
            "version": card.version,
            "last": found[-1].seq if found else since,
            "day": localtime(found[-1].created_at).date().isoformat() if found else "",
            "more": len(found) >= access.MOST_AT_ONCE,
            "reached": talk.reached_seq,
            "read": talk.read_seq,
            "open": talk.can_write,
            "company": talk.is_company,
        }
    )


def _number(request: HttpRequest, name: str, *, default: int, most: int = MAX_SEQ) -> int:
    """Return a number of the address, or the default for anything that is none."""
    typed = request.GET.get(name, "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 19:
        return default
    return min(max(int(typed), 0), most) or default
