"""Somebody's own asks and offers: the list, "Zo staat het ervoor", and changing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from buurt.residents.requests import ResidentRequest
from posts import access, errors, services
from posts.forms import WholePostForm
from posts.forms.whole import whole_initial
from posts.models import Post
from posts.moves import ENDED
from posts.panels import panels_for
from posts.timeline import lines_of
from posts.views import standing
from posts.views.cards import own_card
from posts.wording import danger

PER_PAGE = 20


@login_required
@never_cache
@require_GET
def mine(request: ResidentRequest) -> HttpResponse:
    """List the resident's own asks and offers, what still goes on first."""
    page = Paginator(access.posts_by_author(request.user), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "cards": [own_card(post, now=now) for post in page.object_list],
        "page": page,
        "nav": "ask",
        "ask_href": reverse("posts:ask"),
    }
    return render(request, "posts/mine.html", context)


@login_required
@never_cache
@require_GET
def status(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Show how an ask stands: what was done, what happens now, what comes next; and what its author may do."""
    post = access.post_of_author(request.user, public_id)
    now = timezone.now()
    context = {
        "post": post,
        "nav": "ask",
        "mine_href": reverse("posts:mine"),
        "steps": standing.steps_of(lines_of(post, now), now),
        "acts": standing.acts_of(post, now),
        "panels": panels_for("status", request, post),
        "aside": panels_for("aside", request, post),
        **standing.about(post, now=now),
    }
    return render(request, "posts/status.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Change a post on one page; what was typed stays when something is wrong with it."""
    post = access.post_of_author(request.user, public_id)
    if post.state in ENDED:
        messages.error(request, str(errors.EndedError()))
        return redirect("posts:status", post.public_id)
    draft = services.copy_draft(post)
    options: dict[str, Any] = {"kind": post.kind, "community": request.user.community, "kept": draft}
    if request.method != "POST":
        return _show_edit(request, post, WholePostForm(initial=whole_initial(draft), **options))
    form = WholePostForm(request.POST, **options)
    if not form.is_valid():
        return _show_edit(request, post, form)
    signs = danger(form.cleaned_data["text"]) if form.cleaned_data["text"] != post.text else None
    if signs and request.POST.get("danger_choice") != "neighbours":
        return _show_edit(request, post, form, danger=signs)
    try:
        services.change_post(by=request.user, post=post, draft=draft.with_(**form.changes()))
    except errors.PostError as error:
        form.add_error("day" if isinstance(error, errors.WrongMomentError) else None, str(error))
        return _show_edit(request, post, form)
    messages.success(request, _("Bewaard. Buren zien nu de nieuwe tekst."))
    return redirect("posts:status", post.public_id)


def _show_edit(request: ResidentRequest, post: Post, form: WholePostForm, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "post": post,
        "asks": post.is_ask,
        "nav": "ask",
        "status_href": reverse("posts:status", args=[post.public_id]),
        **more,
    }
    return render(request, "posts/edit.html", context)
