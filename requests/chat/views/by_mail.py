"""How did it go, answered from a mail without logging in. Looking changes nothing: mail programs open links too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurt.ledger.limits import TooOftenError, count_or_refuse
from chat import services
from chat.access import conversation_about
from chat.errors import ChatError
from chat.outcome_links import asked_by
from posts.models import Engagement

ANSWERS_AN_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def outcome(request: HttpRequest, token: str) -> HttpResponse:
    """Show the three answers; a press keeps one. The page tells nothing but the other one's name."""
    asked = asked_by(token)
    conversation = conversation_about(asked[0]) if asked else None
    if asked is None or conversation is None:
        raise Http404
    engagement, resident = asked
    author = engagement.slot.post.author
    said, error = "", ""
    if request.method == "POST":
        said = str(request.POST.get("says", ""))
        try:
            count_or_refuse("chat.outcome_link", str(resident.pk), times=ANSWERS_AN_HOUR, seconds=3600)
            services.record_outcome(by=resident, conversation=conversation, says=said, engagement_id=engagement.pk)
        except ChatError as refusal:
            error = str(refusal.words)
        except TooOftenError:
            error = _("Dat ging te vaak achter elkaar. Probeer het over een uur nog eens.")
    chosen = request.GET.get("zegt", "")
    context = {
        "other": author if resident.pk == engagement.helper_id else engagement.helper,
        "conversation": conversation,
        "chosen": chosen if chosen in Engagement.Outcome.values else "happened",
        "said": "" if error else said,
        "error": error,
    }
    return render(request, "chat/by_mail.html", context, status=422 if error else 200)
