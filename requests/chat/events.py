"""What can happen in a conversation. Ids only, sent after commit; never a word of what was said."""

from django.dispatch import Signal

message_sent = Signal()  # conversation_id, seq
message_unread = Signal()  # conversation_id, resident_id, seq (somebody has not read it for a while: write a letter)
appointment_proposed = Signal()  # appointment_id
appointment_agreed = Signal()  # appointment_id
appointment_cancelled = Signal()  # appointment_id
appointment_near = Signal()  # appointment_id, when ("day" or "hour" before)
turn_near = Signal()  # turn_id (a helper of a weekly circle comes tomorrow)
outcome_due = Signal()  # appointment_id (it must have happened by now: ask how it went)
thanks_given = Signal()  # engagement_id
guest_invited = Signal()  # invite_id (somebody of the team is asked to join a conversation)
on_the_way = Signal()  # appointment_id, resident_id (who goes; the other side hears it)
