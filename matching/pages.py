"""What matching's pages show, put together for the templates."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.categories import Category
from buurt.communities.languages import comma_list, spoken_languages
from buurt.communities.places import distance_band, spoken_band
from buurt.communities.when import spoken_duration, spoken_wait
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.services import send_login_code
from matching.access import honest_note, others_in_message
from matching.links import path_for
from matching.models import HelperFactor, Invitation
from matching.search import first_free_slot
from matching.services import Result
from matching.views_of import free_slots, is_wanted
from matching.week import moments_asked, spoken_moments
from matching.words import asked_with, question_for, spoken_reasons
from posts.errors import PostError
from posts.models import Engagement, Post
from posts.moments import spoken_places, spoken_timing
from posts.naming import area_for
from posts.wording import ground_rules_for, text_after_title

BUTTONS = {
    "yes": gettext_lazy("Ja, dat doe ik"),
    "later": gettext_lazy("Nu niet, vraag me later weer"),
    "no": gettext_lazy("Nee, dit past niet bij mij"),
    "question": gettext_lazy("Eerst iets vragen"),
    "reserve": gettext_lazy("Ja, zet mij reserve"),
}


def where(post: Post, viewer: Resident) -> str:
    """Return area and honest distance: "Krommenie, tot ongeveer 3 km"."""
    area = area_for(post, viewer)
    if viewer.cell is None:
        return area
    return _("%(area)s, %(band)s") % {"area": area, "band": spoken_band(distance_band(viewer.cell, post.cell))}


def invitation_page(invitation: Invitation, now: datetime) -> dict[str, Any]:
    """Return what an invitation's page shows: question, the asker's words, facts, stage and reasons."""
    post = invitation.post
    facts = [{"icon": "calendar", "term": _("Wanneer"), "value": capfirst(spoken_timing(post))}]
    if post.duration_minutes:
        facts.append({"icon": "clock", "term": _("Hoe lang"), "value": spoken_duration(post.duration_minutes)})
    facts.append({"icon": "map-pin", "term": _("Waar"), "value": where(post, invitation.helper)})
    places = sum(slot.places for slot in post.slots.all())
    if post.is_ask and places > 1:
        people = spoken_places(places, timing=post.timing)
        facts.append({"icon": "users", "term": _("Hoeveel"), "value": people})
    name = post.author.display_name
    speaks = spoken_languages(post.spoken or post.author.languages)
    who = _("%(name)s, spreekt %(languages)s") % {"name": name, "languages": speaks} if speaks else name
    facts.append({"icon": "user", "term": _("Wie"), "value": who})
    return {
        "invitation": invitation,
        "post": post,
        "question": question_for(post, now),
        "asked_with": asked_with(invitation),
        "facts": facts,
        "reasons": spoken_reasons(invitation),
        "rules": ground_rules_for(post.category, insurance_text=post.community.insurance_text),
        "buttons": BUTTONS,
        "stage": _stage(invitation, now),
        "moment": spoken_moments(moments_asked(invitation)) if "starts_at" in invitation.reasons else "",
    }


def other_cards(invitation: Invitation, now: datetime, *, by_link: bool) -> list[dict[str, Any]]:
    """Return the other asks of the same message as cards; who came by a mail's link gets links that need no login."""
    cards = []
    for other in others_in_message(invitation, now=now):
        card = small_card(other, now)
        card |= {"place": where(other.post, invitation.helper), "wait": ""}
        if by_link:
            card["href"] = path_for(other)
        cards.append(card)
    return cards


def _stage(invitation: Invitation, now: datetime) -> str:
    """Return what the page offers: answer | mine | full | reserve | ended | elsewhere | declined."""
    post = invitation.post
    live = Engagement.objects.filter(
        slot__post=post, helper=invitation.helper, state__in=[Engagement.State.RESERVED, Engagement.State.AGREED]
    )
    said_no = invitation.state == Invitation.State.ANSWERED and invitation.answer in {"no", "later"}
    stages = (
        ("mine", live.exists()),
        ("ended", not is_wanted(post, now=now)),
        ("reserve", invitation.state == Invitation.State.RESERVE),
        ("elsewhere", bool(invitation.reasons.get("declined"))),
        ("full", first_free_slot(post) is None),
        ("ended", not free_slots(post, now=now)),
        ("declined", said_no),
    )
    return next((stage for stage, holds in stages if holds), "answer")


