"""What moderation keeps about a person, how it is handed over and how it goes."""

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


DATA = PersonalData(label="Meldingen en besluiten", export=export, erase=erase)
