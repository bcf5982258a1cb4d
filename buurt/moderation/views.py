"""Pages of moderation: report a thing, the moderator's queue, a decision, and what an author reads."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurt.communities.models import Community
from buurt.ledger.limits import TooOftenError, count_or_refuse
from buurt.moderation import access, services
from buurt.moderation.errors import AlreadyDecidedError, OwnCaseError
from buurt.moderation.forms import RULES, DecisionForm, ReportForm, UndoForm
from buurt.moderation.models import Report
from buurt.moderation.subjects import label_of, subject_of
from buurt.residents.access import resident_of
from buurt.residents.models import Role
from buurt.residents.requests import CommunityRequest, ResidentRequest
from buurt.residents.roles import role_required


@require_http_methods(["GET", "POST"])
def report(request: CommunityRequest, kind: str, key: str) -> HttpResponse:
    """Report a thing one can see; public content without an account too."""
    resident = resident_of(request.user)
    subject = subject_of(kind)
    thing = subject.find(key, viewer=resident) if subject else None
    if subject is None or thing is None:
        raise Http404
    evidence = subject.evidence(key, request, reporter=resident)
    form = ReportForm(request.POST or None, logged_in=resident is not None)
    if request.method == "POST" and form.is_valid():
        try:
            count_or_refuse("report", str(resident.pk) if resident else _address(request), times=10, seconds=3600)
            filed = services.file_report(
                by=resident, community=thing.community, kind=kind, key=key, evidence=evidence, **form.cleaned_data
            )
            return render(request, "moderation/reported.html", {"report": filed, "back": thing.url})
        except TooOftenError:
            form.add_error(None, _("Je hebt net al veel gemeld. Probeer het over een uur nog eens, of bel ons."))
    context = {"form": form, "thing": thing, "what": label_of(kind), "evidence": evidence}
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


def _address(request: CommunityRequest) -> str:
    """Return the visitor's network address for the rate limit; it is counted, not kept."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _own_community(request: ResidentRequest) -> Community:
    if request.community is None:
        raise Http404
    return request.community


@role_required(Role.Name.MODERATOR)
@require_GET
def queue(request: ResidentRequest) -> HttpResponse:
    """Show a moderator what waits for a decision and what was decided lately."""
    community = _own_community(request)
    page = Paginator(access.open_reports(community), 20).get_page(request.GET.get("page"))
    rows = [{"report": one, "label": label_of(one.subject_kind)} for one in page.object_list]
    decided = list(access.recent_decisions(community)[:10])
    return render(request, "moderation/queue.html", {"page": page, "rows": rows, "decided": decided})


@role_required(Role.Name.MODERATOR)
@require_http_methods(["GET", "POST"])
def report_detail(request: ResidentRequest, pk: int) -> HttpResponse:
    """Show one report with the thing it is about, and take the decision."""
    found = access.report_of(_own_community(request), pk)
    subject = subject_of(found.subject_kind)
    held = found.reason == Report.Reason.HELD
    form = DecisionForm(request.POST or None, initial={"rule": RULES[0][0]}, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide(by=request.user, report=found, **form.cleaned_data)
            messages.success(request, _("Je besluit staat vast. De schrijver leest waarom."))
            return redirect("moderation:queue")
        except AlreadyDecidedError:
            messages.info(request, _("Een andere moderator was je net voor. Dit is al besloten."))
            return redirect("moderation:queue")
        except OwnCaseError:
            form.add_error(None, _("Dit gaat over jouzelf. Laat een andere moderator besluiten."))
    context = {
        "report": found,
        "form": form if found.state == Report.State.OPEN else None,
        "what": label_of(found.subject_kind),
        "thing": subject.show(found.subject_key) if subject else None,
        "evidence": access.evidence_of(found, by=request.user),
        "decisions": found.decisions.all(),
    }
    return render(request, "moderation/report_detail.html", context, status=422 if form.errors else 200)


@role_required(Role.Name.MODERATOR)
@require_http_methods(["GET", "POST"])
def undo(request: ResidentRequest, pk: int) -> HttpResponse:
    """Put back what a decision hid."""
    decision = access.decision_in(_own_community(request), pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undo(by=request.user, decision=decision, reasons=form.cleaned_data["reasons"])
            messages.success(request, _("Het staat weer terug. De schrijver leest waarom."))
            return redirect("moderation:queue")
        except OwnCaseError:
            form.add_error(None, _("Dit gaat over jouzelf. Laat een andere moderator besluiten."))
    context = {"decision": decision, "form": form, "what": label_of(decision.subject_kind)}
    return render(request, "moderation/undo.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def decisions(request: ResidentRequest) -> HttpResponse:
    """Show an author what was decided about their things, and why."""
    page = Paginator(access.decisions_about(request.user), 20).get_page(request.GET.get("page"))
    rules = {key: str(name) for key, name in RULES}
    rows = [
        {"decision": one, "label": label_of(one.subject_kind), "rule": rules.get(one.rule, "")}
        for one in page.object_list
    ]
    return render(request, "moderation/decisions.html", {"page": page, "rows": rows})
