"""What can happen to a resident. Ids only, sent after commit."""

from django.dispatch import Signal

resident_ready = Signal()  # resident_id (name, place and house rules are there for the first time)
help_preferences_changed = Signal()  # resident_id
resident_blocked = Signal()  # blocker_id, blocked_id
resident_erased = Signal()  # resident_id
