"""Reports and decisions. Rows only: nothing is hidden by them."""

from buurt.communities.models import Community
from buurt.moderation.models import Decision, Report
from buurt.residents.models import Resident


def make_report(
    *,
    community: Community,
    subject_kind: str = "post",
    subject_key: str = "",
    reporter: Resident | None = None,
    reason: str = Report.Reason.OTHER,
    state: str = Report.State.OPEN,
) -> Report:
    """Make a report about a thing, by a resident or by a visitor."""
    return Report.objects.create(
        community=community,
        subject_kind=subject_kind,
        subject_key=subject_key,
        reporter=reporter,
        reason=reason,
        state=state,
    )


def make_decision(
    *, report: Report, decided_by: Resident, author: Resident, action: str = Decision.Action.HIDE
) -> Decision:
    """Make a decision about what was reported."""
    return Decision.objects.create(
        community=report.community,
        subject_kind=report.subject_kind,
        subject_key=report.subject_key,
        report=report,
        action=action,
        reasons="Er staat een telefoonnummer in.",
        decided_by=decided_by,
        author=author,
    )
