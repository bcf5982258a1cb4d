"""All writes in conversations. Other rooms import from here."""

from chat.services.agreeing import (
    agree,
    agree_appointment,
    cancel_appointment,
    decline_kindly,
    place_was_released,
    propose_appointment,
    report_no_show,
    withdraw_proposal,
)
from chat.services.manners import manners_of, set_manners
from chat.services.outcome import give_thanks, record_outcome
from chat.services.sweeping import ask_for_outcomes, remind_of_appointments, tell_of_unread
from chat.services.talking import (
    add_system_line,
    hide_messages,
    leave,
    mark_read,
    open_conversation,
    restore_messages,
    send_message,
    set_silent,
    share_number,
)
from chat.writing.marks import mark_opened

__all__ = [
    "add_system_line",
    "agree",
    "agree_appointment",
    "ask_for_outcomes",
    "cancel_appointment",
    "decline_kindly",
    "give_thanks",
    "hide_messages",
    "leave",
    "manners_of",
    "mark_opened",
    "mark_read",
    "open_conversation",
    "place_was_released",
    "propose_appointment",
    "record_outcome",
    "remind_of_appointments",
    "report_no_show",
    "restore_messages",
    "send_message",
    "set_manners",
    "set_silent",
    "share_number",
    "tell_of_unread",
    "withdraw_proposal",
]
