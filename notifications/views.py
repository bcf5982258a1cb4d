"""Pages of notifications: the inbox, and in the demo the mails that would have been sent."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from buurt.residents.requests import ResidentRequest
from notifications import access, services
from notifications.models import SentMail


@login_required
@require_GET
def inbox(request: ResidentRequest) -> HttpResponse:
    """Show a person's notices and note that they were seen."""
    page = Paginator(access.notices_of(request.user), 20).get_page(request.GET.get("page"))
    notices = access.in_words(list(page.object_list))
    services.mark_read(request.user)
    return render(request, "notifications/inbox.html", {"page": page, "notices": notices})


def _demo_only(request: HttpRequest) -> None:
    if not settings.IS_DEMO or request.get_host().split(":")[0] not in {"localhost", "127.0.0.1", "[::1]"}:
        raise Http404


@require_GET
def sent_mail(request: HttpRequest) -> HttpResponse:
    """Show what the demo would have mailed, newest first; on this machine only."""
    _demo_only(request)
    to = request.GET.get("aan", "")
    mails = SentMail.objects.filter(to__icontains=to) if to else SentMail.objects.all()
    page = Paginator(mails, 20).get_page(request.GET.get("page"))
    return render(request, "notifications/sent_mail.html", {"page": page, "to": to})


@require_GET
def one_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one mail of the demo as its receiver reads it."""
    _demo_only(request)
    return render(request, "notifications/one_mail.html", {"mail": get_object_or_404(SentMail, pk=mail_id)})
