"""What can happen while looking for a helper. Ids only, sent after commit."""

from django.dispatch import Signal

help_invited = Signal()  # invitation_id, round (0, or a mark of asking the same person again as reserve)
invitation_answered = Signal()  # invitation_id
invitation_withdrawn = Signal()  # invitation_id (somebody was found, or the ask ended)
offer_found = Signal()  # post_id (an open ask), offer_id (a new offer that fits it)
search_changed = Signal()  # post_id, state (nobody is left to ask: with the neighbourhood team now, or at its end)
