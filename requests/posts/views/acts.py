"""What an author does to a post with one button: pause, go on, renew, end, withdraw, copy."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from buurt.communities.undo import say_with_undo
from buurt.residents.requests import ResidentRequest
from posts import access, errors, services
from posts.models import Post
from posts.views import sheets
from posts.views.ask import STEPS

Act = Callable[..., bool]


@login_required
@require_POST
def pause(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Take a post off the board for a while; "Ga weer verder" undoes it."""
    done = _("Het staat even stil. Niemand wordt nu gevraagd. Met “Ga weer verder” zet je het weer aan.")
    return _act(request, public_id, services.pause_post, done, undo="posts:resume")


@login_required
@require_POST
def resume(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Put a paused post back."""
    return _act(
        request, public_id, services.resume_post, _("Het staat weer open. We zoeken verder."), undo="posts:pause"
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Let a post stay longer; the mail leads to the GET, which shows one button."""
    if request.method == "POST":
        return _act(request, public_id, services.renew_post, _("Gelukt. Het blijft langer staan."))
    post = access.post_of_author(request.user, public_id)
    return _confirm(
        request,
        post,
        question=_("Nog een tijd laten staan?"),
        explanation=_("Anders gaat het vanzelf van het prikbord. Je kunt het later altijd opnieuw plaatsen."),
        choices=[_choice("posts:renew", post, _("Ja, laat het staan"), main=True)],
    )


@login_required
@require_POST
def close(request: ResidentRequest, public_id: str) -> HttpResponse:
    """End a post; first asks whether that is meant, because it cannot be undone."""
    if request.POST.get("zeker") == "ja":
        return _act(
            request, public_id, services.close_post, _("Afgerond. Wie nog meedacht, krijgt vriendelijk bericht.")
        )
    return _ask_how_it_ends(request, access.post_of_author(request.user, public_id))


@login_required
@require_POST
def withdraw(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Take a post back; first asks whether that is meant, because it cannot be undone."""
    if request.POST.get("zeker") == "ja":
        done = _("Ingetrokken. Wie al gevraagd was, krijgt vriendelijk bericht.")
        return _act(request, public_id, services.withdraw_post, done)
    return _ask_how_it_ends(request, access.post_of_author(request.user, public_id))


@login_required
@require_POST
def copy(request: ResidentRequest, public_id: str) -> HttpResponse:
    """Start a new ask or offer with the words of an old one; nothing is sent yet."""
    post = access.post_of_author(request.user, public_id)
    sheet = sheets.new_sheet(services.copy_draft(post))
    sheets.keep_sheet(request, sheet)
    messages.info(request, _("We vulden je oude tekst vast in. Kijk of hij nog klopt."))
    return redirect(sheets.address(STEPS[Post.Kind(post.kind)][0], sheet))


def _act(request: ResidentRequest, public_id: str, act: Act, done: str, *, undo: str = "") -> HttpResponse:
    """Do it if it is still possible, and say honestly what happened."""
    post = access.post_of_author(request.user, public_id)
    try:
        if not act(by=request.user, post=post):
            messages.warning(request, _("Dat kon niet meer: er was net al iets veranderd. Zo staat het er nu voor."))
        elif undo:
            say_with_undo(request, done, action=reverse(undo, args=[public_id]))
        else:
            messages.success(request, done)
    except errors.PostError as error:
        messages.error(request, str(error))
    return redirect("posts:status", public_id)


def _ask_how_it_ends(request: ResidentRequest, post: Post) -> HttpResponse:
    """Ask for the second, sure press: it went well, or it is not needed any more."""
    withdraw_it = _choice("posts:withdraw", post, _("Ja, trek het in"), main=True)
    choices = [withdraw_it]
    if post.state in {Post.State.OPEN, Post.State.PAUSED}:
        well = _("Het is al geregeld") if post.is_ask else _("Ik ben ermee klaar")
        choices = [_choice("posts:close", post, well, main=True), {**withdraw_it, "main": False}]
    return _confirm(
        request,
        post,
        question=_("Wil je hiermee stoppen?"),
        explanation=_(
            "Het gaat van het prikbord en niemand wordt meer gevraagd. Dit kun je niet terugdraaien. "
            "Je kunt de tekst later wel opnieuw gebruiken."
        ),
        choices=choices,
    )


def _choice(name: str, post: Post, text: str, *, main: bool) -> dict[str, object]:
    return {"action": reverse(name, args=[post.public_id]), "text": text, "main": main}


def _confirm(
    request: ResidentRequest, post: Post, *, question: str, explanation: str, choices: list[dict[str, object]]
) -> HttpResponse:
    context = {
        "post": post,
        "nav": "ask",
        "question": question,
        "explanation": explanation,
        "choices": choices,
        "status_href": reverse("posts:status", args=[post.public_id]),
    }
    return render(request, "posts/confirm.html", context)
