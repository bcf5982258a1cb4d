"""Pages of the broker's desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurt.communities.models import Community
from buurt.communities.places import distance_band, spoken_band
from buurt.residents.models import Resident, Role
from buurt.residents.requests import ResidentRequest
from buurt.residents.roles import role_required
from matching import desk as reads
from matching.story import spoken_choices, spoken_progress
from matching.words import spoken_hurdle
from posts.moments import spoken_timing


def _community(request: ResidentRequest) -> Community:
    if request.community is None:
        raise Http404
    return request.community


@role_required(Role.Name.BROKER)
@require_GET
def desk(request: ResidentRequest) -> HttpResponse:
    """Show the broker which asks still wait for a yes, longest first."""
    searches = reads.unanswered(_community(request), now=timezone.now())
    page = Paginator(searches, 20).get_page(request.GET.get("page"))
    quiet = list(reads.for_the_team(_community(request))[:20])
    rows = [{"search": one, "post": one.post, "progress": spoken_progress(one)} for one in page.object_list]
    return render(request, "matching/desk.html", {"page": page, "rows": rows, "quiet": quiet})


@role_required(Role.Name.BROKER)
@require_POST
def desk_talk(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Open the team's conversation with somebody who asked for the team."""
    conversation = reads.talk_with_author(by=request.user, community=_community(request), public_id=public_id)
    return redirect("chat:conversation", conversation.public_id)


@role_required(Role.Name.BROKER)
@require_http_methods(["GET", "POST"])
def desk_post(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Show one ask with people who might help after all, and ask one of them."""
    now = timezone.now()
    search = reads.search_at_desk(_community(request), public_id, now=now)
    if request.method == "POST":
        helper = get_object_or_404(
            Resident, public_id=request.POST.get("helper", ""), community=search.post.community, is_active=True
        )
        if reads.invite_by_broker(by=request.user, search=search, helper=helper, now=now):
            messages.success(request, _("We vragen het aan %(name)s.") % {"name": helper.display_name})
        else:
            messages.info(request, _("Deze buur is al gevraagd."))
        return redirect("matching:desk_post", public_id=public_id)
    people = [
        {
            "resident": one.resident,
            "band": spoken_band(distance_band(one.resident.cell or 0, search.post.cell)),
            "hurdle": spoken_hurdle(one.hurdle),
        }
        for one in reads.suggestions(search, now=now)
    ]
    context = {
        "post": search.post,
        "when": spoken_timing(search.post),
        "progress": spoken_progress(search),
        "people": people,
        "choices": spoken_choices(search),
    }
    return render(request, "matching/desk_post.html", context)
