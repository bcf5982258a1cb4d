"""What can happen in a conversation. Ids only, sent after commit; never a word of what was said."""

from django.dispatch import Signal

message_sent = Signal()  # conversation_id, seq
appointment_proposed = Signal()  # appointment_id
appointment_agreed = Signal()  # appointment_id
appointment_cancelled = Signal()  # appointment_id
thanks_given = Signal()  # engagement_id
