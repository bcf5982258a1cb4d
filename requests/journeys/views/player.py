"""The player: where it begins, and one question a screen."""

from dataclasses import replace
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from buurt.ledger.limits import TooOftenError, count_or_refuse
from buurt.residents.requests import CommunityRequest
from journeys import progress as steps
from journeys import session
from journeys.fileformat.evaluate import visible_questions
from journeys.fileformat.model import Journey, Question
from journeys.progress import Progress
from journeys.session import Visit
from journeys.signs import choices_of
from journeys.views.wording import journey_or_404

# From one network address in an hour.
MOST_BEGINS = 300
page = require_http_methods(["GET", "HEAD", "POST"])


def start_over(journey: Journey) -> HttpResponse:
    """Lead to the beginning, where it says kindly that the answers are gone."""
    return redirect(f"{reverse('journeys:start', args=[journey.id])}?verlopen")


def go_on(journey: Journey, progress: Progress) -> HttpResponse:
    """Lead to the first question that is still open, or to the result."""
    number = steps.first_open(journey, progress)
    if number is None:
        return redirect("journeys:result", journey.id)
    return redirect("journeys:question", journey.id, number)


@never_cache
@sensitive_post_parameters()
@page
def start(request: CommunityRequest, journey_id: str) -> HttpResponse:
    """Show what it is about and the sentences people recognise; begin with what those fill in."""
    journey = journey_or_404(request, journey_id)
    visit = session.read(request)
    if request.method != "POST":
        return render(request, "journeys/start.html", _beginning(request, journey, visit))
    if not visit.key and not _may_begin(request):
        return render(request, "429.html", status=429)
    said = set(request.POST.getlist("zin"))
    recognised = [sentence for number, sentence in enumerate(journey.sentences) if str(number) in said]
    came_along = visit.luggage.get(journey_id, Progress()).choices
    known = choices_of(request.POST.get("teken", ""), journey_id)
    progress = steps.begin(journey, recognised, Progress({**came_along, **known}))
    visit = session.begin(replace(visit, together="samen" in request.POST))
    response = go_on(journey, progress)
    session.keep(visit.with_progress(journey_id, progress), response)
    return response


@never_cache
@sensitive_post_parameters()
@page
def question(request: CommunityRequest, journey_id: str, number: int) -> HttpResponse:
    """Show a question, or take its answer and lead on. Earlier questions stay open to change."""
    journey = journey_or_404(request, journey_id)
    visit = session.read(request)
    progress = visit.progress(journey_id)
    if progress is None:
        return start_over(journey)
    if request.method == "POST":
        return _answer(request, journey, visit, progress)
    questions = visible_questions(journey, progress.choices)
    reached = steps.first_open(journey, progress) or len(questions)
    if not 1 <= number <= reached:
        return go_on(journey, progress)
    return render(request, "journeys/question.html", _asked(journey, visit, questions[number - 1]))


def _answer(request: CommunityRequest, journey: Journey, visit: Visit, progress: Progress) -> HttpResponse:
    """Keep the answer to the question in the form; who chose nothing gets the question back."""
    name = request.POST.get("vraag", "")
    asked = next((each for each in visible_questions(journey, progress.choices) if each.id == name), None)
    if asked is None:
        return go_on(journey, progress)  # a form from before an earlier answer changed, or a forged one
    options = steps.offered(asked, request.POST.getlist("keuze"))
    if not options:
        context = {**_asked(journey, visit, asked), "nothing_chosen": True}
        return render(request, "journeys/question.html", context, status=422)
    progress = steps.choose(progress, asked, options)
    response = go_on(journey, progress)
    session.keep(visit.with_progress(str(journey.id), progress), response)
    return response


def _may_begin(request: CommunityRequest) -> bool:
    """Count a visitor who is new here, so that no machine can fill the cache; a full library stays under it."""
    try:
        address = get_adapter(request).get_client_ip(request)
        count_or_refuse("journeys.begin", str(address), times=MOST_BEGINS, seconds=3600)
    except TooOftenError:
        return False
    return True


def _beginning(request: CommunityRequest, journey: Journey, visit: Visit) -> dict[str, Any]:
    progress = visit.progress(str(journey.id))
    return {
        "journey": journey,
        "together": visit.together,
        "busy": progress is not None,
        "came_along": bool(visit.luggage.get(str(journey.id))),
        "expired": progress is None and "verlopen" in request.GET,
        "no_ask": visit.avoids_neighbours,
    }


def _asked(journey: Journey, visit: Visit, asked: Question) -> dict[str, Any]:
    """Return what the page of one question shows."""
    progress = visit.journeys[str(journey.id)]
    questions = visible_questions(journey, progress.choices)
    number = questions.index(asked) + 1
    return {
        "journey": journey,
        "question": asked,
        "number": number,
        "total": len(questions),
        "steps": "x" * len(questions),
        "before": number - 1,
        "chosen": progress.choices.get(str(asked.id), frozenset()),
        "preset": asked.id in progress.preset,
        "finished": steps.first_open(journey, progress) is None,
        "together": visit.together,
        "no_ask": visit.avoids_neighbours,
    }
