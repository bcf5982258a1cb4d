"""The forms of asks and offers: they check shape and text; the rules stay in services."""

from posts.forms.board import BoardForm
from posts.forms.plan import PlanForm
from posts.forms.whole import WholePostForm
from posts.forms.words import TitleForm, WordsForm

__all__ = ["BoardForm", "PlanForm", "TitleForm", "WholePostForm", "WordsForm"]
