"""Who joins: the asker invites, the invited one comes in, the asker lets them go again."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from buurt.ledger.limits import TooOftenError, count_or_refuse
from buurt.residents.access import blocked_ids, missing_for_sending
from buurt.residents.models import Resident, Role
from buurt.residents.requests import ResidentRequest
from chat import access, services
from chat.errors import ChatError, NotYoursToDoError
from chat.invites import invite_from, path_for
from chat.models import GuestInvite
from chat.views.agreement import act, back

INVITES_A_DAY = 20


def _talk_of_host(request: ResidentRequest, public_id: str) -> access.Talk:
    """Return the talk for the one who gets help; for others the page does not exist."""
    talk = access.talk_for(request.user, public_id)
    if not talk.i_get_help:
        raise Http404
    return talk


def _team(talk: access.Talk, me: Resident) -> list[Resident]:
    """Return the brokers of this community who could join: not who is here, and not who also judges reports."""
    here = {one.resident_id for one in talk.present}
    rows = Resident.objects.filter(
        roles__name=Role.Name.BROKER, roles__community=talk.conversation.post.community_id, is_active=True
    ).exclude(roles__name__in=services.NEVER_GUESTS)
    return list(rows.exclude(pk__in=here | blocked_ids(me)).distinct().order_by("display_name", "pk")[:20])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def guests(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Ask somebody of the team along, or make a link for somebody else; see who is invited."""
    talk = _talk_of_host(request, public_id)
    link = ""
    if request.method == "POST":
        try:
            count_or_refuse("chat.invite", str(request.user.pk), times=INVITES_A_DAY, seconds=86_400)
            guest = _chosen(request, talk)
            invite = services.invite_guest(by=request.user, conversation=talk.conversation, guest=guest)
        except (ChatError, TooOftenError) as error:
            messages.error(request, str(getattr(error, "words", _("Dat lukt nu niet. Probeer het morgen opnieuw."))))
            return redirect("chat:guests", public_id)
        if guest is not None:
            messages.success(request, _("We vragen het aan %(name)s.") % {"name": guest})
            return redirect("chat:guests", public_id)
        link = settings.PUBLIC_URL + path_for(invite)
    now = timezone.now()
    invites = services.open_invites(talk.conversation, now=now)
    asked = {one.guest_id for one in invites}
    context = {
        "talk": talk,
        "link": link,
        "invites": invites,
        "team": [one for one in _team(talk, request.user) if one.pk not in asked],
        "guests": [one for one in talk.present if not one.is_party],
        "now": now,
        "nav": "talk",
    }
    return render(request, "chat/guests.html", context)


def _chosen(request: ResidentRequest, talk: access.Talk) -> Resident | None:
    public_id = request.POST.get("guest", "")
    if not public_id:
        return None
    found = next((one for one in _team(talk, request.user) if one.public_id == public_id), None)
    if found is None:
        raise NotYoursToDoError
    return found


@login_required
@require_POST
def withdraw(request: ResidentRequest, public_id: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    talk = _talk_of_host(request, public_id)
    invite = get_object_or_404(GuestInvite, pk=pk, conversation=talk.conversation)
    services.withdraw_invite(by=request.user, invite=invite)
    messages.success(request, _("De uitnodiging werkt niet meer."))
    return redirect("chat:guests", public_id)


@login_required
@require_POST
def let_go(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Let a guest go."""
    talk = _talk_of_host(request, public_id)
    gone = next((one for one in talk.others if one.resident.public_id == request.POST.get("guest", "")), None)
    if gone is None or gone.is_party:
        raise Http404
    return act(
        request,
        talk,
        lambda: services.let_guest_go(by=request.user, conversation=talk.conversation, guest=gone.resident),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: ResidentRequest, token: str) -> HttpResponse:
    """Say who invites and what one will see; a press on the button takes the place."""
    invite = invite_from(token)
    if invite is None or invite.guest_id not in {None, request.user.pk}:
        raise Http404
    if missing_for_sending(request.user):
        return redirect(f"{reverse('residents:start')}?next={request.path}")
    error = ""
    if request.method == "POST":
        try:
            conversation = services.join_as_guest(by=request.user, invite=invite)
            return back(access.talk_for(request.user, conversation.public_id))
        except ChatError as refusal:
            error = str(refusal.words)
    usable = invite.used_at is None and invite.withdrawn_at is None and invite.expires_at > timezone.now()
    context = {"invite": invite, "error": error, "usable": usable, "nav": "talk"}
    return render(request, "chat/join.html", context, status=422 if error else 200)
