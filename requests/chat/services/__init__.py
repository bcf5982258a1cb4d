"""All writes in conversations. Other rooms import from here."""

from chat.services.agreeing import agree, agree_appointment, propose_appointment, withdraw_proposal
from chat.services.giving_back import cancel_appointment, decline_kindly, place_was_released, report_no_show
from chat.services.going import may_be_on_the_way, say_on_the_way
from chat.services.guests import (
    NEVER_GUESTS,
    add_proxy,
    end_proxies,
    invite_guest,
    join_as_guest,
    let_guest_go,
    open_invites,
    open_team_talk,
    withdraw_invite,
)
from chat.services.handover import MAX_HANDOVER, write_handover
from chat.services.manners import manners_of, set_manners
from chat.services.opening import is_rota, open_conversation
from chat.services.outcome import give_thanks, record_outcome
from chat.services.parting import part_people
from chat.services.sweeping import ask_for_outcomes, remind_of_appointments, remind_of_turns, tell_of_unread
from chat.services.talking import (
    add_system_line,
    hide_messages,
    leave,
    mark_read,
    restore_messages,
    send_message,
    set_silent,
    share_number,
)
from chat.services.turns import give_date_back, take_date
from chat.writing.marks import mark_opened

__all__ = [
    "MAX_HANDOVER",
    "NEVER_GUESTS",
    "add_proxy",
    "add_system_line",
    "agree",
    "agree_appointment",
    "ask_for_outcomes",
    "cancel_appointment",
    "decline_kindly",
    "end_proxies",
    "give_date_back",
    "give_thanks",
    "hide_messages",
    "invite_guest",
    "is_rota",
    "join_as_guest",
    "leave",
    "let_guest_go",
    "manners_of",
    "mark_opened",
    "mark_read",
    "may_be_on_the_way",
    "open_conversation",
    "open_invites",
    "open_team_talk",
    "part_people",
    "place_was_released",
    "propose_appointment",
    "record_outcome",
    "remind_of_appointments",
    "remind_of_turns",
    "report_no_show",
    "restore_messages",
    "say_on_the_way",
    "send_message",
    "set_manners",
    "set_silent",
    "share_number",
    "take_date",
    "tell_of_unread",
    "withdraw_invite",
    "withdraw_proposal",
    "write_handover",
]
