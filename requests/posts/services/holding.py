"""Lay a post that was held before the moderator."""

from functools import partial

from django.db import transaction

from buurt.ledger.services import record
from buurt.moderation.events import report_received
from buurt.moderation.models import Report
from posts.models import Post


def ask_moderator(post: Post) -> None:
    """Write the report that a moderator decides on, in the same transaction as the post; nobody is the reporter."""
    report = Report.objects.create(
        community=post.community,
        subject_kind="post",
        subject_key=post.public_id,
        reason=Report.Reason.HELD,
    )
    record("report.filed", report, by=None, kind="post", reason=report.reason)
    transaction.on_commit(partial(report_received.send_robust, sender=Report, report_id=report.pk))
