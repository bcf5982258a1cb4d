"""What communities tell the rooms above, after commit; ids only."""

from django.dispatch import Signal

# A municipality offers another to share an area: offer_id.
border_offered = Signal()
# The other municipality agreed: share_id, offered_by_id (the community that had offered).
border_shared = Signal()
