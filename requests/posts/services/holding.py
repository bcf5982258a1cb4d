"""Lay a post that was held before the moderator."""

from buurt.moderation.models import Report
from posts.models import Post


def ask_moderator(post: Post) -> None:
    """Write the report that a moderator decides on; in the same transaction as the post."""
    Report.objects.create(
        community=post.community,
        subject_kind="post",
        subject_key=post.public_id,
        reason=Report.Reason.HELD,
    )
