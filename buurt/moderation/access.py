"""What moderators, reporters and authors may see of reports and decisions."""

from django.db.models import QuerySet
from django.http import Http404

from buurt.communities.models import Community
from buurt.ledger.sealing import CannotOpenError, unseal
from buurt.ledger.services import record
from buurt.moderation.models import Decision, Report
from buurt.moderation.services import EVIDENCE_PLACE
from buurt.residents.models import Resident


def open_reports(community: Community) -> QuerySet[Report]:
    """Return what waits for a decision, longest waiting first."""
    return Report.objects.filter(community=community, state=Report.State.OPEN).order_by("created_at")


def report_of(community: Community, pk: int) -> Report:
    """Return one report of this community, else Http404."""
    found = Report.objects.filter(community=community, pk=pk).first()
    if found is None:
        raise Http404
    return found


def evidence_of(report: Report, *, by: Resident) -> str:
    """Return the messages that came with the report; that somebody looked is written down."""
    if not report.evidence or not report.evidence_key:
        return ""
    record("report.evidence_seen", report, by=by)
    try:
        return unseal(report.evidence_key, report.evidence, place=EVIDENCE_PLACE)
    except CannotOpenError:
        return ""


def recent_decisions(community: Community) -> QuerySet[Decision]:
    """Return decisions of this community, newest first."""
    return Decision.objects.filter(community=community).order_by("-decided_at", "-id")


def decision_in(community: Community, pk: int) -> Decision:
    """Return one decision of this community, else Http404."""
    found = Decision.objects.filter(community=community, pk=pk).select_related("author").first()
    if found is None:
        raise Http404
    return found


def decisions_about(resident: Resident) -> QuerySet[Decision]:
    """Return decisions about this person's own things, newest first."""
    return Decision.objects.filter(author=resident).order_by("-decided_at", "-id")
