"""All writes to posts and their places."""

from posts.services.lifecycle import close_post, pause_post, renew_post, resume_post, withdraw_post
from posts.services.moderating import hide_post, release_held, restore_post
from posts.services.outcomes import record_outcome
from posts.services.places import agree_place, release_place, reserve_place
from posts.services.publishing import change_post, copy_draft, publish_post
from posts.services.sweeps import sweep_places, sweep_posts

__all__ = [
    "agree_place",
    "change_post",
    "close_post",
    "copy_draft",
    "hide_post",
    "pause_post",
    "publish_post",
    "record_outcome",
    "release_held",
    "release_place",
    "renew_post",
    "reserve_place",
    "restore_post",
    "resume_post",
    "sweep_places",
    "sweep_posts",
    "withdraw_post",
]
