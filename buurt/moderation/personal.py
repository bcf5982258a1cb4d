"""What moderation keeps about a person, how it is handed over and how it goes."""

from datetime import datetime
from typing import Any

from buurt.moderation.models import Decision, Report
from buurt.residents.models import Resident
from buurt.residents.registry import PersonalData


def export(resident: Resident) -> dict[str, list[dict[str, Any]]]:
    """Return this person's own reports, and decisions about their things with the reasons; never who reported."""
    return {
        "reports": [
            {
                "kind": one.subject_kind,
                "reason": one.reason,
                "explanation": one.explanation,
                "at": one.created_at.isoformat(),
            }
            for one in Report.objects.filter(reporter=resident)
        ],
        "decisions": [
            {
                "kind": one.subject_kind,
                "action": one.action,
                "reasons": one.reasons,
                "at": one.decided_at.isoformat(),
            }
            for one in Decision.objects.filter(author=resident)
        ],
    }


def erase(resident: Resident) -> None:
    """Forget who reported and what they wrote with it; open evidence stays until decided (AVG art. 17(3)(e))."""
    Report.objects.filter(reporter=resident, state=Report.State.DECIDED).update(explanation="", evidence=None)
    Report.objects.filter(reporter=resident).update(reporter=None, reporter_email="")


def forget_reports(edge: datetime) -> int:
    """Empty reports that were decided before this moment: who reported, what they wrote, what they sent along."""
    old = Report.objects.filter(state=Report.State.DECIDED, decisions__decided_at__lt=edge).exclude(
        explanation="", reporter=None, reporter_email="", evidence=None
    )
    keys = list(old.order_by("pk").values_list("pk", flat=True).distinct()[:500])
    return Report.objects.filter(pk__in=keys).update(
        explanation="", reporter=None, reporter_email="", evidence=None, evidence_key=None
    )


def forget_decisions(edge: datetime) -> int:
    """Remove decisions taken before this moment."""
    old = Decision.objects.filter(decided_at__lt=edge).order_by("pk").values_list("pk", flat=True)[:500]
    return Decision.objects.filter(pk__in=list(old)).delete()[0]


DATA = PersonalData(label="Meldingen en besluiten", export=export, erase=erase)
