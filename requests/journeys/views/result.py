"""The result: everything that can help, side by side; and the way on to another wegwijzer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from buurt.residents.requests import CommunityRequest
from journeys import progress as steps
from journeys import session
from journeys.cards import group
from journeys.fileformat.evaluate import accepted, outcome, visible_questions
from journeys.fileformat.model import Journey
from journeys.progress import Progress
from journeys.session import Visit
from journeys.views.player import go_on, start_over
from journeys.views.wording import journey_or_404


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
    found = outcome(journey, progress.choices)
    no_ask = visit.avoids_neighbours
    context = {
        "journey": journey,
        "groups": group(found.cards, request.community, no_ask=no_ask),
        "answers": _own_answers(journey, progress),
        "no_ask": no_ask,
        "no_ask_because": journey.no_neighbour.reason if found.no_neighbour and journey.no_neighbour else "",
    }
    return render(request, "journeys/result.html", context)


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
