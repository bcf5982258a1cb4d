"""What other rooms may ask of matching; the rules stand in search.py and answers.py."""

from matching.answers import Result, answer_invitation, answer_post, note_released
from matching.search import resume_search, start_search, stop_search
from matching.waves import plan_wave, sweep_waves

__all__ = [
    "Result",
    "answer_invitation",
    "answer_post",
    "note_released",
    "plan_wave",
    "resume_search",
    "start_search",
    "stop_search",
    "sweep_waves",
]
