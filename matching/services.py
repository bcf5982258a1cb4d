"""What other rooms may ask of matching; the rules stand in search.py and answers.py."""

from matching.answers import Result, answer_invitation, answer_post, note_released
from matching.changes import ask_changed, helper_came_forward, people_parted
from matching.learning import begin_anew, learn_all
from matching.offers import offer_made
from matching.rules import rules_for, set_rules
from matching.search import resume_search, start_search, stop_search
from matching.waves import plan_wave, sweep_waves
from matching.week import never_then, then_after_all

__all__ = [
    "Result",
    "answer_invitation",
    "answer_post",
    "ask_changed",
    "begin_anew",
    "helper_came_forward",
    "learn_all",
    "never_then",
    "note_released",
    "offer_made",
    "people_parted",
    "plan_wave",
    "resume_search",
    "rules_for",
    "set_rules",
    "start_search",
    "stop_search",
    "sweep_waves",
    "then_after_all",
]