def spoken_note(preferences: HelpPreferences, now: datetime) -> dict[str, str] | None:
    """Return the honest note after 30 days without a fitting ask, or None: what nobody asked, and what they do ask."""
    other = honest_note(preferences, now=now)
    if other is None:
        return None
    chosen = sorted(preferences.kinds.values_list("category", flat=True))
    words = {
        "chosen": listed(Category(slug).label.lower() for slug in chosen),
        "asked": listed(Category(slug).label.lower() for slug in other),
    }
    title = _("In 30 dagen vroeg niemand dichtbij om wat jij koos: %(chosen)s.") % words
    return {"title": title, "text": _("Wel vroegen buren om: %(asked)s.") % words if other else ""}


def listed(names: Iterable[str]) -> str:
    """Return names as people list them: "lift, tuin en klusjes"."""
    found = [str(name) for name in names]
    if len(found) < 2:
        return "".join(found)
    return _("%(most)s en %(last)s") % {"most": comma_list(found[:-1]), "last": found[-1]}


def own_number(resident: Resident) -> dict[str, Any]:
    """Return a helper's own factor as they read it: a number and a sentence; without one, that there is none yet."""
    found = HelperFactor.objects.filter(helper=resident).first()
    if found is None:
        return {"number": None, "meaning": _("Je hebt nog geen getal. Je begint als iedereen, met 1.")}
    if found.factor > 1.15:
        meaning = _("Je zegt vaker ja dan we dachten. Daarom vragen we je eerder.")
    elif found.factor < 0.85:
        meaning = _("Je zegt minder vaak ja dan we dachten. Daarom vragen we eerst een ander.")
    else:
        meaning = _("Je zegt ongeveer zo vaak ja als we dachten.")
    return {"number": number_format(found.factor, decimal_pos=1), "meaning": meaning}


def small_card(invitation: Invitation, now: datetime) -> dict[str, Any]:
    """Return an open invitation as a card on the helper's page."""
    post = invitation.post
    return {
        "href": reverse("matching:invitation", args=[invitation.public_id]),
        "category": post.category,
        "title": question_for(post, now),
        "place": post.area.name,
        "when": spoken_timing(post),
        "wait": _("aan jou gevraagd"),
        "tone": "sun",
    }


def orders(*, by_need: bool) -> list[dict[str, Any]]:
    """Return the two orders of the helper's page as chips."""
    own = reverse("matching:helping")
    return [
        {"label": _("Wie het langst wacht"), "href": own, "current": not by_need},
        {"label": _("Waar jij het meest helpt"), "href": f"{own}?volgorde=meeste", "current": by_need},
    ]


def why_this_order(*, by_need: bool) -> list[str]:
    """Return why the asks on the helper's page stand in this order, in whole sentences."""
    shown = _("Je ziet vragen die passen bij wat je koos: soort hulp, afstand, dagen en talen.")
    if not by_need:
        return [shown, _("Wie het langst wacht, staat bovenaan.")]
    return [
        shown,
        _("Bovenaan staat een vraag met nog weinig kans op hulp, die goed bij jou past."),
        _("We kijken naar soort hulp, afstand, dag en haast. Niet naar wie het vraagt."),
    ]


def fitting_card(post: Post, viewer: Resident, now: datetime) -> dict[str, Any]:
    """Return an ask that fits as a card on the helper's page."""
    return {
        "href": reverse("posts:detail", args=[post.public_id]),
        "category": post.category,
        "title": post.title,
        "text": text_after_title(post.title, post.text),
        "place": where(post, viewer),
        "when": spoken_timing(post),
        "wait": spoken_wait(post.published_at or post.created_at, now),
    }


def to_conversation(request: HttpRequest, helper: Resident, result: Result) -> HttpResponse:
    """Lead the helper to the talk: at once when logged in, else by the code that is sent to their own address."""
    if result.conversation is None:
        return redirect("matching:helping")
    path = reverse("chat:conversation", args=[result.conversation.public_id])
    return send_login_code(request, helper, next_url=path)


def spoken_refusal(refusal: Exception) -> str:
    """Return why somebody cannot answer, in plain words."""
    if isinstance(refusal, PostError):
        return str(refusal.message)
    return _("Deze vraag kun je niet beantwoorden.")
