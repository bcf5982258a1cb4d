"""Reports and decisions: somebody points at a thing, a moderator decides with reasons, the author reads them."""

from functools import partial

from django.db import transaction

from buurt.communities.models import Community
from buurt.ledger.sealing import new_sealed_key, seal
from buurt.ledger.services import record
from buurt.moderation import events
from buurt.moderation.errors import AlreadyDecidedError, NoReasonsError, NothingToReportError, OwnCaseError
from buurt.moderation.models import Decision, Report
from buurt.moderation.subjects import subject_of
from buurt.residents.models import Resident

EVIDENCE_PLACE = "report"


@transaction.atomic
def file_report(
    *,
    by: Resident | None,
    community: Community,
    kind: str,
    key: str,
    reason: str,
    explanation: str = "",
    email: str = "",
    evidence: str = "",
) -> Report:
    """Take a report about a thing the reporter can see; the same open report by the same person is kept once.

    `evidence` is the exact text of private messages that the reporter chose to send along; it is sealed.
    Raises NothingToReportError when there is nothing here for this person.
    """
    subject = subject_of(kind)
    if subject is None or subject.find(key, viewer=by) is None:
        raise NothingToReportError
    if by is not None:
        earlier = Report.objects.filter(
            reporter=by, subject_kind=kind, subject_key=key, state=Report.State.OPEN
        ).first()
        if earlier is not None:
            return earlier
    sealed_key = new_sealed_key() if evidence else None
    report = Report.objects.create(
        community=community,
        subject_kind=kind,
        subject_key=key,
        reason=reason,
        explanation=explanation,
        reporter=by,
        reporter_email="" if by else email,
        evidence_key=sealed_key,
        evidence=seal(sealed_key, evidence, place=EVIDENCE_PLACE) if sealed_key else None,
    )
    record("report.filed", report, by=by, kind=kind, reason=reason)
    transaction.on_commit(partial(events.report_received.send_robust, sender=Report, report_id=report.pk))
    return report


@transaction.atomic
def decide(*, by: Resident, report: Report, action: str, reasons: str, rule: str = "") -> Decision:
    """Decide a report: hide, restore or keep, with reasons the author reads. The first moderator's decision stands.

    Raises NoReasonsError, AlreadyDecidedError, OwnCaseError.
    """
    if not reasons.strip():
        raise NoReasonsError
    subject = subject_of(report.subject_kind)
    shown = subject.show(report.subject_key) if subject else None
    author = shown.author if shown else None
    if by.pk in {report.reporter_id, author.pk if author else None}:
        raise OwnCaseError
    if not Report.objects.filter(pk=report.pk, state=Report.State.OPEN).update(state=Report.State.DECIDED):
        raise AlreadyDecidedError
    decision = _decide(by, report.community, report.subject_kind, report.subject_key, action, reasons, rule, author)
    Decision.objects.filter(pk=decision.pk).update(report=report)
    return decision


def _decide(  # noqa: PLR0917 - a private step of the two services around it
    by: Resident,
    community: Community,
    kind: str,
    key: str,
    action: str,
    reasons: str,
    rule: str,
    author: Resident | None,
) -> Decision:
    subject = subject_of(kind)
    if subject is None:
        raise NothingToReportError
    if action == Decision.Action.HIDE:
        subject.hide(key, by=by)
    elif action == Decision.Action.RESTORE:
        subject.restore(key, by=by)
    decision = Decision.objects.create(
        community=community,
        subject_kind=kind,
        subject_key=key,
        action=action,
        reasons=reasons.strip(),
        rule=rule,
        decided_by=by,
        author=author,
    )
    record("decision.taken", decision, by=by, action=action, kind=kind)
    transaction.on_commit(partial(events.report_decided.send_robust, sender=Decision, decision_id=decision.pk))
    return decision


@transaction.atomic
def undo(*, by: Resident, decision: Decision, reasons: str) -> Decision:
    """Put back what a decision hid, with reasons; a new decision, so that both stay readable."""
    if not reasons.strip():
        raise NoReasonsError
    if decision.author_id == by.pk:
        raise OwnCaseError
    return _decide(
        by,
        decision.community,
        decision.subject_kind,
        decision.subject_key,
        Decision.Action.RESTORE,
        reasons,
        decision.rule,
        decision.author,
    )
