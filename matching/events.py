"""What can happen while looking for a helper. Ids only, sent after commit."""

from django.dispatch import Signal

help_invited = Signal()  # invitation_id
invitation_answered = Signal()  # invitation_id
invitation_withdrawn = Signal()  # invitation_id (somebody was found, or the ask ended)
search_changed = Signal()  # post_id (a wave went out, the search widened, went to the broker, or ended)
