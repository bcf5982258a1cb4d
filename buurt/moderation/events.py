"""What moderation tells the rest of the house. Ids only, sent after commit."""

from django.dispatch import Signal

report_received = Signal()  # report_id
report_decided = Signal()  # decision_id
