"""The result: everything that can help, side by side; and the way on to another wegwijzer."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from buurt.communities.access import PostcodeError, tidy_postcode
from buurt.residents.models import Resident
from buurt.residents.requests import CommunityRequest
from journeys import progress as steps
from journeys import session
from journeys.cards import group
from journeys.fileformat.evaluate import accepted, outcome, visible_questions
from journeys.fileformat.model import Journey
from journeys.nearby import ElsewhereError, spot_of
from journeys.progress import Progress
from journeys.session import Visit
from journeys.views.player import go_on, start_over
from journeys.views.wording import journey_or_404

LONGEST_POSTCODE = 12


@never_cache
@require_GET
def show(request: CommunityRequest, journey_id: str) -> HttpResponse:
    """Show the cards, once every question that counts is answered."""
    journey = journey_or_404(request, journey_id)
    visit = session.read(request)
    progress = visit.progress(journey_id)
    if progress is None:
        return start_over(journey)
    if steps.first_open(journey, progress) is not None:
        return go_on(journey, progress)
    return render(request, "journeys/result.html", _shown(request, journey, visit, progress))


@never_cache
@sensitive_post_parameters()
@require_POST
def near(request: CommunityRequest, journey_id: str) -> HttpResponse:
    """Take a postcode, or forget it when the field is empty; it is kept with the answers and nowhere else."""
    journey = journey_or_404(request, journey_id)
    visit = session.read(request)
    progress = visit.progress(journey_id)
    if progress is None:
        return start_over(journey)
    if steps.first_open(journey, progress) is not None:
        return go_on(journey, progress)
    typed = request.POST.get("postcode", "").strip()[:LONGEST_POSTCODE]
    digits = ""
    if typed:
        try:
            spot_of(typed, request.community)
            digits = tidy_postcode(typed)
        except PostcodeError as error:
            context = {**_shown(request, journey, visit, progress), "typed": typed, **_why(error)}
            return render(request, "journeys/result.html", context, status=422)
    response = redirect(f"{reverse('journeys:result', args=[journey.id])}#dichtbij")
    session.keep(replace(visit, postcode=digits), response)
    return response


def _why(error: PostcodeError) -> dict[str, Any]:
    """Return what a page says about a postcode that is not from here."""
    if not isinstance(error, ElsewhereError):
        return {"postcode_error": str(error)}
    host = error.community.hosts.order_by("pk").first()
    text = _("Deze postcode hoort bij %(name)s.") % {"name": error.community.name}
    return {"postcode_error": text, "elsewhere": error.community, "elsewhere_host": host.host if host else ""}


def _shown(request: CommunityRequest, journey: Journey, visit: Visit, progress: Progress) -> dict[str, Any]:
    """Return what the result page shows."""
    found = outcome(journey, progress.choices)
    no_ask = visit.avoids_neighbours
    community, spot = request.community, None
    if visit.postcode:
        # The community may have changed its table since; the answers are still good without.
        with suppress(PostcodeError):
            community, spot = spot_of(visit.postcode, request.community)
    reader = request.user if isinstance(request.user, Resident) else None
    groups = group(found.cards, community, no_ask=no_ask, spot=spot, reader=reader)
    return {
        "journey": journey,
        "groups": groups,
        "kinds": [{"href": f"#soort-{each.kind}", "label": each.name, "icon": each.icon} for each in groups],
        "answers": _own_answers(journey, progress),
        "no_ask": no_ask,
        "no_ask_because": journey.no_neighbour.reason if found.no_neighbour and journey.no_neighbour else "",
        "typed": visit.postcode,
        "near_area": spot.area.name if spot else "",
    }


@never_cache
@sensitive_post_parameters()
@require_POST
def onward(request: CommunityRequest, journey_id: str) -> HttpResponse:
    """Lead to another wegwijzer; the answers both ask for come along. A form: the address says nothing of them."""
    journey = journey_or_404(request, journey_id)
    visit = session.read(request)
    progress = visit.progress(journey_id)
    if progress is None:
        return start_over(journey)
    target = _target(journey, visit, request.POST.get("kaart", ""))
    if target is None:
        return go_on(journey, progress)
    other, names = target
    chosen = accepted(journey, progress.choices)
    response = redirect("journeys:start", other)
    session.keep(visit.with_luggage(other, {name: chosen[name] for name in names if name in chosen}), response)
    return response


def _target(journey: Journey, visit: Visit, answer_id: str) -> tuple[str, list[str]] | None:
    """Return the other wegwijzer and which answers go along, if this card is on the result."""
    progress = visit.journeys[str(journey.id)]
    for card in outcome(journey, progress.choices).cards:
        action = card.answer.action
        if card.answer.id == answer_id and action.main == "wegwijzer":
            return str(action.value), [str(name) for name in action.carries]
    return None


def _own_answers(journey: Journey, progress: Progress) -> list[dict[str, Any]]:
    """Return each question with what was chosen, and its number to change it."""
    chosen = accepted(journey, progress.choices)
    return [
        {
            "number": number,
            "question": question.text,
            "words": ", ".join(str(option.text) for option in question.options if option.id in chosen[question.id]),
        }
        for number, question in enumerate(visible_questions(journey, chosen), start=1)
    ]
