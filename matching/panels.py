"""What matching adds to a post's page: the buttons to answer it, and how the search stands."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from buurt.residents.models import Resident
from matching.models import Invitation
from matching.offers import SHOWN, fitting_asks, fitting_offers
from matching.pages import fitting_card
from matching.search import first_free_slot
from matching.views_of import is_wanted
from posts.models import Engagement, Post


def meeting_panel(request: HttpRequest, post: Post) -> str:
    """Return what meets this post, for its author: asks that fit an offer, standing offers that fit an ask."""
    user, now = request.user, timezone.now()
    if not isinstance(user, Resident) or user.pk != post.author_id or post.state != Post.State.OPEN or post.is_hidden:
        return ""
    if post.is_ask and first_free_slot(post) is None:
        return ""
    found = fitting_offers(post, now=now) if post.is_ask else fitting_asks(post, now=now)[:SHOWN]
    cards = [fitting_card(each, user, now) for each in found]
    if post.is_ask:
        # Somebody who offers is not waiting.
        cards = [card | {"wait": ""} for card in cards]
    if not cards:
        return ""
    return render_to_string("matching/meeting_panel.html", {"post": post, "cards": cards}, request=request)


def answer_panel(request: HttpRequest, post: Post) -> str:
    """Return the buttons with which a reader answers this post; nothing for its author."""
    user = request.user
    if isinstance(user, Resident) and user.pk == post.author_id:
        return ""
    stage, invitation = "answer", None
    if isinstance(user, Resident):
        live = Engagement.objects.filter(slot__post=post, helper=user, state__in=["reserved", "agreed"])
        invitation = Invitation.objects.filter(post=post, helper=user).first()
        if live.exists():
            stage = "mine"
        elif invitation is not None and invitation.state == Invitation.State.RESERVE:
            stage = "reserve"
    if stage == "answer" and not is_wanted(post, now=timezone.now()):
        stage = "ended"
    elif stage == "answer" and first_free_slot(post) is None:
        stage = "full"
    return render_to_string("matching/answer_panel.html", {"post": post, "stage": stage}, request=request)
