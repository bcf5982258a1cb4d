"""Lay a post that was held before the moderator."""

from functools import partial

from django.db import transaction

from buurt.ledger.services import record
from buurt.moderation.events import report_received
from buurt.moderation.models import Report
from posts.models import Post


def is_for_the_team(post: Post) -> bool:
    """Whether the author chose "stil, met hulp van het buurtteam": the team reads it, no neighbour and no moderator."""
    return post.visibility == Post.Visibility.QUIET and post.broker_consent


def ask_moderator(post: Post) -> None:
    """Write the report a moderator decides on, in the same transaction as the post; not for what the team reads."""
    if is_for_the_team(post):
        return
    report = Report.objects.create(
        community=post.community,
        subject_kind="post",
        subject_key=post.public_id,
        reason=Report.Reason.HELD,
    )
    record("report.filed", report, by=None, kind="post", reason=report.reason)
    transaction.on_commit(partial(report_received.send_robust, sender=Report, report_id=report.pk))
