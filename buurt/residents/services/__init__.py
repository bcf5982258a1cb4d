"""All writes about residents, one module per subject. Roles stand in residents/roles.py."""

from buurt.residents.services.accounts import (
    find_or_make_account,
    forget_blank_account,
    safe_next,
    send_login_code,
    sweep_accounts,
)
from buurt.residents.services.blocks import block_resident, unblock_resident
from buurt.residents.services.erasure import erase_resident
from buurt.residents.services.inactivity import forget_inactive, note_seen, warn_inactive
from buurt.residents.services.preferences import (
    ASKS_A_MONTH,
    DISTANCES,
    WHOLE_TOWN,
    Wishes,
    change_week,
    pause_asking,
    set_preferences,
)
from buurt.residents.services.profile import change_profile, choose_language, complete_start, move_house
from buurt.residents.services.retention import forget_sessions, forget_trail, sweep_retention
from buurt.residents.services.second_factor import current_code, enrol_totp

__all__ = [
    "ASKS_A_MONTH",
    "DISTANCES",
    "WHOLE_TOWN",
    "Wishes",
    "block_resident",
    "change_profile",
    "change_week",
    "choose_language",
    "complete_start",
    "current_code",
    "enrol_totp",
    "erase_resident",
    "find_or_make_account",
    "forget_blank_account",
    "forget_inactive",
    "forget_sessions",
    "forget_trail",
    "move_house",
    "note_seen",
    "pause_asking",
    "safe_next",
    "send_login_code",
    "set_preferences",
    "sweep_accounts",
    "sweep_retention",
    "unblock_resident",
    "warn_inactive",
]
