"""What can happen to a post and its places. Ids only, sent after commit; listeners stand in config/wiring.py."""

from django.dispatch import Signal

post_published = Signal()  # post_id
post_changed = Signal()  # post_id
post_paused = Signal()  # post_id
post_closed = Signal()  # post_id (closed, withdrawn or expired)
post_reopened = Signal()  # post_id (resumed after a pause, renewed after it ended, restored)
post_hidden = Signal()  # post_id
post_expiring = Signal()  # post_id, round (a warning is due; another round after a renewal)
place_reserved = Signal()  # post_id, engagement_id
place_agreed = Signal()  # post_id, engagement_id
place_released = Signal()  # post_id, engagement_id, because
outcome_recorded = Signal()  # post_id, engagement_id
