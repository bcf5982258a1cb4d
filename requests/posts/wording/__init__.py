"""The words of a post: what it seems to ask, what to look out for, and how it is called."""

from posts.wording.clean import clean_text
from posts.wording.ground_rules import ground_rules_for
from posts.wording.guard import danger, look_over
from posts.wording.own_title import suggest_title, text_after_title
from posts.wording.suggest import suggest_category
from posts.wording.titles import help_question, public_title

__all__ = [
    "clean_text",
    "danger",
    "ground_rules_for",
    "help_question",
    "look_over",
    "public_title",
    "suggest_category",
    "suggest_title",
    "text_after_title",
]
